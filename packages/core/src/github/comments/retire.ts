import { type CommentBody, formatBody, type Parts } from './body.ts';
import { readBack, retirementIn, showsWrite } from './history.ts';
import { join, withoutLosses } from './merge.ts';
import { isLost, LOOK_DELAY, LOOKS, LOST, type Pace } from './settle.ts';
import type { CommentStore, Gone, Seen, StoredComment } from './store.ts';
import { newToken } from './token.ts';

/** A comment that is to go, as it was listed. */
export interface Source {
  readonly comment: StoredComment;
  readonly body: CommentBody;
  readonly isRetired: boolean;
}

/** A comment that nobody finishes a write in any more, and what it holds for good. */
export interface Retired {
  readonly comment: StoredComment;
  readonly parts: Parts;
  /** Another writer has retired it, and deletes it unless it was killed. */
  readonly isForeign: boolean;
}

interface Retirer extends Pace {
  readonly store: CommentStore;
  readonly id: string;
}

/**
 * Retires a comment: it is marked, then its history says what it held at that moment.
 *
 * A comment cannot be deleted on condition that nobody has written to it since it was read. Once it is marked, a write that
 * comes before the mark is in the history that the answer carries, and a writer that comes after it sees the mark in its
 * own answer and goes elsewhere. So the comment can be deleted as soon as what it held is in another one.
 *
 * @param deleted empty sections to go into it, so that who reads it meanwhile does not bring them back
 * @returns undefined when it is gone
 * @throws what the store throws, or the error of a mark whose answer was lost three times
 */
export async function retire(
  retirer: Retirer,
  { comment, body, isRetired }: Source,
  deleted: Parts,
): Promise<Retired | undefined> {
  const { store, id } = retirer;
  const parts = join(body.parts, deleted);
  const mark = body.isRetired
    ? undefined
    : { id, token: newToken(retirer.random), base: body.token, parts, isRetired: true as const };
  let seen = mark ? await writeMark(retirer, comment, mark) : await store.look(comment);
  for (let looks = 0; ; looks += 1) {
    if (seen === 'gone') return undefined;
    const history = await readBack(retirer, comment, seen, isRetired ? body.base : body.token);
    const isShown = mark === undefined || showsWrite(id, seen, mark);
    if (isShown || looks === LOOKS) {
      const known = seen.history === undefined ? join(parts, withoutLosses(history)) : withoutLosses(history);
      const first = retirementIn(history) ?? { token: mark?.token, parts: known };
      return { comment, parts: first.parts, isForeign: isRetired || first.token !== mark?.token };
    }
    await retirer.wait(LOOK_DELAY * (0.5 + retirer.random()));
    seen = await store.look(comment);
  }
}

/**
 * Deletes retired comments; what they held is in another one.
 *
 * What another writer has retired is left to that writer for a few seconds: as long as it is there, whoever is asked to delete
 * its sections knows that they will turn up in another comment.
 */
export async function removeAll(pace: Omit<Retirer, 'id'>, retired: readonly Retired[]): Promise<void> {
  await Promise.all(
    retired.map(async ({ comment, isForeign }) => {
      for (let looks = 0; isForeign && looks < LOOKS; looks += 1) {
        await pace.wait(LOOK_DELAY * (0.5 + pace.random()));
        if ((await pace.store.look(comment)) === 'gone') return;
      }
      await pace.store.remove(comment);
    }),
  );
}

async function writeMark(
  { store, wait, random }: Retirer,
  comment: StoredComment,
  mark: CommentBody,
): Promise<Seen | Gone> {
  for (let tries = 1; ; tries += 1) {
    const answer = await store.update(comment, formatBody(mark));
    if (!isLost(answer)) return answer;
    await wait(LOOK_DELAY * (0.5 + random()));
    const seen = await store.look(comment);
    if (seen === 'gone' || seen.body === formatBody(mark) || showsWrite(mark.id, seen, mark)) return seen;
    if (tries === LOST) throw answer.lost;
  }
}
