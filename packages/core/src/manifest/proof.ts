import { isAlias, isMap, isScalar, isSeq, type Pair } from 'yaml';
import { ConfigurationError } from '../action/index.ts';
import type { Edits, Entry, Value } from './edits.ts';
import { isEntries } from './insert.ts';
import { parseYamlText, splitDocuments, type YamlText } from './yaml-text.ts';

/**
 * Proves that a text is the old one with these edits and nothing else.
 *
 * @throws ConfigurationError when something was added, because the layout around it then does not allow that; Error otherwise
 */
export function prove(before: YamlText, text: string, edits: Edits): void {
  if (isProved(before, text, edits)) return;
  const [added] = [...edits.pairs.keys(), ...edits.items.keys()];
  if (added !== undefined)
    throw new ConfigurationError(
      `${before.at(added.range?.[0] ?? 0)}: nothing can be added here without changing more; add it once by hand. Nothing was written.`,
    );
  throw new Error(
    `Editing ${before.file} would have changed more than was asked; nothing was written. Please report this file.`,
  );
}

function isProved(before: YamlText, text: string, edits: Edits): boolean {
  try {
    const after = parseYamlText(before.file, text);
    return (
      before.isJson === after.isJson &&
      splitDocuments(before.text).length === splitDocuments(text).length &&
      before.documents.length === after.documents.length &&
      before.documents.every((document, index) =>
        isSame(document.contents, after.documents[index]?.contents, edits),
      )
    );
  } catch {
    return false;
  }
}

function isSame(before: unknown, after: unknown, edits: Edits): boolean {
  if (isScalar(before) && isScalar(after)) {
    const wanted = edits.scalars.get(before);
    const value = wanted === undefined ? before.value : plain(wanted);
    return before.anchor === after.anchor && before.tag === after.tag && Object.is(after.value, value);
  }
  if (isAlias(before) && isAlias(after)) return before.source === after.source;
  if (isMap(before) && isMap(after)) {
    const added = edits.pairs.get(before) ?? [];
    const isAdded = ({ key, value }: Pair, index: number) => {
      const [name, wanted] = added[index] ?? [];
      return isScalar(key) && key.value === name && wanted !== undefined && isValue(value, wanted);
    };
    return (
      before.anchor === after.anchor &&
      isSameList(before.items, after.items, added.length, isSamePair, isAdded, edits)
    );
  }
  if (isSeq(before) && isSeq(after)) {
    const added = edits.items.get(before) ?? [];
    const isAdded = (item: unknown, index: number) => isEntry(item, added[index]);
    return (
      before.anchor === after.anchor &&
      isSameList(before.items, after.items, added.length, isSame, isAdded, edits)
    );
  }
  return before === after;
}

function isSamePair(before: Pair, after: Pair, edits: Edits): boolean {
  return isSame(before.key, after.key, edits) && isSame(before.value, after.value, edits);
}

function isSameList<Item>(
  before: readonly Item[],
  after: readonly Item[],
  added: number,
  compare: (a: Item, b: Item, edits: Edits) => boolean,
  isAdded: (item: Item, index: number) => boolean,
  edits: Edits,
): boolean {
  return (
    before.length + added === after.length &&
    before.every((item, index) => compare(item, after[index] as Item, edits)) &&
    after.slice(before.length).every(isAdded)
  );
}

function isValue(node: unknown, wanted: Value | readonly Entry[]): boolean {
  if (!isEntries(wanted)) return isScalar(node) && Object.is(node.value, plain(wanted));
  return (
    isSeq(node) &&
    node.items.length === wanted.length &&
    node.items.every((item, index) => isEntry(item, wanted[index]))
  );
}

function isEntry(node: unknown, wanted: Entry | undefined): boolean {
  if (!isMap(node) || node.items.length !== wanted?.length) return false;
  return node.items.every(({ key, value }, index) => {
    const [name, text] = wanted[index] ?? [];
    return isScalar(key) && key.value === name && text !== undefined && isValue(value, text);
  });
}

function plain(value: Value): string | number | boolean | null {
  return value.kind === 'text' ? value.text : value.value;
}
