import { ConfigurationError, illegal, type Run } from '../../action/index.ts';
import type { GitRemote } from './remote.ts';
import { readSshKey } from './ssh-key.ts';

/** How the `git` transport signs in. */
export type GitCredentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly username: string; readonly token: string }
  | { readonly kind: 'ssh'; readonly username: string; readonly key: string; readonly knownHosts: string };

/** The inputs that say so; empty where they were not given. */
export interface GivenCredentials {
  readonly token: string;
  readonly username: string;
  readonly sshKey: string;
  readonly sshKnownHosts: string;
}

/**
 * The credentials that fit a remote: a token for https and http (Basic authentication, the user name matters to few
 * servers), a private key with the server's host keys for ssh.
 *
 * @throws ConfigurationError when what the remote needs is missing, or what it cannot use was given
 */
export function gitCredentials(remote: GitRemote, given: GivenCredentials): GitCredentials {
  const { token, username, sshKey, sshKnownHosts } = given;
  if (/[:\p{Cc}]/u.test(username)) throw illegal('username', username, 'a user name without a colon');
  if (remote.protocol === 'ssh') {
    // It becomes an argument of ssh.
    if (/^-|\s/.test(username))
      throw illegal('username', username, 'a user name of the ssh server, such as git');
    const key = readSshKey(required('ssh-key', sshKey, remote), 'ssh-key');
    return { kind: 'ssh', username: username || 'git', key, knownHosts: knownHosts(remote, sshKnownHosts) };
  }
  for (const [name, value] of [
    ['ssh-key', sshKey],
    ['ssh-known-hosts', sshKnownHosts],
  ] as const) {
    if (value !== '')
      throw new ConfigurationError(
        `Input "${name}" is set, but "repository" is a ${remote.protocol} address; use ssh://git@${remote.host}/${remote.path}, or pass a token.`,
      );
  }
  return token === '' ? { kind: 'none' } : { kind: 'token', username: username || 'x-access-token', token };
}

/**
 * The token for a remote: its own one, else the job's, which is sent only to the repository that the job runs in.
 *
 * @returns empty when there is none for this remote
 */
export function tokenFor(
  remote: GitRemote,
  given: { readonly gitopsToken: string; readonly token: string },
  run: Pick<Run, 'serverUrl' | 'repository'>,
): string {
  const isJobs =
    remote.origin === new URL(run.serverUrl).origin &&
    remote.path.toLowerCase() === run.repository.toLowerCase();
  return given.gitopsToken || (isJobs ? given.token : '');
}

function knownHosts(remote: GitRemote, text: string): string {
  return `${required('ssh-known-hosts', text, remote).replaceAll('\r\n', '\n').trimEnd()}\n`;
}

function required(name: 'ssh-key' | 'ssh-known-hosts', value: string, { host }: GitRemote): string {
  if (value.trim() !== '') return value;
  const cure = {
    'ssh-key': `pass the private key of a deploy key with write access`,
    'ssh-known-hosts': `pass the lines of \`ssh-keyscan ${host}\` after comparing them with the fingerprints that the server's owner publishes`,
  };
  throw new ConfigurationError(
    `Input "${name}" is empty, but "repository" is an ssh address; ${cure[name]}.`,
  );
}

/** Whether a token crosses the network readable for everybody on the way. */
export function sendsInClear({ protocol, host }: GitRemote, { kind }: GitCredentials): boolean {
  return protocol === 'http' && kind === 'token' && !/^(?:127\.|localhost$|\[::1\])/.test(host);
}

/** What must not be shown: the token, also as it travels. A key never leaves ssh. */
export function secretsOf(credentials: GitCredentials): readonly string[] {
  if (credentials.kind !== 'token') return [];
  const { username, token } = credentials;
  return [token, Buffer.from(`${username}:${token}`).toString('base64')];
}
