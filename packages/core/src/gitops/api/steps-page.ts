import type { Step } from '../repository.ts';

/** A commit, and what stands at the paths there: `r0`, `r1`, … */
export interface ChainNode {
  readonly oid: string;
  readonly url: string;
  readonly message: string;
  readonly parents: { readonly nodes: readonly { readonly oid: string }[] };
  readonly [alias: string]: unknown;
}

/** A hundred commits below one, newest first, whichever branch they were made on. */
export interface ChainPage {
  readonly tip: string;
  /** First parent of the tip, which may lie beyond the page. */
  readonly parent: ChainNode | undefined;
  readonly nodes: readonly ChainNode[];
  /** The newest commits that the API lists for each path. */
  readonly histories: readonly {
    readonly nodes: readonly { readonly oid: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean };
  }[];
  /** How many paths there are. */
  readonly count: number;
}

/** @returns the steps of the page, and the commit to go on at; none when nothing older changed the paths */
export function stepsOfPage(page: ChainPage): {
  readonly steps: readonly Step[];
  readonly next: string | undefined;
} {
  const nodes = new Map(page.nodes.map((node) => [node.oid, node]));
  const chain = chainOf(page, nodes);
  const compared = chain.filter(({ before }) => before !== 'unknown');
  const changed = compared.filter(({ node, before }) => stateOf(page, node) !== stateOf(page, before));
  const brought = broughtBy(page, chain, nodes);
  const steps = changed.map(
    ({ node }): Step => ({
      id: node.oid,
      parent: node.parents.nodes[0]?.oid ?? '',
      message: node.message,
      url: node.url,
      brought: brought.get(node.oid) ?? [],
    }),
  );
  const end = chain.at(-1);
  const isAtRoot = end === undefined || end.node.parents.nodes.length === 0;
  const isLast = isAtRoot || (isKnown(page, nodes) && changed.every(({ node }) => !isMerge(node)));
  if (isLast) return { steps, next: undefined };
  return { steps, next: end.before === 'unknown' ? end.node.oid : end.node.parents.nodes[0]?.oid };
}

interface Link {
  readonly node: ChainNode;
  /** Its first parent; undefined for a first commit, `unknown` beyond the page. */
  readonly before: ChainNode | undefined | 'unknown';
}

function chainOf({ tip, parent }: ChainPage, nodes: ReadonlyMap<string, ChainNode>): readonly Link[] {
  const chain: Link[] = [];
  for (let node = nodes.get(tip); node !== undefined; ) {
    const id = node.parents.nodes[0]?.oid;
    const found = id === undefined ? undefined : (nodes.get(id) ?? (node.oid === tip ? parent : undefined));
    chain.push({ node, before: id === undefined ? undefined : (found ?? 'unknown') });
    node = id === undefined ? undefined : nodes.get(id);
  }
  return chain;
}

/** What stands at the paths, as one text. */
function stateOf({ count }: ChainPage, node: Link['before']): string {
  if (node === undefined || node === 'unknown') return ' '.repeat(Math.max(0, count - 1));
  return Array.from({ length: count }, (_, index) => oidOf(node[`r${index}`])).join(' ');
}

function oidOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'oid' in value ? String(value.oid) : '';
}

/** Whether every commit that the API lists for the paths is on the page. */
function isKnown({ histories }: ChainPage, nodes: ReadonlyMap<string, ChainNode>): boolean {
  return histories.every(
    (list) => !list.pageInfo.hasNextPage && list.nodes.every(({ oid }) => nodes.has(oid)),
  );
}

/** Messages of what merges brought, by the merge: each commit counts for the oldest one. */
function broughtBy(
  page: ChainPage,
  chain: readonly Link[],
  nodes: ReadonlyMap<string, ChainNode>,
): ReadonlyMap<string, readonly string[]> {
  const known = new Set(chain.map(({ node }) => node.oid));
  const brought = new Map<string, readonly string[]>();
  for (const { node } of chain.toReversed()) {
    const found = new Set<string>();
    const open = node.parents.nodes.slice(1).map(({ oid }) => oid);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const side = nodes.get(id);
      if (side === undefined || known.has(id)) continue;
      known.add(id);
      if (isTouched(page, side, nodes)) found.add(id);
      open.push(...side.parents.nodes.map(({ oid }) => oid));
    }
    const newestFirst = page.nodes.filter(({ oid }) => found.has(oid));
    if (found.size > 0)
      brought.set(
        node.oid,
        newestFirst.map(({ message }) => message),
      );
  }
  return brought;
}

function isTouched(page: ChainPage, node: ChainNode, nodes: ReadonlyMap<string, ChainNode>): boolean {
  const [first] = node.parents.nodes;
  const parent = first === undefined ? undefined : nodes.get(first.oid);
  if (first !== undefined && parent === undefined)
    return page.histories.some((list) => list.nodes.some(({ oid }) => oid === node.oid));
  return stateOf(page, node) !== stateOf(page, parent);
}

function isMerge({ parents }: ChainNode): boolean {
  return parents.nodes.length > 1;
}
