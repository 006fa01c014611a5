import type { Format } from './format.ts';
import { shapesOf } from './format-shape.ts';
import { expressionOf } from './text-shape.ts';

/** The values of an id's placeholders, under what stands between the braces: `sha`, `commit_date 'YYYYMMDD'`. */
export type ReleaseParts = Readonly<Record<string, string>>;

type Piece = { readonly text: string } | { readonly placeholder: string; readonly takes: RegExp };

/**
 * Takes an id apart: the opposite of rendering. A placeholder that stands twice has one value.
 *
 * @returns the values as they were written; undefined when the id is not of this format, or when it can be read in two
 *   ways (`{{branch}}-{{tag}}`)
 */
export function parseRelease(format: Format, id: string): ReleaseParts | undefined {
  const shapes = shapesOf(format);
  if (shapes === undefined) return undefined;
  const pieces = format.map((part, index): Piece => {
    const shape = shapes[index];
    if ('text' in part || shape === undefined) return 'text' in part ? part : { text: '' };
    return { placeholder: part.placeholder, takes: new RegExp(`^${expressionOf(shape)}$`) };
  });
  const [reading, another] = readings(pieces, id, new Map());
  return reading === undefined || another !== undefined ? undefined : Object.fromEntries(reading);
}

type Values = ReadonlyMap<string, string>;

/** Up to two ways to read the rest of an id. */
function readings(pieces: readonly Piece[], rest: string, values: Values): readonly Values[] {
  const [piece, ...others] = pieces;
  if (piece === undefined) return rest === '' ? [values] : [];
  const text = 'text' in piece ? piece.text : values.get(piece.placeholder);
  if (text !== undefined)
    return rest.startsWith(text) ? readings(others, rest.slice(text.length), values) : [];
  if ('text' in piece) return [];
  const found: Values[] = [];
  for (let length = 1; length <= rest.length && found.length < 2; length++) {
    const value = rest.slice(0, length);
    if (!piece.takes.test(value)) continue;
    found.push(...readings(others, rest.slice(length), new Map(values).set(piece.placeholder, value)));
  }
  return found.slice(0, 2);
}
