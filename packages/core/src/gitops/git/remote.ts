import { ConfigurationError } from '../../action/index.ts';

/** A remote repository that git can reach, and nothing else than that: no options, no programs, no local files. */
export interface GitRemote {
  /** What git is given; holds no secret. */
  readonly url: string;
  readonly protocol: 'https' | 'http' | 'ssh';
  /** `https://git.example.com:8443`: where a token may be sent. Empty for ssh. */
  readonly origin: string;
  /** Without a port. */
  readonly host: string;
  /** Who signs in with ssh; empty where the URL does not say. */
  readonly user: string;
  /** Path of the repository on its host, without `.git`: `acme/gitops`. */
  readonly path: string;
}

const LEGAL =
  'it must be https://host/path, ssh://git@host/path or git@host:path, without a user name or password for https';
const HOST = /^(?:[a-z0-9_](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/i;
const USER = /^[a-z0-9_][a-z0-9._-]*$/i;
const SCP = /^(?:([^@/:]+)@)?(\[[^\]]*\]|[^/:[\]]+):(?!:)(.+)$/s;

/**
 * Reads the address of a repository for the `git` transport: https, http, ssh, or the short form `git@host:path`.
 *
 * Refused: `file:`, `ext::` and every other way to name a program or a local file, a leading dash (git would take it for
 * an option), control characters, credentials (they would stand in logs), local paths.
 * https://git-scm.com/docs/git-clone#_git_urls
 *
 * @param text what the user wrote
 * @param input the input it comes from, for errors
 * @throws ConfigurationError that never repeats a password
 */
export function parseGitRemote(text: string, input: string): GitRemote {
  const remote = /^[\x21-\x7e]+$/.test(text) && !/^-|\\/.test(text) ? parse(text) : undefined;
  const isWhole =
    remote !== undefined &&
    HOST.test(remote.host) &&
    (remote.user === '' || USER.test(remote.user)) &&
    /^[^-]/.test(remote.path) &&
    !/%(?:[01][0-9a-f]|7f)/i.test(remote.path);
  if (isWhole) return remote;
  throw new ConfigurationError(`Input "${input}" is ${JSON.stringify(withoutPassword(text))}; ${LEGAL}.`);
}

function parse(text: string): GitRemote | undefined {
  if (text.includes('://')) return parseUrl(text);
  const [, user = '', host = '', path = ''] = SCP.exec(text) ?? [];
  // One letter before the colon is a drive of Windows to git; a second host is a mistaken user:password@host.
  if (host.length < 2 || /@[^/]*:/.test(path)) return undefined;
  return { url: text, protocol: 'ssh', origin: '', host, user, path: withoutSuffix(path) };
}

function parseUrl(text: string): GitRemote | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const protocol = url?.protocol.slice(0, -1);
  if (url === undefined || url.password !== '' || url.search !== '' || url.hash !== '') return undefined;
  const { hostname: host, username: user, pathname } = url;
  const path = withoutSuffix(pathname);
  if (protocol === 'ssh') return { url: text, protocol, origin: '', host, user, path };
  if ((protocol !== 'https' && protocol !== 'http') || user !== '') return undefined;
  return { url: url.origin + pathname, protocol, origin: url.origin, host, user, path };
}

function withoutSuffix(path: string): string {
  return path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
}

/** Whatever stands before an `@` may be a secret. */
function withoutPassword(text: string): string {
  return text.replace(/^(\w[\w+.-]*:\/\/)[^/]*@/, '$1***@').replace(/^[^/@:]*:[^/@]*@/, '***@');
}

/** Addresses of commits' pages, for a repository on the GitHub server that a workflow runs on; elsewhere there are none. */
export function commitPage({ host, path }: GitRemote, serverUrl: string): (commit: string) => string {
  const server = new URL(serverUrl);
  return (commit) => (server.hostname === host ? `${server.origin}/${path}/commit/${commit}` : '');
}
