import { defaults, GitHub as Octokit } from '@actions/github/lib/utils';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import Bottleneck from 'bottleneck/light.js';
import pLimit from 'p-limit';

/** A GitHub client: `rest`, `graphql`, `paginate` and `request` of the official Octokit. */
export type GitHub = InstanceType<typeof Octokit>;

/** What the official client and its plugins take. */
export type OctokitOptions = ConstructorParameters<typeof Octokit>[0];

/** The official client with its official plugins for retries and rate limits. */
export function createOctokit(options: OctokitOptions): GitHub {
  return new (Octokit.plugin(retry, throttling))(options);
}

/**
 * A queue for the plugin that neither spaces requests nor delays one: the plugin's own spaces writes by a second, and the
 * timers of each of its queues hold a request back for about 4 ms. At most 30 requests run at a time: GitHub takes 100, for
 * all jobs of one token together. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function unspaced(): InstanceType<typeof Bottleneck.Group> {
  const limit = pLimit(30);
  const schedule = <A extends unknown[], R>(_job: object, work: (...args: A) => R, ...args: A) =>
    limit(work, ...args);
  return Object.assign(new Bottleneck.Group(), { key: () => ({ schedule }) });
}

type Fetch = typeof globalThis.fetch;

/**
 * A fetch whose requests count as lost after a while, each attempt on its own.
 *
 * @param milliseconds until then
 * @param fetch default: the official toolkit's, which honours proxies
 */
export function timedFetch(milliseconds: number, fetch: Fetch = defaults.request?.fetch): Fetch {
  return (input, init) => {
    const timeout = AbortSignal.timeout(milliseconds);
    const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    return fetch(input, { ...init, signal }).then(namedLimit);
  };
}

/**
 * A refusal that says when to come back is a secondary limit, whatever else it says; the plugin knows one by its words.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
async function namedLimit(response: Response): Promise<Response> {
  const { status, headers } = response;
  if ((status !== 403 && status !== 429) || !headers.has('retry-after')) return response;
  const said = await response.text();
  const isNamed = /rate limit/i.test(said);
  const body = isNamed ? said : JSON.stringify({ message: 'A secondary rate limit was reached' });
  const named = new Headers(headers);
  if (!isNamed) named.set('content-type', 'application/json');
  // The body is no longer what these two speak of.
  named.delete('content-length');
  named.delete('content-encoding');
  return new Response(body, { status, headers: named });
}
