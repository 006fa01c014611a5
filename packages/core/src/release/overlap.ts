import { type Automaton, automatonOf, type State } from './automaton.ts';
import type { Format } from './format.ts';
import { type IdsOf, shapesOf } from './format-shape.ts';
import type { TextShape } from './text-shape.ts';

/**
 * Whether some text can be an id of both formats. Never says "no" where such an id exists. It says "yes" where only the
 * length of tags, or a placeholder that stands twice with one value, keeps the two apart; and for a format with a problem,
 * which counts as one that can make anything.
 *
 * @param ids which ids of `a` count; of `b` all do
 */
export function overlaps(a: Format, b: Format, ids: IdsOf = {}): boolean {
  const [shapesOfA, shapesOfB] = [shapesOf(a, ids), shapesOf(b)];
  if (shapesOfA === undefined || shapesOfB === undefined) return true;
  return readTogether(automatonOf(shapesOfA), automatonOf(shapesOfB), () => false) !== undefined;
}

/** Whether some text of these shapes can be split in two ways that differ in what one of `parts` gets. */
export function isAmbiguous(shapes: readonly TextShape[], parts: readonly number[]): boolean {
  const automaton = automatonOf(shapes);
  const differs = (a: number, b: number) => a !== b && (parts.includes(a) || parts.includes(b));
  return readTogether(automaton, automaton, differs) === true;
}

interface Pair {
  readonly a: State;
  readonly b: State;
  readonly differed: boolean;
}

/**
 * Lets two automata read the same texts.
 *
 * @param differs tells of the parts that read one character whether that is a difference
 * @returns undefined when there is no text that both read to the end, else whether some such text had a difference
 */
function readTogether(
  first: Automaton,
  second: Automaton,
  differs: (a: number, b: number) => boolean,
): boolean | undefined {
  const seen = new Set<string>();
  const open: Pair[] = [{ a: first.start, b: second.start, differed: false }];
  let result: boolean | undefined;
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const { a, b, differed } = pair;
    const key = `${a.number} ${b.number} ${differed}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (a === first.end && b === second.end) result = result === true || differed;
    for (const next of a.free) open.push({ a: next, b, differed });
    for (const next of b.free) open.push({ a, b: next, differed });
    for (const one of a.steps) {
      for (const other of b.steps) {
        if (!haveCommon(one.on, other.on)) continue;
        open.push({ a: one.to, b: other.to, differed: differed || differs(one.part, other.part) });
      }
    }
  }
  return result;
}

function haveCommon(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const character of few) if (many.has(character)) return true;
  return false;
}
