import type { Needs } from './needed-jobs.ts';

/**
 * A job that was skipped, before a call or in the called workflow, skips no job that asks for `!cancelled() && !failure()`.
 *
 * @throws Error that names the job that did not run, or did not end well
 */
export function skippedSkipNoOthers({ called, follower }: Needs): string {
  if (called?.outputs.ran !== 'true')
    throw new Error('The called job "Good" did not run; a job before the call was skipped.');
  if (called.result !== 'success')
    throw new Error(`The call with a job that ran and one that was skipped ended as ${called.result}.`);
  if (follower?.result !== 'success')
    throw new Error(`The job "Follower" after that call ended as ${follower?.result ?? 'missing'}.`);
  return 'the called job ran, the call is a success, and the job after it ran';
}

/**
 * @returns undefined when no environment was named
 * @throws Error when the called job saw another secret than that of its environment
 */
export function environmentReplacesSecret({ replaced }: Needs): string | undefined {
  if (replaced?.result === 'skipped') return undefined;
  const { taken } = replaced?.outputs ?? {};
  if (taken !== 'environment')
    throw new Error(
      `The called job in the environment saw the secret of ${taken || 'nobody'}; should it be REAL_GITHUB of the environment, that must be there.`,
    );
  return 'the secret of the environment, not the one that was passed';
}

/** How jobs may end that ran out of time; the workflows take both for "not done". */
const LATE: readonly string[] = ['cancelled', 'failure'];

/**
 * A job with `!cancelled()` runs after one that ran out of time.
 *
 * @throws Error when it did not, or took the other for done
 */
export function lateJobIsSeen({ 'after-time': after }: Needs): string {
  if (after?.result !== 'success')
    throw new Error(`The job "After the time" ended as ${after?.result ?? 'missing'}; it should have run.`);
  const { seen = '' } = after.outputs;
  if (!LATE.includes(seen)) throw new Error(`The job that ran out of time ended as "${seen}".`);
  return `it ended as ${seen}, and the job after it ran`;
}
