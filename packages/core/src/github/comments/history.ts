import { type CommentBody, type Parts, parseBody } from './body.ts';
import { withoutLosses } from './merge.ts';
import type { CommentStore, Seen, StoredComment } from './store.ts';

/** Pages of history that are read at most. */
const PAGES = 20;

/** The texts among these that are ours, in the same order. */
export function parseOwn(id: string, texts: readonly string[]): readonly CommentBody[] {
  return texts.flatMap((text) => {
    const body = parseBody(text);
    return body?.id === id ? [body] : [];
  });
}

/** Whether the history is there and goes as far as this write. */
export function showsWrite(id: string, { history }: Seen, { token }: CommentBody): boolean {
  return parseOwn(id, history ?? []).some((body) => body.token === token);
}

/** What is needed to read a history. */
export interface Reader {
  readonly store: CommentStore;
  readonly id: string;
}

/**
 * The texts of a comment, newest first: a page, and further back until the text that a write was based on is among them.
 *
 * @param base token of that text
 */
export async function readBack(
  { store, id }: Reader,
  comment: StoredComment,
  seen: Seen,
  base: string,
): Promise<readonly CommentBody[]> {
  const texts = seen.history?.[0] === seen.body ? [...seen.history] : [seen.body, ...(seen.history ?? [])];
  let { older } = seen;
  for (let page = 1; page < PAGES && older !== undefined; page += 1) {
    if (parseOwn(id, texts).some(({ token }) => token === base)) break;
    const next = await store.look(comment, older);
    if (next === 'gone') break;
    texts.push(...(next.history ?? []));
    older = next.older;
  }
  return parseOwn(id, texts);
}

/**
 * The text that retired a comment first, and what the comment held then: everybody who reads its history finds the same. Who
 * writes later sees it in the answer, and takes its own part elsewhere.
 *
 * @param bodies texts of the comment, newest first
 * @returns undefined when none of them retires it
 */
export function retirementIn(
  bodies: readonly CommentBody[],
): { readonly token: string; readonly parts: Parts } | undefined {
  const index = bodies.findLastIndex(({ isRetired }) => isRetired);
  const first = bodies[index];
  return first && { token: first.token, parts: withoutLosses(bodies.slice(index)) };
}
