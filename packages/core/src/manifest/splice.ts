import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';
import { ConfigurationError } from '../action/index.ts';
import { scalarSource } from './quoting.ts';
import { parseYamlText, type YamlText } from './yaml-text.ts';

/** New string values of scalars. */
export type ScalarEdits = ReadonlyMap<Scalar, string>;

/**
 * Refuses a node whose text cannot be replaced without touching something else.
 *
 * @param path where it stands, for the message
 * @returns the node as a scalar that can be spliced
 * @throws ConfigurationError with file and line for an alias, an anchor, a block scalar, a map or a list
 */
export function spliceable(source: YamlText, node: Node, path: string): Scalar {
  const refuse = (what: string) =>
    new ConfigurationError(`${source.at(node.range?.[0] ?? 0)}: ${path} ${what}; nothing was written.`);
  if (isAlias(node))
    throw refuse(
      `is the alias *${node.source}, and changing it would change its anchor; write the value out`,
    );
  if (!isScalar(node)) throw refuse('is not a single value');
  if (node.anchor !== undefined)
    throw refuse(`carries the anchor &${node.anchor}, and its aliases would change with it`);
  if (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL')
    throw refuse('is a block of text (| or >); write it on one line');
  return node;
}

/**
 * Replaces scalars in the text at their byte ranges and parses the result again: every other value must be equal and the
 * edited ones must read back exactly, or nothing comes back.
 *
 * @returns the new text; the same text when there are no edits
 * @throws Error when the proof fails, which would be a defect of this module
 */
export function splice(source: YamlText, edits: ScalarEdits): string {
  const ordered = [...edits].sort(([a], [b]) => start(b) - start(a));
  const text = ordered.reduce((rest, [scalar, value]) => replace(rest, scalar, value), source.text);
  prove(source, parseYamlText(source.file, text), edits);
  return text;
}

function replace(text: string, scalar: Scalar, value: string): string {
  const [from, to] = scalar.range ?? [0, 0];
  // An empty value (`tag:`) has no text of its own and stands right behind the colon.
  const gap = from === to && /[^\s]/.test(text[from - 1] ?? '') ? ' ' : '';
  return text.slice(0, from) + gap + scalarSource(value, scalar.type) + text.slice(to);
}

function start(scalar: Scalar): number {
  return scalar.range?.[0] ?? 0;
}

function prove(before: YamlText, after: YamlText, edits: ScalarEdits): void {
  const same =
    before.documents.length === after.documents.length &&
    before.documents.every((document, index) =>
      isSame(document.contents, after.documents[index]?.contents, edits),
    );
  if (!same)
    throw new Error(
      `Editing ${before.file} would have changed more than was asked; nothing was written. Please report this file.`,
    );
}

function isSame(before: unknown, after: unknown, edits: ScalarEdits): boolean {
  if (isScalar(before) && isScalar(after)) {
    const wanted = edits.get(before);
    return before.anchor === after.anchor && Object.is(after.value, wanted ?? before.value);
  }
  if (isAlias(before) && isAlias(after)) return before.source === after.source;
  if (isMap(before) && isMap(after)) return isSameList(before.items, after.items, isSamePair, edits);
  if (isSeq(before) && isSeq(after)) return isSameList(before.items, after.items, isSame, edits);
  return before === after;
}

function isSamePair(before: unknown, after: unknown, edits: ScalarEdits): boolean {
  const [old, fresh] = [before as Pair, after as Pair];
  return isSame(old.key, fresh.key, edits) && isSame(old.value, fresh.value, edits);
}

function isSameList(
  before: readonly unknown[],
  after: readonly unknown[],
  compare: (a: unknown, b: unknown, edits: ScalarEdits) => boolean,
  edits: ScalarEdits,
): boolean {
  return before.length === after.length && before.every((item, index) => compare(item, after[index], edits));
}
