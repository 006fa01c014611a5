import { isCollection, isMap, isNode, isPair, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import type { YamlText } from './yaml-text.ts';

/** The node that ends last in a collection; a flow collection ends with its own bracket. */
export function lastLeaf(node: YAMLMap | YAMLSeq): Node {
  const last = node.items.at(-1);
  const child = isPair(last) ? (last.value ?? last.key) : last;
  if (!isNode(child)) return node;
  return isCollection(child) && !child.flow && (isMap(child) || isSeq(child)) ? lastLeaf(child) : child;
}

/** Where the text of a node ends, as a string index. */
export function end(node: Node): number {
  return node.range?.[1] ?? 0;
}

/** How far a string index is from the start of its line; a byte order mark takes no room. */
export function column({ text }: YamlText, index: number): number {
  const lineStart = text.lastIndexOf('\n', index - 1) + 1;
  return text.slice(lineStart, index).replace('\uFEFF', '').length;
}

/** The line end that a text has. */
export function endOfLine({ text }: YamlText): string {
  return /\r\n/.test(text) ? '\r\n' : '\n';
}
