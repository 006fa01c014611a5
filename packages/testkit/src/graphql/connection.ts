import { type Args, fault, plain } from './source.ts';

interface Keyed<T> {
  /** Name for error messages, e.g. `comments`. */
  name: string;
  /** What stays the same of an item however the list changes. */
  key: (item: T) => string | number;
}

const MOST = 100;

function boundary(args: Args, name: string, argument: 'first' | 'last'): number | undefined {
  const value = args[argument];
  if (typeof value !== 'number') return undefined;
  if (value > MOST) {
    throw fault(
      'EXCESSIVE_PAGINATION',
      `Requesting ${value} records on the \`${name}\` connection exceeds the \`${argument}\` limit of ${MOST} records.`,
    );
  }
  if (value < 0) throw fault('INVALID_PAGINATION_BOUNDARIES', `\`${argument}\` must not be negative.`);
  return value;
}

const cursorOf = (key: string | number) => Buffer.from(`cursor:${key}`).toString('base64');

function position<T>(items: readonly T[], cursor: unknown, { name, key }: Keyed<T>): number {
  const index = items.findIndex((item) => cursorOf(key(item)) === cursor);
  if (index < 0)
    throw fault(
      'INVALID_CURSOR_ARGUMENTS',
      `\`${cursor}\` does not appear to be a valid cursor of \`${name}\`.`,
    );
  return index;
}

/**
 * A page of a list as GitHub cuts it. Like GitHub it refuses a connection without `first` or `last`, and more than 100.
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#node-limit
 */
export function connection<T>(items: readonly T[], args: Args, keyed: Keyed<T>) {
  const first = boundary(args, keyed.name, 'first');
  const last = boundary(args, keyed.name, 'last');
  if (first === undefined && last === undefined) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${keyed.name}\` connection.`;
    throw fault('MISSING_PAGINATION_BOUNDARIES', message);
  }
  const after = typeof args.after === 'string' ? position(items, args.after, keyed) + 1 : 0;
  const before = typeof args.before === 'string' ? position(items, args.before, keyed) : items.length;
  let [from, to] = [after, Math.max(after, before)];
  if (first !== undefined) to = Math.min(to, from + first);
  if (last !== undefined) from = Math.max(from, to - last);
  const nodes = items.slice(from, to);
  const cursor = (item: T | undefined) => (item === undefined ? null : cursorOf(keyed.key(item)));
  const pageInfo = {
    startCursor: cursor(nodes[0]),
    endCursor: cursor(nodes.at(-1)),
    hasNextPage: to < items.length,
    hasPreviousPage: from > 0,
  };
  return plain({
    totalCount: items.length,
    nodes,
    edges: nodes.map((node) => plain({ node, cursor: cursor(node) })),
    pageInfo: plain(pageInfo),
  });
}
