import { formatBody, NO_BASE } from './body.ts';
import type { Decided, Found, Job, Progress } from './progress.ts';
import { type Retired, removeAll } from './retire.ts';
import { isLost } from './settle.ts';
import { newToken } from './token.ts';
import { ended, type Written } from './written.ts';

const LOST_CREATE_DELAY = 1000;

/**
 * Makes a new comment, and lists again to see whether somebody was faster.
 *
 * After a create without an answer the list says whether it was done: every text carries a token of its writer.
 *
 * @param retired comments whose parts go into the new one
 */
export async function create(
  job: Job,
  decided: Decided,
  retired: readonly Retired[],
  list: () => Promise<Found>,
): Promise<Written | Progress> {
  const { store, write, random, wait } = job;
  const { parts } = decided.plan;
  const { losses } = decided.progress;
  const token = newToken(random);
  const answer = await store.create(formatBody({ id: write.id, token, base: NO_BASE, parts }));
  if (isLost(answer)) await wait(LOST_CREATE_DELAY * (losses.length + 1) * (0.5 + random()));
  const found = await list();
  const own = isLost(answer) ? found.comments.find(({ body }) => body.token === token)?.comment : answer;
  if (own === undefined)
    return { ...decided.progress, losses: [...losses, isLost(answer) ? answer.lost : undefined] };
  const progress = { ...decided.progress, created: own.id, found };
  const first = found.comments.find(({ isRetired }) => !isRetired)?.comment;
  if (first !== undefined && first.id < own.id) return progress;
  await removeAll(job, retired);
  return ended(job, { ...decided, progress }, own, parts);
}
