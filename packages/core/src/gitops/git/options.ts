import type { Environment, Log } from '../../action/index.ts';
import type { Exec } from '../../exec/index.ts';
import type { GitCredentials } from './credentials.ts';
import type { GitRemote } from './remote.ts';

/** What a clone is made with; what could differ between a test and a run is a parameter. */
export interface GitClientOptions {
  readonly remote: GitRemote;
  readonly credentials: GitCredentials;
  readonly exec: Exec;
  /** The runner's environment. */
  readonly environment: Environment;
  /** Folder for the clone and the key, both gone after disposal; empty: the system's. */
  readonly temp: string;
  readonly log: Log;
  /** Default: `ssh` of the PATH. */
  readonly sshProgram?: string;
  /** Milliseconds that one unit of back-off lasts; default 1000. Reads wait 1, 4 and 9 units. */
  readonly backOffUnit?: number;
}

/** Who a commit says it is by. */
export interface GitIdentity {
  readonly name: string;
  readonly email: string;
}

export interface GitRepositoryOptions extends GitClientOptions {
  /** Empty: the default branch. */
  readonly branch: string;
  /** Default: GitHub's own bot. */
  readonly identity?: GitIdentity;
  /** Address of a commit's page; default: none. */
  readonly pageOf?: (commit: string) => string;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
}
