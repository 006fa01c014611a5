import type { PreviewRecord } from './record.ts';

/** Whether a workflow run is finished, as GitHub says; undefined when that is not known. */
export type IsRunOver = (run: Pick<PreviewRecord, 'runId' | 'runAttempt'>) => Promise<boolean | undefined>;

/** Something half done, and who began it. */
export interface Unfinished {
  readonly runId: number;
  readonly runAttempt: number;
  /** Epoch seconds. */
  readonly since: number;
  /** Milliseconds after which nobody can be at it any more. */
  readonly timeout: number;
  readonly isRunOver: IsRunOver;
}

/**
 * Whether what another run left half done may be taken over: that run is over, or it had all the time there is. One that
 * GitHub says is at work gets twice the time.
 */
export async function mayStepIn({ since, timeout, isRunOver, ...run }: Unfinished): Promise<boolean> {
  const isOver = await isRunOver({ runId: run.runId, runAttempt: run.runAttempt });
  if (isOver === true) return true;
  return Date.now() - since * 1000 > (isOver === false ? 2 * timeout : timeout);
}
