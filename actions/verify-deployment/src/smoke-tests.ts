import type { Log } from '@gitops-actions/core/action';
import { expectationText, httpGet, type ProbeOptions, probe } from '@gitops-actions/core/probe';
import type { SmokeTest } from './smoke-inputs.ts';

/** What became of a smoke test. */
export interface SmokeResult {
  /** Without the values of its query, which may be secrets. */
  readonly url: string;
  /** For people: `200-299, text "ok"`. */
  readonly expected: string;
  /** What the last try said, after "it": `answered 200`. Holds text of the other side. */
  readonly got: string;
  readonly passed: boolean;
  /** Whether the last try had an answer at all, right or wrong. */
  readonly answered: boolean;
  readonly tries: number;
  readonly milliseconds: number;
}

/** Why a release is not healthy by its smoke tests; the URLs are outside text. */
export interface SmokeVerdict {
  readonly verdict: 'degraded' | 'unknown';
  readonly message: string;
}

export interface SmokeOptions {
  /** Milliseconds for all tests together, with every try. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Asks once; default `httpGet`. */
  readonly get?: ProbeOptions['get'];
  /** Milliseconds between two tries of one test; default 2000. */
  readonly interval?: number;
}

/**
 * Asks all URLs side by side, each again until it answers as expected or the time is over. Redirects are answers and are
 * not followed; of a body the first megabyte counts; one try has ten seconds.
 *
 * @returns the results in the order of the tests
 * @throws the signal's reason when it is aborted
 */
export function runSmokeTests(
  tests: readonly SmokeTest[],
  { get = httpGet, ...options }: SmokeOptions,
): Promise<readonly SmokeResult[]> {
  return Promise.all(
    tests.map(async ({ url, expected }) => {
      const shown = withoutValues(url);
      const { healthy, said, answered, tries, milliseconds } = await probe({
        ...options,
        ...{ url, shown, expected, get },
      });
      return {
        url: shown,
        expected: expectationText(expected),
        got: said,
        passed: healthy,
        answered,
        tries,
        milliseconds: Math.round(milliseconds),
      };
    }),
  );
}

/**
 * What failed tests say of a release: a wrong answer is its fault, and no answer at all may be the runner's, its network's or
 * a certificate's.
 *
 * @returns undefined when all passed
 */
export function judgeSmoke(results: readonly SmokeResult[]): SmokeVerdict | undefined {
  const failed = results.filter(({ passed }) => !passed);
  const [wrong, mute] = [failed.filter(({ answered }) => answered), failed.filter((one) => !one.answered)];
  if (wrong.length > 0)
    return {
      verdict: 'degraded',
      message: `${failed.length} of ${results.length} smoke tests failed, although all is healthy in the cluster.`,
    };
  if (mute.length === 0) return undefined;
  const message = `All is healthy in the cluster, but the runner cannot reach ${mute.map(({ url }) => url).join(', ')}: look at its network, the name, the certificate and the proxy.`;
  return { verdict: 'unknown', message };
}

function withoutValues(address: string): string {
  const url = new URL(address);
  const keys = [...new Set(url.searchParams.keys())].map((key) => `${encodeURIComponent(key)}=…`);
  return `${url.origin}${url.pathname}${keys.length === 0 ? '' : `?${keys.join('&')}`}`;
}

/** Why smoke tests failed: plain outside text, one line for each that did; empty when all passed. */
export function smokeReasons(results: readonly SmokeResult[]): readonly string[] {
  return results.filter(({ passed }) => !passed).map(({ url, got }) => `${url} ${got}`);
}
