import { setTimeout as sleep } from 'node:timers/promises';
import { formatDuration, type Log, messageOf } from '../action/index.ts';
import { type Answer, type Expectation, unhealthy } from './health.ts';

export interface ProbeOptions {
  readonly url: string;
  /** The URL as people may see it; default as it is. */
  readonly shown?: string;
  readonly expected: Expectation;
  /** Milliseconds until it gives up. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Asks once; see `httpGet`. */
  readonly get: (url: string, signal: AbortSignal) => Promise<Answer>;
  /** Milliseconds between two tries; default 2000. */
  readonly interval?: number;
  /** Milliseconds since some fixed moment. */
  readonly now?: () => number;
}

/** Healthy, or what the last try said. */
export type Health = { readonly healthy: true } | { readonly healthy: false; readonly reason: string };

/** How it came to that. */
export type ProbeResult = Health & {
  /** What the last try said, after "it". */
  readonly said: string;
  /** Whether the last try had an answer of HTTP at all, right or wrong. */
  readonly answered: boolean;
  readonly tries: number;
  readonly milliseconds: number;
};

/** One try may not last longer, and the last one gets a fair chance; milliseconds. */
const LONGEST_TRY = 10_000;
const SHORTEST_TRY = 1000;

/**
 * Asks a URL until it answers as expected or the time is over. A host that does not resolve yet, a certificate that is
 * not issued yet and a gateway's 502 are all reasons to ask again.
 *
 * @throws the signal's reason when it is aborted
 */
export async function probe(options: ProbeOptions): Promise<ProbeResult> {
  const { shown: url = options.url, signal, log, interval = 2000, now = Date.now } = options;
  const start = now();
  const end = start + options.timeout;
  for (let last = '', tries = 1; ; tries++) {
    const { isHealthy, said, answered } = await tryOnce(
      options,
      Math.max(SHORTEST_TRY, Math.min(LONGEST_TRY, end - now())),
    );
    signal.throwIfAborted();
    const facts = { said, answered, tries, milliseconds: now() - start };
    if (isHealthy) {
      log.info(`${url} is healthy after ${formatDuration(facts.milliseconds)}.`);
      return { healthy: true, ...facts };
    }
    if (said !== last) log.info(`${url} ${said}; asking again every ${formatDuration(interval)}.`);
    last = said;
    if (now() + interval > end) {
      const count = tries === 1 ? '1 try' : `${tries} tries`;
      const reason = `${url} ${said} (${count} in ${formatDuration(options.timeout)}).`;
      return { healthy: false, reason, ...facts };
    }
    await sleep(interval, undefined, { signal });
  }
}

interface Try {
  readonly isHealthy: boolean;
  readonly said: string;
  readonly answered: boolean;
}

async function tryOnce({ url, expected, signal, get }: ProbeOptions, timeout: number): Promise<Try> {
  const limit = new AbortController();
  // Not AbortSignal.timeout: its timer does not keep the process alive when nothing else does.
  const timer = setTimeout(() => limit.abort(new Error('time-out')), timeout);
  try {
    const answer = await get(url, AbortSignal.any([signal, limit.signal]));
    const wrong = unhealthy(answer, expected);
    return { isHealthy: wrong === undefined, said: wrong ?? `answered ${answer.status}`, answered: true };
  } catch (error) {
    const said = limit.signal.aborted
      ? `did not answer within ${formatDuration(timeout)}`
      : `did not answer: ${messageOf(error)}`;
    return { isHealthy: false, said, answered: false };
  } finally {
    clearTimeout(timer);
  }
}
