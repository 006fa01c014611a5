import type { PreviewSpec } from './engine.ts';

/** Does work for a preview; changes nothing. */
type Work<Result> = (preview: PreviewSpec, signal: AbortSignal) => Promise<Result>;

/** Work that may begin before it is asked for. */
export interface EarlyWork<Result> {
  /** Begins it, unless it was begun for this very preview. Settles, never rejecting, once it is done. */
  readonly begin: (preview: PreviewSpec, signal: AbortSignal) => Promise<void>;
  /** What was begun for this very preview, once and while it is fresh; otherwise the work is done now. */
  readonly take: Work<Result>;
}

interface Begun<Result> {
  readonly of: PreviewSpec;
  readonly result: Promise<Result>;
  doneAt: number | undefined;
}

/** A look at a cluster says little after that; GitHub may keep a run waiting for minutes meanwhile. Milliseconds. */
const FRESH = 10_000;

/**
 * Work that may begin before it is asked for; what goes wrong with it whoever takes it hears.
 *
 * @param now milliseconds, from whenever
 */
export function earlyWork<Result>(
  work: Work<Result>,
  now: () => number = () => performance.now(),
): EarlyWork<Result> {
  let begun: Begun<Result> | undefined;
  return {
    begin: async (preview, signal) => {
      if (begun?.of === preview) return settled(begun.result);
      const early: Begun<Result> = { of: preview, result: work(preview, signal), doneAt: undefined };
      begun = early;
      await settled(early.result);
      early.doneAt = now();
    },
    take: (preview, signal) => {
      const early = begun;
      begun = undefined;
      const isFresh = early?.doneAt === undefined || now() - early.doneAt <= FRESH;
      return early?.of === preview && isFresh ? early.result : work(preview, signal);
    },
  };
}

async function settled(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}
