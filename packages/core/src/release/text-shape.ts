/** A set of texts, written with what regular expressions and automata both can tell. */
export type TextShape =
  | { readonly text: string }
  /** From `least` to `most` characters of a class, written as between brackets: `0-9a-f`. */
  | { readonly characters: string; readonly least: number; readonly most: number }
  | { readonly sequence: readonly TextShape[] }
  | { readonly oneOf: readonly TextShape[] }
  /** Any number of times, also none. */
  | { readonly repeated: TextShape }
  /** A part that the expression must be able to name. */
  | { readonly group: string; readonly shape: TextShape };

/** Exactly so many characters of a class. */
export function characters(of: string, least: number, most = least): TextShape {
  return { characters: of, least, most };
}

/**
 * The shape as a regular expression of Go, without anchors. What is used means the same in JavaScript, but for the way
 * groups are named. https://github.com/google/re2/wiki/Syntax
 */
export function expressionOf(shape: TextShape): string {
  if ('text' in shape) return shape.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  if ('characters' in shape) return `[${shape.characters}]${times(shape.least, shape.most)}`;
  if ('sequence' in shape) return shape.sequence.map(expressionOf).join('');
  if ('oneOf' in shape) return `(?:${shape.oneOf.map(expressionOf).join('|')})`;
  if ('repeated' in shape) return `(?:${expressionOf(shape.repeated)})*`;
  return `(?P<${shape.group}>${expressionOf(shape.shape)})`;
}

function times(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return least === 0 ? '*' : least === 1 ? '+' : `{${least},}`;
  if (least === most) return least === 1 ? '' : `{${least}}`;
  return `{${least},${most}}`;
}
