import { setTimeout as sleep } from 'node:timers/promises';
import { formatDuration, type Log, messageOf } from '../action/index.ts';
import { type Answer, type Expectation, unhealthy } from './health.ts';

export interface ProbeOptions {
  readonly url: string;
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

/** One try may not last longer, and the last one gets a fair chance; milliseconds. */
const LONGEST_TRY = 10_000;
const SHORTEST_TRY = 1000;

/**
 * Asks a URL until it answers as expected or the time is over. A host that does not resolve yet, a certificate that is
 * not issued yet and a gateway's 502 are all reasons to ask again.
 *
 * @throws the signal's reason when it is aborted
 */
export async function probe(options: ProbeOptions): Promise<Health> {
  const { url, signal, log, interval = 2000, now = Date.now } = options;
  const start = now();
  const end = start + options.timeout;
  for (let last = '', tries = 1; ; tries++) {
    const reason = await tryOnce(options, Math.max(SHORTEST_TRY, Math.min(LONGEST_TRY, end - now())));
    signal.throwIfAborted();
    if (reason === undefined) {
      log.info(`${url} is healthy after ${formatDuration(now() - start)}.`);
      return { healthy: true };
    }
    if (reason !== last) log.info(`${url} ${reason}; asking again every ${formatDuration(interval)}.`);
    last = reason;
    if (now() + interval > end) {
      const count = tries === 1 ? '1 try' : `${tries} tries`;
      return { healthy: false, reason: `${url} ${reason} (${count} in ${formatDuration(options.timeout)}).` };
    }
    await sleep(interval, undefined, { signal });
  }
}

async function tryOnce(
  { url, expected, signal, get }: ProbeOptions,
  timeout: number,
): Promise<string | undefined> {
  const limit = new AbortController();
  // Not AbortSignal.timeout: its timer does not keep the process alive when nothing else does.
  const timer = setTimeout(() => limit.abort(new Error('time-out')), timeout);
  try {
    return unhealthy(await get(url, AbortSignal.any([signal, limit.signal])), expected);
  } catch (error) {
    if (limit.signal.aborted) return `did not answer within ${formatDuration(timeout)}`;
    return `did not answer: ${messageOf(error)}`;
  } finally {
    clearTimeout(timer);
  }
}
