import { compareRuns, type RunRevision } from '../../release/index.ts';

/** Which write a section's text comes from; `sequence` counts the writes of one run attempt to one section, from 1. */
export interface Revision extends RunRevision {
  readonly sequence: number;
}

/** Older than anything: what an unreadable revision counts as. */
const NO_REVISION: Revision = { run: 0, attempt: 0, sequence: 0 };

/** Negative when `a` is the older write, 0 when they are the same. */
export function compareRevisions(a: Revision, b: Revision): number {
  return compareRuns(a, b) || a.sequence - b.sequence;
}

/** `123.1.2`: run, attempt, sequence. */
export function formatRevision({ run, attempt, sequence }: Revision): string {
  return `${run}.${attempt}.${sequence}`;
}

/** The opposite of `formatRevision`; `NO_REVISION` for anything else, so that every real write is newer. */
export function parseRevision(text: string): Revision {
  const [, run, attempt, sequence] = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/.exec(text) ?? [];
  if (run === undefined) return NO_REVISION;
  return { run: Number(run), attempt: Number(attempt), sequence: Number(sequence) };
}

/**
 * The revision that a write gets over the one that is there.
 *
 * The newer of the two runs, so that a text which replaces a newer run's (`order: none`) is not taken for an old one by
 * the writers that come after it.
 */
export function nextRevision(before: Revision | undefined, run: RunRevision): Revision {
  if (before === undefined || compareRuns(before, run) < 0) return { ...run, sequence: 1 };
  return { ...before, sequence: before.sequence + 1 };
}

/** The newer of the two. */
export function laterRevision(a: Revision, b: Revision | undefined): Revision {
  return b !== undefined && compareRevisions(b, a) > 0 ? b : a;
}
