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
