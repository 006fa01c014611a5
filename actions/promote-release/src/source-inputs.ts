import { ConfigurationError, type InputReader, type Run } from '@gitops-actions/core/action';
import { remoteOf, type Target } from '@gitops-actions/core/delivery';
import { fullName, parseRepositoryName } from '@gitops-actions/core/github';
import { type GitRemote, gitCredentials, readBranch, tokenFor } from '@gitops-actions/core/gitops';

type GitTarget = Extract<Target, { transport: 'git' }>;
type ApiTarget = Extract<Target, { transport: 'api' }>;

/**
 * Reads `from-repository`, `from-branch` and `from-token`: where releases are promoted from, by the target's transport.
 *
 * @param target what is taken where they are empty
 * @throws ConfigurationError when a token or a key would go to a repository that it does not belong to
 */
export function readSource(reader: InputReader, run: Run, target: Target, token: string): Target {
  const repository = reader.text('from-repository');
  const branch = readBranch(reader, 'from-branch');
  const fromToken = reader.secret('from-token');
  if (repository === '') {
    if (fromToken !== '')
      throw new ConfigurationError(
        'Input "from-token" is set, but "from-repository" is empty, so the source is read with the token of "repository"; leave it out.',
      );
    return { ...target, branch: branch || target.branch };
  }
  return target.transport === 'api'
    ? apiSource(target, { repository, branch, fromToken })
    : gitSource(target, { repository, branch, fromToken, token }, run);
}

interface Given {
  readonly repository: string;
  readonly branch: string;
  readonly fromToken: string;
}

function apiSource(target: ApiTarget, { repository, branch, fromToken }: Given): ApiTarget {
  const name = parseRepositoryName(repository, 'from-repository');
  const isSame = fullName(name).toLowerCase() === fullName(target.repository).toLowerCase();
  return {
    ...target,
    repository: name,
    // The target's branch may be one that only the target has.
    branch: branch || (isSame ? target.branch : ''),
    token: fromToken || target.token,
  };
}

function gitSource(target: GitTarget, given: Given & { readonly token: string }, run: Run): GitTarget {
  const { repository, branch, fromToken, token } = given;
  const remote = remoteOf(repository, 'from-repository', run);
  const isSame = remote.host === target.remote.host && remote.path === target.remote.path;
  return {
    transport: 'git',
    remote,
    branch: branch || (isSame ? target.branch : ''),
    credentials: credentialsFor(remote, target, { fromToken, token }, run),
  };
}

function credentialsFor(
  remote: GitRemote,
  { remote: other, credentials }: GitTarget,
  { fromToken, token }: { readonly fromToken: string; readonly token: string },
  run: Run,
): GitTarget['credentials'] {
  if (remote.protocol === 'ssh') {
    if (credentials.kind === 'ssh' && fromToken === '') return credentials;
    throw new ConfigurationError(
      fromToken === ''
        ? 'Input "from-repository" is an ssh address, but "repository" is not; reach both by ssh with one "ssh-key", or both by https.'
        : 'Input "from-token" is set, but "from-repository" is an ssh address, which takes the "ssh-key"; leave it out.',
    );
  }
  // A token is only sent to the host that it belongs to.
  if (fromToken === '' && credentials.kind === 'token' && other.origin === remote.origin) return credentials;
  const own = tokenFor(remote, { gitopsToken: fromToken, token }, run);
  const username = credentials.kind === 'token' ? credentials.username : '';
  return gitCredentials(remote, { token: own, username, sshKey: '', sshKnownHosts: '' });
}
