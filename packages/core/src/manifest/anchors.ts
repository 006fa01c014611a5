import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
} from 'yaml';

/** What the anchors of a text stand for. */
export interface Anchors {
  /** The node that an alias stands for; a node that is no alias stands for itself. */
  readonly resolve: (node: Node) => Node | undefined;
  /** Whether some alias reads this node, so that changing it changes more. */
  readonly isShared: (node: Node) => boolean;
  /** The first key that its map has already. */
  readonly duplicateKey: Node | undefined;
}

/** Reads all anchors and aliases in one walk, in the order of the text: an alias stands for the last anchor before it. */
export function surveyAnchors(documents: readonly Document[]): Anchors {
  const targets = new Map<Alias, Node>();
  const shared = new Set<Node>();
  let duplicateKey: Node | undefined;
  for (const { contents } of documents) visit(contents, new Map());
  return {
    resolve: (node) => (isAlias(node) ? targets.get(node) : node),
    isShared: (node) => shared.has(node),
    duplicateKey,
  };

  function visit(node: unknown, anchors: Map<string, Node>): void {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target === undefined) return;
      targets.set(node, target);
      shared.add(target);
    } else if (isNode(node)) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      if (isSeq(node)) for (const item of node.items) visit(item, anchors);
      if (isMap(node)) visitPairs(node.items, anchors);
    }
  }

  function visitPairs(pairs: readonly Pair[], anchors: Map<string, Node>): void {
    const seen = new Set<unknown>();
    for (const { key, value } of pairs) {
      if (isScalar(key)) {
        if (seen.has(key.value)) duplicateKey ??= key;
        seen.add(key.value);
      }
      visit(key, anchors);
      visit(value, anchors);
    }
  }
}
