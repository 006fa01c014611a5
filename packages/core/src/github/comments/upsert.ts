import { type CommentBody, formatBody, NO_BASE, type Parts, parseBody } from './body.ts';
import { join, sameParts } from './merge.ts';
import { type Plan, planWrite, type SectionWrite } from './plan.ts';
import { compareRuns } from './revision.ts';
import { isLost, type Pace, settle, type Writer } from './settle.ts';
import type { CommentStore, StoredComment } from './store.ts';
import { newToken } from './token.ts';

/** How a write ended. */
export interface Upserted {
  /** `superseded`: a newer run's text stands in the section. */
  readonly result: 'created' | 'updated' | 'unchanged' | 'superseded';
  readonly comment: StoredComment;
  /** The section's text was too long and only its start is in the comment. */
  readonly isCut: boolean;
}

interface Found {
  readonly comment: StoredComment;
  readonly body: CommentBody;
}

const ATTEMPTS = 6;
const LOST_CREATE_DELAY = 1000;

/**
 * Creates or updates one section of one comment, safely beside any number of other writers.
 *
 * Of several comments with this id the lowest number wins. A writer that finds more than one carries the sections of the
 * others over into it and removes them. A writer that has created one lists again: if it sees a lower one, it carries
 * everything it sees over into that and removes its own; whoever sees its own as the lowest has nothing to do, the others
 * come to it. What nobody saw (a list that lagged behind) is healed by the next writer. Then `settle` sees to it that
 * nothing was overwritten.
 *
 * After a create without an answer the list says whether it was done: every text carries a token of its writer.
 *
 * @throws what the store throws: a refusal, a limit; or the error of a write whose answer was lost three times
 */
export async function upsertSection(store: CommentStore, write: SectionWrite, pace: Pace): Promise<Upserted> {
  let lost: unknown;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await list(store, write.id);
    const result =
      found.length > 0 ? await update(store, write, pace, found) : await create(store, write, pace, attempt);
    if (!('again' in result)) return result;
    lost = result.again ?? lost;
  }
  throw (
    lost ??
    new Error(`Comment "${write.id}" was deleted ${ATTEMPTS} times while it was written; re-run the job.`)
  );
}

/** Start over from the list; with the error of a lost answer, if that was the reason. */
interface Again {
  readonly again: unknown;
}

async function list(store: CommentStore, id: string): Promise<readonly Found[]> {
  const comments = await store.list((text) => parseBody(text)?.id === id);
  return comments.flatMap((comment) => {
    const body = parseBody(comment.body);
    return body?.id === id ? [{ comment, body }] : [];
  });
}

async function update(
  store: CommentStore,
  write: SectionWrite,
  pace: Pace,
  found: readonly Found[],
): Promise<Upserted | Again> {
  const [winner, ...others] = found;
  if (winner === undefined) return { again: undefined };
  const plan = planWrite(join(...found.map(({ body }) => body.parts)), write);
  const parts = await bring(writerOf(store, write, pace, plan), winner, plan.parts);
  if (parts === 'gone') return { again: undefined };
  await Promise.all(others.map(({ comment }) => store.remove(comment)));
  return ended(plan.decision === 'write' ? 'updated' : plan.decision, winner.comment, parts, plan, write);
}

async function create(
  store: CommentStore,
  write: SectionWrite,
  pace: Pace,
  attempt: number,
): Promise<Upserted | Again> {
  const plan = planWrite(new Map(), write);
  const token = newToken(pace.random);
  const text = formatBody({ id: write.id, token, base: NO_BASE, parts: plan.parts });
  const answer = await store.create(text);
  if (isLost(answer)) await pace.wait(LOST_CREATE_DELAY * attempt * (0.5 + pace.random()));
  const found = await list(store, write.id);
  const own = isLost(answer) ? found.find(({ body }) => body.token === token)?.comment : answer;
  if (own === undefined) return { again: isLost(answer) ? answer.lost : undefined };
  const winner = found[0];
  if (winner === undefined || winner.comment.id >= own.id)
    return ended('created', own, plan.parts, plan, write);
  return joinWinner(writerOf(store, write, pace, plan), write, plan, own, found);
}

/** Somebody was faster: what is seen goes over into the first comment, and the own one goes. */
async function joinWinner(
  writer: Writer,
  write: SectionWrite,
  plan: Plan,
  own: StoredComment,
  found: readonly Found[],
): Promise<Upserted | Again> {
  const [winner] = found;
  if (winner === undefined) return { again: undefined };
  const parts = await bring(writer, winner, join(plan.parts, ...found.map(({ body }) => body.parts)));
  if (parts === 'gone') return { again: undefined };
  await writer.store.remove(own);
  return ended('updated', winner.comment, parts, plan, write);
}

/** Writes the parts unless the comment holds them already. */
async function bring(writer: Writer, { comment, body }: Found, parts: Parts): Promise<Parts | 'gone'> {
  return sameParts(parts, body.parts) ? parts : settle(writer, comment, { base: body.token, parts });
}

function writerOf(store: CommentStore, { id }: SectionWrite, pace: Pace, { own }: Plan): Writer {
  return { store, id, own, ...pace };
}

function ended(
  result: Upserted['result'],
  comment: StoredComment,
  parts: Parts,
  { own }: Plan,
  write: SectionWrite,
): Upserted {
  const part = parts.get(own.key);
  const isSuperseded =
    write.order === 'run' && part !== undefined && compareRuns(part.revision, write.run) > 0;
  return {
    result: isSuperseded ? 'superseded' : result,
    comment,
    isCut: !isSuperseded && part !== undefined && part.text.length < own.part.text.length,
  };
}
