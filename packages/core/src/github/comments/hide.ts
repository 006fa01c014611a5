import { join } from './merge.ts';
import type { Order } from './plan.ts';
import type { Found } from './progress.ts';
import { isNewerThan } from './removal.ts';
import type { CommentStore, HidingReason } from './store.ts';
import type { Written } from './written.ts';

/** A comment that is to be hidden. */
export interface Hiding extends Order {
  readonly mode: 'hide';
  readonly reason: HidingReason;
}

/**
 * Hides a comment, and those that a race left beside it; the next write shows it again.
 *
 * `superseded`: a newer run wrote one of the sections. `unchanged`: there is no such comment, or it is hidden.
 */
export async function hide({ comments }: Found, store: CommentStore, hiding: Hiding): Promise<Written> {
  const there = comments.filter(({ isRetired }) => !isRetired);
  const comment = there[0]?.comment;
  const visible = there.filter((one) => one.comment.isHidden !== true);
  const sections = join(...there.map(({ body }) => body.parts));
  const isKept = visible.length > 0 && isNewerThan(sections, hiding);
  if (isKept) return { result: 'superseded', comment, isCut: false };
  const ends = await Promise.all(visible.map((one) => store.hide(one.comment, hiding.reason)));
  return { result: ends.includes('hidden') ? 'hidden' : 'unchanged', comment, isCut: false };
}
