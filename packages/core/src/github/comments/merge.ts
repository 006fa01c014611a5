import type { CommentBody, Part, Parts } from './body.ts';
import { compareRevisions } from './revision.ts';

/**
 * What is known when several texts are known: of each part the newest revision. Commutative, associative, idempotent.
 * Two texts of one revision are told apart by their text, only so that everybody chooses the same one.
 */
export function join(...all: readonly Parts[]): Parts {
  const joined = new Map<string, Part>();
  for (const [key, part] of all.flatMap((parts) => [...parts])) {
    const other = joined.get(key);
    if (other === undefined || isNewer(part, other)) joined.set(key, part);
  }
  return joined;
}

function isNewer(part: Part, other: Part): boolean {
  const order = compareRevisions(part.revision, other.revision);
  return order > 0 || (order === 0 && part.text > other.text);
}

/** Whether both hold the same parts with the same texts and revisions. */
export function sameParts(a: Parts, b: Parts): boolean {
  return a.size === b.size && [...a].every(([key, part]) => samePart(part, b.get(key)));
}

/** Whether a text of all these parts, or of newer revisions of them, has been read or written. */
export function covers(known: Parts, parts: Parts): boolean {
  return sameParts(join(known, parts), known);
}

/** Whether both are one text of one revision. */
function samePart(a: Part, b: Part | undefined): boolean {
  return b !== undefined && a.text === b.text && compareRevisions(a.revision, b.revision) === 0;
}

/**
 * What a comment would hold if no write had undone another one.
 *
 * Every text says which text its writer had read (`base`), so what that writer *changed* is known, and only that is
 * applied; what it overwrote without having seen it stays. A text whose token is that of an older text was made by a person
 * in GitHub's editor out of that text: what the person deleted stays deleted. A part never goes back to an
 * older revision.
 *
 * @param bodies every known text of the comment, newest first
 */
export function withoutLosses(bodies: readonly CommentBody[]): Parts {
  const state = new Map<string, Part>();
  const past: CommentBody[] = [];
  for (const body of bodies.toReversed()) {
    const base = past.findLast(({ token }) => token === body.token || token === body.base);
    applyChanges(state, base?.parts ?? new Map(), body.parts);
    past.push(body);
  }
  return state;
}

function applyChanges(state: Map<string, Part>, before: Parts, after: Parts): void {
  for (const [key, part] of after) {
    const changed = !samePart(part, before.get(key));
    const current = state.get(key);
    const isOlder = current !== undefined && compareRevisions(part.revision, current.revision) < 0;
    if (changed && !isOlder) state.set(key, part);
  }
  for (const [key, part] of before) {
    if (!after.has(key) && samePart(part, state.get(key))) state.delete(key);
  }
}
