import { defaults, GitHub as Octokit } from '@actions/github/lib/utils';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import Bottleneck from 'bottleneck/light.js';

/** A GitHub client: `rest`, `graphql`, `paginate` and `request` of the official Octokit. */
export type GitHub = InstanceType<typeof Octokit>;

/** What the official client and its plugins take. */
export type OctokitOptions = ConstructorParameters<typeof Octokit>[0];

/** The official client with its official plugins for retries and rate limits. */
export function createOctokit(options: OctokitOptions): GitHub {
  return new (Octokit.plugin(retry, throttling))(options);
}

/**
 * A queue that does not space its requests; the plugin's default is one write a second. GitHub takes 100 at a time, for all
 * jobs of one token together. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function unspaced(): InstanceType<typeof Bottleneck.Group> {
  return new Bottleneck.Group({ maxConcurrent: 30 });
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
    return fetch(input, { ...init, signal });
  };
}
