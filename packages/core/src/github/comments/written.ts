import { type Parts, sectionKey } from './body.ts';
import { isSuperseded } from './plan.ts';
import type { Decided, Job } from './progress.ts';
import type { StoredComment } from './store.ts';

/** How a write ended. */
export interface Written {
  /** `superseded`: a newer run's text stands. */
  readonly result: 'created' | 'updated' | 'unchanged' | 'superseded' | 'deleted' | 'hidden';
  /** Undefined when there is none, or none any more. */
  readonly comment: StoredComment | undefined;
  /** The section's text was too long and only its start is in the comment. */
  readonly isCut: boolean;
}

/** What to report of a write, by what the comment holds in the end. */
export function ended(
  { write }: Job,
  { plan, progress }: Decided,
  comment: StoredComment | undefined,
  parts: Parts,
): Written {
  const key = sectionKey(write.section ?? '');
  const part = parts.get(key);
  const hasText = part !== undefined && part.text !== '';
  if (write.mode === 'delete') {
    const isKept = write.section !== undefined && hasText && isSuperseded(part, write);
    const result = isKept ? 'superseded' : plan.decision === 'write' ? 'deleted' : plan.decision;
    return { result, comment, isCut: false };
  }
  if (isSuperseded(part, write)) return { result: 'superseded', comment, isCut: false };
  const isCut = part !== undefined && plan.own !== undefined && part.text.length < plan.own.part.text.length;
  if (comment !== undefined && comment.id === progress.created) return { result: 'created', comment, isCut };
  const result = plan.decision === 'unchanged' && progress.revision === undefined ? 'unchanged' : 'updated';
  return { result, comment, isCut };
}
