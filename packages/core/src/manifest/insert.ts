import { isMap, isNode, isScalar, isSeq, type Node, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Entry, Value } from './edits.ts';
import { column, end, endOfLine, lastLeaf } from './layout.ts';
import { scalarSource } from './quoting.ts';
import { start, type YamlText } from './yaml-text.ts';

/** A piece of text that takes the place of another. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

type Pairs = readonly (readonly [key: string, value: Value | readonly Entry[]])[];

/** The text of new keys behind the last one of a map, written as its neighbours are. */
export function insertPairs(source: YamlText, map: YAMLMap, pairs: Pairs): Splice {
  const last = map.items.at(-1);
  const key = last !== undefined && isNode(last.key) ? last.key : undefined;
  const style = isScalar(key) && key.type === Scalar.QUOTE_DOUBLE ? Scalar.QUOTE_DOUBLE : Scalar.PLAIN;
  const write = (value: string) => scalarSource(value, style, source.isJson);
  if (map.flow || key === undefined) {
    const texts = pairs.map(([name, value]) => `${write(name)}: ${flowValue(value, write)}`);
    return insertFlow(source, map, key, texts);
  }
  const indent = ' '.repeat(column(source, start(key)));
  const lines = pairs.flatMap(([name, value]) =>
    isEntries(value)
      ? [
          `${indent}${write(name)}:`,
          ...value.flatMap((entry) => entryLines(entry, listIndent(source, map, indent), 1)),
        ]
      : [`${indent}${write(name)}: ${valueText(value, write)}`],
  );
  return insertLines(source, map, lines);
}

/** The text of new entries behind the last one of a list, written as its neighbours are. */
export function insertItems(source: YamlText, list: YAMLSeq, entries: readonly Entry[]): Splice {
  const last = list.items.at(-1);
  const node = isNode(last) ? last : undefined;
  const write = (value: string) => scalarSource(value, Scalar.PLAIN, source.isJson || hasQuotedKeys(node));
  if (list.flow || node === undefined)
    return insertFlow(
      source,
      list,
      node,
      entries.map((entry) => flowEntry(entry, write)),
    );
  const dash = column(source, start(list));
  const indent = ' '.repeat(dash);
  if (isMap(node) && node.flow)
    return insertLines(
      source,
      list,
      entries.map((entry) => `${indent}- ${flowEntry(entry, write)}`),
    );
  const gap = isMap(node) ? Math.max(1, column(source, start(node)) - dash - 1) : 1;
  return insertLines(
    source,
    list,
    entries.flatMap((entry) => entryLines(entry, indent, gap)),
  );
}

function insertFlow(
  source: YamlText,
  collection: YAMLMap | YAMLSeq,
  last: Node | undefined,
  texts: readonly string[],
): Splice {
  if (last === undefined) {
    const from = start(collection) + 1;
    return { from, to: from, text: texts.join(', ') };
  }
  const from = end(lastLeaf(collection));
  const lineStart = source.text.lastIndexOf('\n', start(last)) + 1;
  const indent = source.text.slice(lineStart, start(last));
  const separator = /^[ \t]*$/.test(indent) && lineStart > 0 ? `,${endOfLine(source)}${indent}` : ', ';
  return { from, to: from, text: texts.map((text) => separator + text).join('') };
}

/** Whole lines, behind the line on which a block collection ends. */
function insertLines(source: YamlText, block: YAMLMap | YAMLSeq, lines: readonly string[]): Splice {
  const { text } = source;
  const after = end(lastLeaf(block));
  const newline = text[after - 1] === '\n' ? after - 1 : text.indexOf('\n', after);
  const eol = endOfLine(source);
  if (newline < 0)
    return { from: text.length, to: text.length, text: lines.map((line) => eol + line).join('') };
  return { from: newline + 1, to: newline + 1, text: lines.map((line) => line + eol).join('') };
}

function entryLines(entry: Entry, indent: string, gap: number): readonly string[] {
  const write = (value: string) => scalarSource(value, Scalar.PLAIN);
  const lead = `${indent}-${' '.repeat(gap)}`;
  return entry.map(
    ([key, value], index) =>
      `${index === 0 ? lead : ' '.repeat(lead.length)}${write(key)}: ${valueText(value, write)}`,
  );
}

function flowEntry(entry: Entry, write: (text: string) => string): string {
  return `{${entry.map(([key, value]) => `${write(key)}: ${valueText(value, write)}`).join(', ')}}`;
}

function flowValue(value: Value | readonly Entry[], write: (text: string) => string): string {
  return isEntries(value)
    ? `[${value.map((entry) => flowEntry(entry, write)).join(', ')}]`
    : valueText(value, write);
}

function valueText(value: Value, write: (text: string) => string): string {
  return value.kind === 'text' ? write(value.text) : value.text;
}

/** Lists of a file are all indented alike: as far as the first one under this map, otherwise not at all. */
function listIndent(source: YamlText, map: YAMLMap, indent: string): string {
  const list = map.items.map(({ value }) => value).find((value) => isSeq(value) && !value.flow);
  return isSeq(list) ? ' '.repeat(column(source, start(list))) : indent;
}

function hasQuotedKeys(node: Node | undefined): boolean {
  const key = isMap(node) ? node.items[0]?.key : undefined;
  return isScalar(key) && key.type === Scalar.QUOTE_DOUBLE;
}

/** Whether a value is a list of entries. */
export function isEntries(value: Value | readonly Entry[]): value is readonly Entry[] {
  return Array.isArray(value);
}
