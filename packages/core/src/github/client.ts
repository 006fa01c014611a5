import { type ActionContext, type Log, untilAborted } from '../action/index.ts';
import type { GitHub } from './octokit.ts';
import { at } from './pull-request.ts';

/** Everything a client needs; what could differ between a test and a run is a parameter. */
export interface GitHubOptions {
  readonly token: string;
  /** Such as `https://api.github.com` or `https://ghes.example.com/api/v3`. */
  readonly apiUrl: string;
  /** Such as `https://api.github.com/graphql` or `https://ghes.example.com/api/graphql`. */
  readonly graphqlUrl: string;
  readonly log: Log;
  /** Aborts every request of this client. */
  readonly signal: AbortSignal;
  /** Default: the official toolkit's, which honours `https_proxy` and `no_proxy`. */
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds until a request without an answer counts as lost; default 60,000. */
  readonly requestTimeout?: number;
  /** Milliseconds that one unit of back-off lasts; default 1000. Attempts wait 1, 4 and 9 units. */
  readonly backOffUnit?: number;
}

/** The longest `retry-after` worth sitting out, in seconds; a longer one fails with a sentence. */
const LONGEST_WAIT = 120;
const RATE_LIMIT_RETRIES = 3;
/** GitHub itself gives up after ten seconds; uploads and proxies may take longer. Milliseconds. */
const REQUEST_TIMEOUT = 60_000;

/**
 * A client for github.com, GHES and ghe.com.
 *
 * Reads are tried again after 5xx and broken connections. Writes are not: after a lost answer nobody knows whether
 * the work was done, so the caller looks before it writes again. A refusal by a rate limit (403/429) did no work, so it
 * is always waited out, up to two minutes; unless a request says `waitsForLimit: false`, because it would be stale by then. Requests are not spaced: the plugin's default of one write a second
 * would cost a run seconds. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export async function createGitHub(options: GitHubOptions): Promise<GitHub> {
  // Loaded only now: the official package reads the event file when it is loaded, and would end the process with a stack
  // where the boundary has a sentence; and refusing bad input is faster without it.
  const { createOctokit, timedFetch, unspaced } = await import(/* webpackMode: "eager" */ './octokit.ts');
  const unit = options.backOffUnit ?? 1000;
  const queue = unspaced();
  const client = createOctokit({
    auth: `token ${options.token}`,
    baseUrl: options.apiUrl,
    userAgent: 'gitops-actions',
    log: quiet(options.log),
    retry: { retryAfterBaseValue: unit },
    throttle: {
      // The plugin takes `global`, its types have forgotten it.
      ...{ global: queue },
      write: queue,
      search: queue,
      notifications: queue,
      retryAfterBaseValue: unit,
      onRateLimit: waitFor('The rate limit', options),
      onSecondaryRateLimit: waitFor('A secondary rate limit', options),
    },
    request: { fetch: timedFetch(options.requestTimeout ?? REQUEST_TIMEOUT, options.fetch) },
  });
  client.hook.before('request', (request) => {
    if (request.url.endsWith('/graphql')) request.url = options.graphqlUrl;
    const isRead = request.method === 'GET' || isQuery(request);
    request.request = { signal: options.signal, ...(isRead ? {} : { retries: 0 }), ...request.request };
  });
  // The plugins wait out limits and failures on timers that no signal reaches: a cancelled run has no time for them.
  client.hook.wrap('request', (request, parameters) => {
    options.signal.throwIfAborted();
    return untilAborted(Promise.resolve(request(parameters)), options.signal);
  });
  return client;
}

/** The client that a token of the job opens, on the server the job runs on. */
export function connectGitHub(
  token: string,
  { run, log, signal }: Pick<ActionContext, 'run' | 'log' | 'signal'>,
): Promise<GitHub> {
  return createGitHub({ token, apiUrl: run.apiUrl, graphqlUrl: run.graphqlUrl, log, signal });
}

function isQuery(request: object): boolean {
  return 'query' in request && typeof request.query === 'string' && !/^\s*mutation\b/.test(request.query);
}

interface LimitedRequest {
  readonly method: string;
  readonly url: string;
  readonly request?: object;
}

function waitFor(limit: string, { log, signal }: GitHubOptions) {
  return (seconds: number, request: LimitedRequest, _octokit: unknown, attempt: number): boolean => {
    if (at(request, 'request', 'waitsForLimit') === false) return false;
    const waits = seconds <= LONGEST_WAIT && attempt < RATE_LIMIT_RETRIES && !signal.aborted;
    const next = waits ? `trying again in ${seconds} s` : `it lasts ${seconds} s, giving up`;
    log.info(`${limit} of GitHub was reached at ${request.method} ${request.url}; ${next}.`);
    return waits;
  };
}

/** Octokit's own warnings (deprecations, retries) belong in the debug log, not in the user's annotations. */
function quiet(log: Log) {
  const debug = (text: string) => log.debug(text);
  return { debug, info: debug, warn: debug, error: debug };
}
