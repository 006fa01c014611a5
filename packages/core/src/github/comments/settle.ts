import { type CommentBody, formatBody, type Parts } from './body.ts';
import { fitParts, type OwnPart } from './fit.ts';
import { parseOwn, readBack, retirementIn, showsWrite } from './history.ts';
import { covers, join, sameParts, withoutLosses } from './merge.ts';
import type { CommentStore, Gone, Lost, Seen, StoredComment } from './store.ts';
import { newToken } from './token.ts';

/** What differs between a run and a test. */
export interface Pace {
  /** As `Math.random`. */
  readonly random: () => number;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** One writer at work on one comment id. */
export interface Writer extends Pace {
  readonly store: CommentStore;
  readonly id: string;
  /** The part that may be cut. */
  readonly own: OwnPart | undefined;
}

/** What a comment holds in the end. */
export interface Settled {
  readonly parts: Parts;
  readonly isHidden: boolean;
}

/** Parts to be written over a text that was read. */
export interface Target {
  readonly base: string;
  readonly parts: Parts;
}

const ROUNDS = 30;
export const LOOKS = 3;
export const LOST = 3;
export const LOOK_DELAY = 1000;
const ROUND_DELAY = 100;
const LONGEST_DELAY = 4000;

/**
 * Writes parts into a comment until nothing that anybody wrote is missing from it: *the overwriter repairs*.
 *
 * GitHub has no compare-and-swap for comments, so a write may undo another one that came between its read and itself, and
 * the other writer may be gone by then. The one who can know is the overwriter: the answer to its write carries the
 * comment's history, and every text in it says which text it was made from. Of that history `withoutLosses` makes what
 * the comment should hold. When it does not hold that, it is written again, over the newest text; when it does, whoever
 * wrote that newest text, this writer is done.
 *
 * Why nothing is lost once all writers are done: take the newest text. Its writer's answer held every text since its base,
 * so each part written since is in it or it would have written again. What was in the base was settled by the same
 * argument; a writer that was killed between its write and its repair is covered as long as what it undid is within the
 * page of history that the next writer sees.
 * Why it ends: a write after everybody's first contains every part, and then all answers agree.
 *
 * Where GitHub shows no history, or not yet this write, the text is looked at a few times more, with delays. That can lose
 * what was written between this writer's read and write by one that has left since.
 *
 * @returns what the comment holds in the end; that it is gone; or that it was retired before the parts were in it
 */
export async function settle(
  writer: Writer,
  comment: StoredComment,
  first: Target,
): Promise<Settled | Gone | 'retired'> {
  let target = first;
  let losses = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const token = newToken(writer.random);
    const body = fitted(writer, token, target);
    const answer = await writer.store.update(comment, formatBody(body));
    if (isLost(answer) && ++losses >= LOST) throw answer.lost;
    const review = await reviewAnswer(writer, comment, body, answer);
    const next =
      round > 1 && typeof review === 'object' && !review.isSettled
        ? await lookAgain(writer, comment, body, round)
        : review;
    if (typeof next === 'string') return next;
    if (next.isSettled) return next;
    target = next;
  }
  throw new Error(
    `Comment ${comment.url} was overwritten ${ROUNDS} times in a row; re-run the job when fewer write to it.`,
  );
}

interface Review extends Target, Settled {
  readonly isSettled: boolean;
}

function fitted({ id, own }: Writer, token: string, { base, parts }: Target): CommentBody {
  const body = { id, token, base, parts };
  return own === undefined ? body : { ...body, parts: fitParts(body, own) };
}

/** After a lost answer the history says whether the write was done. */
async function reviewAnswer(
  writer: Writer,
  comment: StoredComment,
  written: CommentBody,
  answer: Seen | Gone | Lost,
): Promise<Review | Gone | 'retired'> {
  if (!isLost(answer)) return review(writer, comment, written, answer);
  await writer.wait(LOOK_DELAY * (0.5 + writer.random()));
  return review(writer, comment, written, await writer.store.look(comment));
}

/** From the second repair on somebody else may be repairing too: a random pause lets one of them be first. */
async function lookAgain(
  writer: Writer,
  comment: StoredComment,
  written: CommentBody,
  round: number,
): Promise<Review | Gone | 'retired'> {
  await writer.wait(writer.random() * Math.min(LONGEST_DELAY, ROUND_DELAY * 2 ** round));
  return review(writer, comment, written, await writer.store.look(comment));
}

/** Holds what the comment says now against what it should say. */
async function review(
  writer: Writer,
  comment: StoredComment,
  written: CommentBody,
  answer: Seen | Gone,
): Promise<Review | Gone | 'retired'> {
  let seen = answer;
  for (let looks = 0; ; looks += 1) {
    if (seen === 'gone') return 'gone';
    const history = await readBack(writer, comment, seen, written.base);
    const frozen = retirementIn(history)?.parts;
    const isHidden = seen.isHidden === true;
    const [now] = parseOwn(writer.id, [seen.body]);
    const base = now?.token ?? written.token;
    if (frozen !== undefined)
      return covers(frozen, written.parts) ? { isSettled: true, base, parts: frozen, isHidden } : 'retired';
    const parts = join(written.parts, withoutLosses(history));
    if (now === undefined || !sameParts(parts, now.parts)) return { isSettled: false, base, parts, isHidden };
    if (showsWrite(writer.id, seen, written) || looks === LOOKS)
      return { isSettled: true, base, parts, isHidden };
    await writer.wait(LOOK_DELAY * (0.5 + writer.random()));
    seen = await writer.store.look(comment);
  }
}

/** Whether a write was left without an answer. */
export function isLost(answer: object | Gone): answer is Lost {
  return typeof answer === 'object' && 'lost' in answer;
}
