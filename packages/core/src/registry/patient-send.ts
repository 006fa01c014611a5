import { setTimeout as sleepFor } from 'node:timers/promises';
import { formatDuration, type Log, messageOf } from '../action/index.ts';
import { type HttpAnswer, type HttpRequest, send } from './http-send.ts';
import { LookupProblem } from './lookup-problem.ts';

/** How requests to a registry behave; what could differ between a test and a run is a parameter. */
export interface Patience {
  /** Aborts the request and the wait for the next one. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Milliseconds one request may last; default 15,000. */
  readonly timeout?: number;
  /** Milliseconds that one unit of back-off lasts; default 1000. The waits are up to 1, 2 and 4 units. */
  readonly backOffUnit?: number;
  /** Milliseconds since the epoch, for a `retry-after` that is a date. */
  readonly now?: () => number;
  /** From 0 up to 1. */
  readonly random?: () => number;
  /** Waits so many milliseconds, or rejects when the signal is aborted. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

const MOST_TRIES = 4;
/** The longest `retry-after` worth sitting out, in milliseconds. */
const LONGEST_WAIT = 60_000;
/** Failures that another try may not meet; a wrong name or certificate stays wrong. */
const PASSING = /ECONNRESET|ECONNREFUSED|ETIMEDOUT|EPIPE|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|aborted|timeout/i;
const REFUSED_BY_PROXY = /statusCode=4\d\d/;

type Attempt =
  | { readonly answer: HttpAnswer; readonly again: boolean }
  | { readonly failure: string; readonly again: boolean };

/**
 * Sends a request that is safe to repeat, and repeats it after 5xx, 429, a time-out and a broken connection; a `retry-after`
 * is kept to. The last answer is returned whatever its status.
 *
 * @throws LookupProblem when nothing answers, or with the signal's reason when it is aborted
 */
export async function sendPatiently(request: HttpRequest, patience: Patience): Promise<HttpAnswer> {
  const { signal, log, sleep = (time) => sleepFor(time, undefined, { signal }) } = patience;
  const { host } = new URL(request.url);
  for (let tries = 1; ; tries++) {
    const attempt = await tryOnce(request, patience);
    const wait = attempt.again && tries < MOST_TRIES ? waitAfter(attempt, tries, patience) : undefined;
    if (wait === undefined) return settle(attempt, host);
    const reason = 'answer' in attempt ? `answered ${attempt.answer.status}` : attempt.failure;
    log.info(`${host} ${reason}; asking again in ${formatDuration(wait)}.`);
    await sleep(wait, signal);
  }
}

function settle(attempt: Attempt, host: string): HttpAnswer {
  if ('answer' in attempt) return attempt.answer;
  throw new LookupProblem(
    `${host} ${attempt.failure}; check the name of the registry, and the network and proxy of this runner.`,
  );
}

async function tryOnce(request: HttpRequest, { signal, timeout = 15_000 }: Patience): Promise<Attempt> {
  const limit = AbortSignal.timeout(timeout);
  try {
    const answer = await send(request, AbortSignal.any([signal, limit]));
    return { answer, again: answer.status === 429 || answer.status >= 500 };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (limit.aborted) return { failure: `did not answer within ${formatDuration(timeout)}`, again: true };
    const reason = messageOf(error);
    const code = Error.isError(error) && 'code' in error ? String(error.code) : '';
    const again = PASSING.test(`${code} ${reason}`) && !REFUSED_BY_PROXY.test(reason);
    return { failure: `cannot be reached (${reason || code})`, again };
  }
}

/** Milliseconds, or undefined when the registry asks for more patience than a job should have. */
function waitAfter(attempt: Attempt, tries: number, patience: Patience): number | undefined {
  const { backOffUnit = 1000, random = Math.random, now = Date.now } = patience;
  const asked = 'answer' in attempt ? retryAfter(attempt.answer, now) : undefined;
  if (asked !== undefined) return asked <= LONGEST_WAIT ? asked : undefined;
  return backOffUnit * 2 ** (tries - 1) * (0.5 + random() / 2);
}

/** Seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function retryAfter({ headers }: HttpAnswer, now: () => number): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now());
}
