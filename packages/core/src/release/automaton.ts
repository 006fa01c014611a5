import type { TextShape } from './text-shape.ts';

/** A state of an automaton that reads a text of a format character by character. */
export interface State {
  readonly number: number;
  /** States that are reached without a character. */
  readonly free: State[];
  readonly steps: Step[];
}

/** One character and where it leads. */
export interface Step {
  readonly on: ReadonlySet<string>;
  readonly to: State;
  /** Index of the format's part that the character belongs to. */
  readonly part: number;
}

/** Reads exactly the texts that a format can make. */
export interface Automaton {
  readonly start: State;
  readonly end: State;
}

const TAG_CHARACTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-'];
const CLASSES = new Map<string, ReadonlySet<string>>();

/** Builds the automaton of a format's shapes, by Thompson's construction. https://swtch.com/~rsc/regexp/regexp1.html */
export function automatonOf(shapes: readonly TextShape[]): Automaton {
  let count = 0;
  const state = (): State => ({ number: count++, free: [], steps: [] });
  const start = state();
  const end = shapes.reduce((from, shape, part) => follow(shape, from, { state, part }), start);
  return { start, end };
}

interface Building {
  readonly state: () => State;
  readonly part: number;
}

/** Adds what reads the shape behind a state, and returns the state in which it has been read. */
function follow(shape: TextShape, from: State, building: Building): State {
  if ('text' in shape) {
    return [...shape.text].reduce((at, character) => step(at, new Set([character]), building), from);
  }
  if ('characters' in shape) return followClass(shape, from, building);
  if ('sequence' in shape) return shape.sequence.reduce((at, part) => follow(part, at, building), from);
  if ('group' in shape) return follow(shape.shape, from, building);
  if ('repeated' in shape) {
    const loop = freeStep(from, building);
    follow(shape.repeated, loop, building).free.push(loop);
    return loop;
  }
  const end = building.state();
  for (const option of shape.oneOf) follow(option, freeStep(from, building), building).free.push(end);
  return end;
}

function followClass(
  { characters, least, most }: Extract<TextShape, { characters: string }>,
  from: State,
  building: Building,
): State {
  const on = classOf(characters);
  let at = from;
  for (let count = 0; count < least; count++) at = step(at, on, building);
  if (most === Number.POSITIVE_INFINITY) {
    const loop = freeStep(at, building);
    loop.steps.push({ on, to: loop, part: building.part });
    return loop;
  }
  const end = building.state();
  for (let count = least; count < most; count++) {
    at.free.push(end);
    at = step(at, on, building);
  }
  at.free.push(end);
  return end;
}

function step(from: State, on: ReadonlySet<string>, { state, part }: Building): State {
  const to = state();
  from.steps.push({ on, to, part });
  return to;
}

function freeStep(from: State, { state }: Building): State {
  const to = state();
  from.free.push(to);
  return to;
}

function classOf(characters: string): ReadonlySet<string> {
  const known = CLASSES.get(characters);
  if (known !== undefined) return known;
  const expression = new RegExp(`[${characters}]`);
  const found = new Set(TAG_CHARACTERS.filter((character) => expression.test(character)));
  CLASSES.set(characters, found);
  return found;
}
