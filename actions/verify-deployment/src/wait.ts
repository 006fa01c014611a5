import { formatDuration, type Log, messageOf } from '@gitops-actions/core/action';
import { ClusterError, plainLine } from '@gitops-actions/core/kubernetes';
import { Alarm } from './alarm.ts';
import type { Subject, VerificationEngine } from './engine.ts';
import type { Finding } from './finding.ts';
import { Sightings } from './sightings.ts';

export interface WaitOptions {
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Clock; milliseconds. */
  readonly now: () => number;
}

/** The longest time between two looks, whatever is watched. */
const LOOK = 5000;
/** Where something must be seen again before it counts. */
const LOOK_AGAIN = 1000;
/** Between two nudges; doubled up to the longest while nothing moves. */
const NUDGE = 5000;
const LONGEST_NUDGE = 30_000;
/** How long a cluster may refuse or not answer before nobody waits for it any longer. */
const AWAY = 60_000;
/** What a look may take beyond the time-out. */
const GRACE = 20_000;

/**
 * Looks until there is a verdict on all subjects in one and the same look, or the time is over. Looks when something changed,
 * and from time to time; asks the controller to look at the start and again while nothing moves.
 *
 * @throws ConfigurationError when what is to be verified was never there
 * @throws ClusterError when the cluster refuses the very first look
 * @throws the signal's reason when it is aborted
 */
export async function waitForVerdict(engine: VerificationEngine, options: WaitOptions): Promise<Finding> {
  const { timeout, signal, now } = options;
  const over = new AbortController();
  const limit = AbortSignal.timeout(timeout + GRACE);
  const within = AbortSignal.any([signal, over.signal, limit]);
  const sightings = new Sightings(now);
  try {
    return await lookUntilSettled(engine, sightings, { ...options, signal: within });
  } catch (error) {
    signal.throwIfAborted();
    if (!limit.aborted) throw error;
    return sightings.timedOut(`the cluster did not answer within ${formatDuration(timeout)}`);
  } finally {
    over.abort(new Error('The wait is over.'));
  }
}

async function lookUntilSettled(
  engine: VerificationEngine,
  sightings: Sightings,
  { timeout, signal, log, now }: WaitOptions,
): Promise<Finding> {
  const end = now() + timeout;
  const states = new Map<string, string>();
  const nudges = { next: 0, pause: NUDGE };
  const alarm = new Alarm(engine, signal);
  for (;;) {
    const subjects = await lookPatiently(engine, sightings, signal, log);
    if (subjects !== undefined) {
      const finding = sightings.weigh(subjects);
      if (report(subjects, states, log)) nudges.pause = NUDGE;
      if (finding !== undefined) return finding;
    }
    if (now() >= end) return sightings.timedOut(`not healthy after ${formatDuration(timeout)}`);
    if (subjects !== undefined && now() >= nudges.next) {
      await nudge(engine, signal, log);
      nudges.next = now() + nudges.pause;
      nudges.pause = Math.min(LONGEST_NUDGE, nudges.pause * 2);
    }
    const pause = Math.min(sightings.isUnsettled ? LOOK_AGAIN : LOOK, Math.max(0, end - now()));
    await alarm.wait(pause);
  }
}

/** A cluster that has answered may be away for a while: its API server restarts, a network breaks. */
async function lookPatiently(
  engine: VerificationEngine,
  sightings: Sightings,
  signal: AbortSignal,
  log: Log,
): Promise<readonly Subject[] | undefined> {
  try {
    return await engine.look(signal);
  } catch (error) {
    if (!(error instanceof ClusterError) || signal.aborted) throw error;
    const mayPass = sightings.isBegun || error.reason === 'Unavailable';
    if (!mayPass || sightings.awayFor(error.message) > AWAY) throw error;
    log.info(`The cluster is asked again: ${plainLine(error.message)}`);
    return undefined;
  }
}

async function nudge(engine: VerificationEngine, signal: AbortSignal, log: Log): Promise<void> {
  await engine.nudge(signal).catch((error: unknown) => {
    if (!(error instanceof ClusterError)) throw error;
    log.debug(messageOf(error));
  });
}

/** One line for each change. @returns whether anything moved */
function report(subjects: readonly Subject[], states: Map<string, string>, log: Log): boolean {
  let isMoved = false;
  for (const { where, state } of subjects) {
    if (states.get(where) === state) continue;
    states.set(where, state);
    log.info(`${where}: ${plainLine(state)}.`);
    isMoved = true;
  }
  return isMoved;
}
