import { ConfigurationError, type InputReader, type Run } from '../action/index.ts';
import {
  type GitCredentials,
  type GitOpsTarget,
  type GitRemote,
  gitCredentials,
  parseGitRemote,
  readBranch,
  readGitOpsTarget,
  tokenFor,
} from '../gitops/index.ts';

/** Which branch is written, and how it is reached. */
export type Target = ({ readonly transport: 'api' } & GitOpsTarget) | GitTarget;

export interface GitTarget {
  readonly transport: 'git';
  readonly remote: GitRemote;
  /** Empty: the default branch. */
  readonly branch: string;
  readonly credentials: GitCredentials;
}

/**
 * Reads `transport` and the inputs that say where the manifests live and how to sign in there.
 *
 * @throws ConfigurationError for credentials that the transport or the address cannot use
 */
export function readTarget(reader: InputReader, run: Run, token: string): Target {
  const transport = reader.choice('transport', ['api', 'git']);
  const sshKey = reader.secret('ssh-key');
  const sshKnownHosts = reader.text('ssh-known-hosts');
  const username = reader.text('username');
  if (transport === 'git') return readGitTarget(reader, run, { token, sshKey, sshKnownHosts, username });
  const [unused] =
    Object.entries({ 'ssh-key': sshKey, 'ssh-known-hosts': sshKnownHosts, username }).find(
      ([, value]) => value !== '',
    ) ?? [];
  if (unused !== undefined)
    throw new ConfigurationError(
      `Input "${unused}" is set, but "transport" is api; set "transport: git", or leave it out.`,
    );
  return { transport, ...readGitOpsTarget(reader, run, token) };
}

type Given = Omit<Parameters<typeof gitCredentials>[1], 'token'> & { readonly token: string };

function readGitTarget(reader: InputReader, run: Run, given: Given): GitTarget {
  const repository = reader.required('repository');
  const branch = readBranch(reader, 'branch');
  const gitopsToken = reader.secret('gitops-token');
  const remote = remoteOf(repository, 'repository', run);
  const token = tokenFor(remote, { gitopsToken, token: given.token }, run);
  return { transport: 'git', remote, branch, credentials: gitCredentials(remote, { ...given, token }) };
}

/** The remote that an input names: an address, or `owner/name` on the server that the workflow runs on, as with the API. */
export function remoteOf(repository: string, input: string, { serverUrl }: Run): GitRemote {
  const isName = /^[\w.-]+\/[\w.-]+$/.test(repository);
  return parseGitRemote(isName ? `${serverUrl}/${repository}.git` : repository, input);
}
