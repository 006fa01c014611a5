import { type DateToken, parseDateFormat } from './date-format.ts';
import type { Format } from './format.ts';
import { toTagText } from './oci-tag.ts';
import {
  type DatePlaceholder,
  isDatePlaceholder,
  isPlaceholder,
  type Placeholder,
  readPlaceholder,
} from './placeholders.ts';
import { characters, type TextShape } from './text-shape.ts';

const MANY = Number.POSITIVE_INFINITY;
const NAME = characters('A-Za-z0-9._-', 1, MANY);
/** Every whole number that JavaScript tells apart has at most 16 digits, and a float64 is exact for those too. */
const NUMBER: TextShape = { sequence: [characters('1-9', 1), characters('0-9', 0, 15)] };
const ZERO: TextShape = { text: '0' };

/** What `releaseSha` makes. */
const SHA: TextShape = {
  oneOf: [{ sequence: [{ text: 'g0' }, characters('0-9', 6)] }, characters('0-9a-f', 7)],
};

/** https://semver.org/#spec-item-2 */
const CORE_NUMBER: TextShape = {
  oneOf: [ZERO, { sequence: [characters('1-9', 1), characters('0-9', 0, MANY)] }],
};
const DOT: TextShape = { text: '.' };
const CORE: TextShape = { sequence: [CORE_NUMBER, DOT, CORE_NUMBER, DOT, CORE_NUMBER] };
/** https://semver.org/#spec-item-9 */
const IDENTIFIER: TextShape = {
  oneOf: [
    CORE_NUMBER,
    { sequence: [characters('0-9', 0, MANY), characters('A-Za-z-', 1), characters('0-9A-Za-z-', 0, MANY)] },
  ],
};
const PRERELEASE: TextShape = {
  sequence: [{ text: '-' }, IDENTIFIER, { repeated: { sequence: [DOT, IDENTIFIER] } }],
};

const VERSION: TextShape = { oneOf: [{ sequence: [CORE, PRERELEASE] }, CORE] };

const SHAPES: Readonly<Record<Exclude<Placeholder, DatePlaceholder>, TextShape>> = {
  run_number: NUMBER,
  run_id: NUMBER,
  run_attempt: NUMBER,
  sha: SHA,
  branch: NAME,
  tag: NAME,
  pr: NUMBER,
  version: VERSION,
};

const EPOCH: TextShape = { oneOf: [ZERO, { sequence: [characters('1-9', 1), characters('0-9', 0, 14)] }] };
const MINUTE: TextShape = { sequence: [characters('0-5', 1), characters('0-9', 1)] };
const DATE_SHAPES: Readonly<Record<DateToken, TextShape>> = {
  YYYY: characters('0-9', 4),
  YY: characters('0-9', 2),
  MM: {
    oneOf: [{ sequence: [ZERO, characters('1-9', 1)] }, { sequence: [{ text: '1' }, characters('0-2', 1)] }],
  },
  DD: {
    oneOf: [
      { sequence: [ZERO, characters('1-9', 1)] },
      { sequence: [characters('12', 1), characters('0-9', 1)] },
      { sequence: [{ text: '3' }, characters('01', 1)] },
    ],
  },
  HH: {
    oneOf: [
      { sequence: [characters('01', 1), characters('0-9', 1)] },
      { sequence: [{ text: '2' }, characters('0-3', 1)] },
    ],
  },
  mm: MINUTE,
  ss: MINUTE,
  SSS: characters('0-9', 3),
  X: EPOCH,
  x: EPOCH,
};

/** Which of a format's ids are meant. */
export interface IdsOf {
  /** Name of the branch when only its ids are meant: its text is the only value of `{{branch}}` then. */
  readonly branch?: string | undefined;
  /** Whether a version may have a pre-release; default true. */
  readonly prereleases?: boolean;
}

/**
 * The shapes of a format's parts, in order: what ids of it are made of.
 *
 * @returns undefined when a placeholder is not known or its date format has a problem
 */
export function shapesOf(format: Format, ids: IdsOf = {}): readonly TextShape[] | undefined {
  const shapes = format.map((part) => ('text' in part ? part : shapeOf(part.placeholder, ids)));
  return shapes.every((shape) => shape !== undefined) ? shapes : undefined;
}

function shapeOf(written: string, { branch, prereleases = true }: IdsOf): TextShape | undefined {
  const { name, argument } = readPlaceholder(written);
  if (!isPlaceholder(name)) return undefined;
  if (name === 'branch' && branch !== undefined) return { text: toTagText(branch) };
  if (name === 'version' && !prereleases) return CORE;
  if (!isDatePlaceholder(name)) return SHAPES[name];
  const parts = parseDateFormat(argument ?? '');
  return parts && { sequence: parts.map((part) => ('text' in part ? part : DATE_SHAPES[part.token])) };
}
