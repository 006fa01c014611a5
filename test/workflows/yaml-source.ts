import { type Document, isMap, isNode, isScalar, LineCounter, type Pair, parseDocument } from 'yaml';

type Keys = readonly (string | number)[];

/** A YAML text whose values know their lines. */
export interface Source {
  readonly lines: readonly string[];
  readonly document: Document;
  readonly counter: LineCounter;
}

/** One pair of a map, with the line of its key, from 1. */
export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

export function readSource(text: string): Source {
  const counter = new LineCounter();
  return { lines: text.split('\n'), document: parseDocument(text, { lineCounter: counter }), counter };
}

/** The line where a value begins, from 1. */
export function lineOf({ document, counter }: Source, keys: Keys): number {
  const node: unknown = document.getIn(keys, true);
  return isNode(node) && node.range ? counter.linePos(node.range[0]).line : 1;
}

/** The pairs of a map in their order; undefined when there is no map. */
export function entriesOf({ document, counter }: Source, keys: Keys): readonly Entry[] | undefined {
  const node: unknown = document.getIn(keys, true);
  if (!isMap(node)) return undefined;
  return node.items.map(({ key, value }: Pair) => ({
    key: String(key),
    value: String(value),
    line: isScalar(key) && key.range ? counter.linePos(key.range[0]).line : 1,
  }));
}
