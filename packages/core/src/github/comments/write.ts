import { hasSections, type Parts, parseBody } from './body.ts';
import { create } from './create.ts';
import { type Hiding, hide } from './hide.ts';
import { join, sameParts } from './merge.ts';
import type { SectionWrite } from './plan.ts';
import { type Decided, decide, type Found, type Job, type Progress, START } from './progress.ts';
import type { Removal } from './removal.ts';
import { type Retired, removeAll, retire, type Source } from './retire.ts';
import { LOOK_DELAY, LOOKS, type Pace, settle } from './settle.ts';
import type { CommentStore } from './store.ts';
import { ended, type Written } from './written.ts';

/** What is to be done with the comment of an id. */
export type CommentWrite = SectionWrite | Removal | Hiding;

const PASSES = 20;
const PASSES_WITHOUT_PAUSE = 4;
const LOST_CREATES = 6;
const PAUSE = 100;
const LONGEST_PAUSE = 4000;

/**
 * Writes, moves, deletes or hides, safely beside any number of other writers.
 *
 * Of several comments with one id the lowest number wins that is not retired. A writer that finds more than one retires the
 * others, brings what they held into the winner and deletes them. A writer that has created one lists again: if it sees a
 * lower one, it does the same with its own; whoever sees its own as the lowest has nothing to do, the others come to it. What
 * nobody saw (a list that lagged behind) is healed by the next writer. `settle` sees to it that nothing in the winner was
 * overwritten.
 *
 * To recreate is to retire all there are and to create one with what they held. To delete is to write an empty section over the
 * text; when no section has a text any more, all are retired, deleted, and listed once more.
 *
 * @throws what the store throws: a refusal, a limit; or the error of a write whose answer was lost again and again
 */
export async function writeComment(store: CommentStore, write: CommentWrite, pace: Pace): Promise<Written> {
  if (write.mode === 'hide') return hide(await list(store, write.id), store, write);
  const job: Job = { store, write, random: pace.random, wait: pace.wait };
  let progress = START;
  for (let passes = 1; passes <= PASSES; passes += 1) {
    if (passes > PASSES_WITHOUT_PAUSE)
      await pace.wait(pace.random() * Math.min(LONGEST_PAUSE, PAUSE * 2 ** passes));
    const found = progress.found ?? (await list(store, write.id));
    const result = await pass(job, found, { ...progress, found: undefined });
    if ('result' in result) return result;
    progress = result;
    if (progress.losses.length === LOST_CREATES) break;
  }
  throw (
    progress.losses.at(-1) ??
    new Error(`Comment "${write.id}" went ${PASSES} times while it was written; re-run the job.`)
  );
}

async function list(store: CommentStore, id: string): Promise<Found> {
  const { comments, takesNoMore } = await store.list((text) => parseBody(text)?.id === id);
  const found = comments.flatMap((comment) => {
    const body = parseBody(comment.body);
    return body?.id === id ? [{ comment, body, isRetired: body.isRetired === true }] : [];
  });
  return { comments: found.toSorted((a, b) => a.comment.id - b.comment.id), takesNoMore };
}

/** One look at what is there, and what follows from it. */
async function pass(job: Job, found: Found, before: Progress): Promise<Written | Progress> {
  const all = found.comments.map((one) => ({
    ...one,
    isRetired: one.isRetired || before.retired.has(one.comment.id),
  }));
  const decided = decide(job, join(...all.map(({ body }) => body.parts)), before);
  const { decision, parts } = decided.plan;
  const isDone = job.write.mode === 'delete' && (decision !== 'write' || all.length === 0);
  if (isDone) return ended(job, decided, all[0]?.comment, parts);
  const winner = winnerOf(job, found, all, decided, before);
  // After a mere race of creators each brings its own home: if all retired all, ten jobs would write a hundred times.
  const isRace = before.created !== undefined && before.retired.size === 0;
  const isMine = ({ comment }: Source) => !isRace || comment.id === before.created;
  const sources = all.filter((one) => one !== winner && isMine(one));
  const isMoving = winner === undefined && found.comments.some(({ isRetired }) => isRetired);
  if (isMoving && decided.progress.waits < LOOKS) {
    await job.wait(LOOK_DELAY * (0.5 + job.random()));
    return { ...decided.progress, waits: decided.progress.waits + 1 };
  }
  const retired = await retireAll(job, sources, decided.progress.deleted);
  const held = [winner?.body.parts ?? new Map(), ...retired.map((one) => one.parts)];
  // What they held when they were retired may be newer than what was listed.
  const progress = withRetired(decided.progress, sources);
  const final = sources.length === 0 ? decided : decide(job, join(...held), progress);
  if (winner !== undefined) return update(job, winner, final, retired);
  if (hasSections(final.plan.parts)) return create(job, final, retired, () => list(job.store, job.write.id));
  await removeAll(job, retired);
  return final.progress;
}

/** The comment to write into; undefined when there is to be a new one, or none. */
function winnerOf(
  { write }: Job,
  { takesNoMore }: Found,
  all: readonly Source[],
  { plan }: Decided,
  { created }: Progress,
): Source | undefined {
  const first = all.find(({ isRetired }) => !isRetired);
  if (write.mode === 'delete') return hasSections(plan.parts) ? first : undefined;
  // The comment could be deleted, and not be made again.
  const isToMove = write.mode === 'recreate' && plan.decision === 'write' && created === undefined;
  return isToMove && !takesNoMore ? undefined : first;
}

function withRetired(progress: Progress, sources: readonly Pick<Source, 'comment'>[]): Progress {
  return {
    ...progress,
    retired: new Set([...progress.retired, ...sources.map(({ comment }) => comment.id)]),
  };
}

async function retireAll(job: Job, sources: readonly Source[], deleted: Parts): Promise<readonly Retired[]> {
  const { store, write, random, wait } = job;
  const retirer = { store, id: write.id, random, wait };
  const retired = await Promise.all(sources.map((source) => retire(retirer, source, deleted)));
  return retired.filter((one) => one !== undefined);
}

/** Writes the parts into the winner, unless it holds them already; then the others can go. */
async function update(
  job: Job,
  { comment, body }: Source,
  decided: Decided,
  retired: readonly Retired[],
): Promise<Written | Progress> {
  const { plan, progress } = decided;
  const target = { base: body.token, parts: plan.parts };
  // Before anything is deleted, the winner's history has to say that it is not retired itself.
  const isThere = retired.length === 0 && sameParts(plan.parts, body.parts);
  const settled = isThere
    ? { parts: plan.parts, isHidden: false }
    : await settle({ ...job, id: job.write.id, own: plan.own }, comment, target);
  if (settled === 'gone') return progress;
  if (settled === 'retired') return withRetired(progress, [{ comment }]);
  await removeAll(job, retired);
  if (settled.isHidden) await job.store.show(comment);
  return ended(job, decided, comment, settled.parts);
}
