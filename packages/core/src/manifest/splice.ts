import type { Scalar } from 'yaml';
import type { Edits, Value } from './edits.ts';
import { insertItems, insertPairs, type Splice } from './insert.ts';
import { prove } from './proof.ts';
import { scalarSource } from './quoting.ts';
import { start, type YamlText } from './yaml-text.ts';

/**
 * Replaces scalars in the text at their ranges, adds what is to be added, and parses the result again: every other value
 * must be equal and the edited ones must read back exactly, or nothing comes back.
 *
 * @returns the new text; the same text when there are no edits
 * @throws ConfigurationError when nothing can be added there, Error when the proof fails otherwise (a defect)
 */
export function splice(source: YamlText, edits: Edits): string {
  const splices = [
    ...[...edits.scalars].map(([scalar, value]) => replacement(source, scalar, value)),
    ...innermostFirst([...edits.pairs]).map(([map, pairs]) => insertPairs(source, map, pairs)),
    ...innermostFirst([...edits.items]).map(([list, entries]) => insertItems(source, list, entries)),
    ...[...edits.cuts].map(([from, to]) => ({ from, to, text: '' })),
    ...[...edits.comments].map(([from, text]) => ({ from, to: from, text })),
  ];
  if (splices.length === 0) return source.text;
  const text = apply(source.text, splices);
  prove(source, text, edits);
  return text;
}

function apply(text: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { from, to, text: part } of splices.toSorted((a, b) => a.from - b.from)) {
    parts.push(text.slice(done, from), part);
    done = to;
  }
  return parts.join('') + text.slice(done);
}

/** Two collections may end at the same place; what is added to the inner one stands first. */
function innermostFirst<Collection extends Scalar | object, Added>(
  added: readonly (readonly [Collection & { range?: readonly number[] | null }, Added])[],
): readonly (readonly [Collection, Added])[] {
  return added.toSorted(([a], [b]) => (b.range?.[0] ?? 0) - (a.range?.[0] ?? 0));
}

function replacement(source: YamlText, scalar: Scalar, value: Value): Splice {
  const [from, to] = [start(scalar), scalar.range?.[1] ?? 0];
  const text = value.kind === 'text' ? scalarSource(value.text, scalar.type, source.isJson) : value.text;
  // An empty value (`tag:`) has no text of its own: it may stand right behind the colon, or before a comment.
  const isEmpty = from === to;
  const before = isEmpty && /\S/.test(source.text[from - 1] ?? '') ? ' ' : '';
  const after = isEmpty && source.text[from] === '#' ? ' ' : '';
  return { from, to, text: before + text + after };
}
