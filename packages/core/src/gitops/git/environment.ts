import { devNull } from 'node:os';
import type { Environment } from '../../action/index.ts';
import type { GitCredentials } from './credentials.ts';
import type { GitRemote } from './remote.ts';

/** What git keeps of the runner's environment: where programs, proxies and certificates are. */
const KEPT = [
  ...['PATH', 'SystemRoot', 'TMPDIR', 'TEMP', 'TMP'],
  ...['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'],
  // By this the runner finds what a killed job has left behind.
  'RUNNER_TRACKING_ID',
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO', 'GIT_SSL_CAPATH'],
];

export interface GitEnvironmentOptions {
  /** The runner's. */
  readonly environment: Environment;
  /** A folder of this repository's own, in place of the user's home. */
  readonly home: string;
  readonly remote: GitRemote;
  readonly credentials: GitCredentials;
  /** Value of GIT_SSH_COMMAND; empty without ssh. */
  readonly ssh: string;
}

/**
 * An environment in which git sees no configuration, credentials, hooks or helpers of the machine, asks nothing, speaks
 * only http, https and ssh, and sends the token to the remote's own origin alone: redirects are not followed. The token
 * is in the environment of git's process, never in its arguments, a file or the remote's URL.
 * https://git-scm.com/docs/git-config#ENVIRONMENT
 */
export function gitEnvironment(options: GitEnvironmentOptions): Readonly<Record<string, string>> {
  const { environment, home, ssh } = options;
  const kept = KEPT.flatMap((name) => {
    const value = environment[name];
    return value ? [[name, value] as const] : [];
  });
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_CONFIG_HOME: home,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'http:https:ssh',
    GIT_LFS_SKIP_SMUDGE: '1',
    ...(ssh === '' ? {} : { GIT_SSH_COMMAND: ssh, GIT_SSH_VARIANT: 'ssh' }),
    ...configuration([['remote.origin.url', options.remote.url], ...SETTINGS, ...authorization(options)]),
  };
}

type Setting = readonly [key: string, value: string];

const SETTINGS: readonly Setting[] = [
  ['core.hooksPath', devNull],
  ['credential.helper', ''],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['submodule.recurse', 'false'],
  ['protocol.version', '2'],
  // A redirect to another host would take the token with it.
  ['http.followRedirects', 'false'],
  // A connection that moves less than 1 KB/s for a minute is a dead one.
  ['http.lowSpeedLimit', '1000'],
  ['http.lowSpeedTime', '60'],
];

function authorization({ remote, credentials }: GitEnvironmentOptions): readonly Setting[] {
  if (credentials.kind !== 'token') return [];
  const pair = Buffer.from(`${credentials.username}:${credentials.token}`).toString('base64');
  return [[`http.${remote.origin}/.extraHeader`, `Authorization: Basic ${pair}`]];
}

function configuration(settings: readonly Setting[]): Record<string, string> {
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(pairs) };
}
