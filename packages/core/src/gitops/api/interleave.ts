interface Dated {
  readonly oid: string;
  /** ISO date, to the second. */
  readonly committedDate: string;
}

/**
 * Puts histories of one branch together, each commit once, newest first; every list keeps its own order. Between lists
 * the branch's own order decides, and the dates where it does not reach: commits of one second have no other order.
 */
export function interleave<Node extends Dated>(
  lists: readonly (readonly Node[])[],
  branch: readonly Node[],
): readonly Node[] {
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return only;
  const position = new Map(branch.map(({ oid }, index) => [oid, index]));
  const place = ({ oid }: Node) => position.get(oid) ?? branch.length;
  const newestFirst = (a: Node, b: Node) =>
    place(a) - place(b) || b.committedDate.localeCompare(a.committedDate);
  const rest = lists.map((list) => [...list]);
  const merged: Node[] = [];
  for (;;) {
    const heads = rest.flatMap(([head]) => head ?? []).sort(newestFirst);
    const isNext = ({ oid }: Node) =>
      !rest.some((list) => list.some((node, index) => index > 0 && node.oid === oid));
    const next = heads.find(isNext) ?? heads[0];
    if (next === undefined) return merged;
    merged.push(next);
    for (const list of rest) {
      const index = list.findIndex(({ oid }) => oid === next.oid);
      if (index >= 0) list.splice(index, 1);
    }
  }
}
