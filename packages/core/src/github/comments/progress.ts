import type { Parts } from './body.ts';
import { join } from './merge.ts';
import { type Plan, planWrite, type SectionWrite } from './plan.ts';
import { planRemoval, type Removal } from './removal.ts';
import type { Source } from './retire.ts';
import type { Revision } from './revision.ts';
import type { Pace } from './settle.ts';
import type { CommentStore } from './store.ts';

/** One writer and what it wants. */
export interface Job extends Pace {
  readonly store: CommentStore;
  readonly write: SectionWrite | Removal;
}

/** A conversation's comments of one id, lowest first. */
export interface Found {
  readonly comments: readonly Source[];
  readonly takesNoMore: boolean;
}

/** What a writer knows from one pass to the next. */
export interface Progress {
  /** Comments in whose history a retirement was seen, whatever their text says now. */
  readonly retired: ReadonlySet<number>;
  /** Empty sections that are joined to all that is read: what was decided to be deleted. */
  readonly deleted: Parts;
  readonly hasDecided: boolean;
  /** Id of the comment that this writer has made. */
  readonly created: number | undefined;
  /** The newest revision that this writer gave its section. */
  readonly revision: Revision | undefined;
  /** How often it has waited for another writer that moves the comment. */
  readonly waits: number;
  /** Creates without an answer, and the error of the last one. */
  readonly losses: readonly unknown[];
  /** What the last pass has listed at its end. */
  readonly found: Found | undefined;
}

export const START: Progress = {
  retired: new Set(),
  deleted: new Map(),
  hasDecided: false,
  created: undefined,
  revision: undefined,
  waits: 0,
  losses: [],
  found: undefined,
};

/** A decision over what was read, and what this writer knows since. */
export interface Decided {
  readonly plan: Plan;
  readonly progress: Progress;
}

/**
 * Decides over the parts that were read. What a removal deletes is decided once: what others add meanwhile stays.
 */
export function decide({ write }: Pick<Job, 'write'>, read: Parts, progress: Progress): Decided {
  const parts = join(read, progress.deleted);
  if (write.mode !== 'delete') {
    const plan = planWrite(parts, write, progress.revision);
    const revision = plan.decision === 'write' ? plan.own.part.revision : progress.revision;
    return { plan, progress: { ...progress, revision, hasDecided: true } };
  }
  if (progress.hasDecided) {
    const [own] = [...progress.deleted].map(([key, part]) => ({ key, part }));
    return { plan: { decision: 'write', parts, own }, progress };
  }
  const plan = planRemoval(parts, write);
  return { plan, progress: { ...progress, deleted: plan.deleted, hasDecided: true } };
}
