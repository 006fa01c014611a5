import { illegal } from '../action/index.ts';

/** What a URL answered. */
export interface Answer {
  readonly status: number;
  /** The start of the body. */
  readonly text: string;
}

/** What counts as healthy. */
export interface Expectation {
  readonly statuses: readonly StatusRange[];
  /** A text that the body must hold; empty for none. */
  readonly text: string;
}

/** Inclusive at both ends. */
export type StatusRange = readonly [from: number, to: number];

/** What a proxy or an ingress answers for a workload that is not there: never the workload's own health. */
const GATEWAY = [502, 503, 504];

/**
 * Parses status ranges such as `200-399` or `200, 204, 301-302`.
 *
 * @throws ConfigurationError when there is none, or one is not within 100–599
 */
export function parseStatusRanges(text: string, input: string): readonly StatusRange[] {
  const ranges = text.split(',').map((part) => /^\s*([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?\s*$/.exec(part));
  return ranges.map((range) => {
    const [, from, to = from] = range ?? [];
    if (from === undefined || Number(to) < Number(from))
      throw illegal(input, text, 'statuses such as 200-399 or 200,204');
    return [Number(from), Number(to)];
  });
}

/**
 * Holds an answer against what is expected.
 *
 * @returns what is wrong with it, after "it"; undefined when it is healthy
 */
export function unhealthy({ status, text }: Answer, expected: Expectation): string | undefined {
  if (GATEWAY.includes(status)) return `answered ${status}: nothing behind the ingress is ready`;
  if (!expected.statuses.some(([from, to]) => status >= from && status <= to)) {
    const legal = expected.statuses.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`));
    return `answered ${status}, not ${legal.join(', ')}`;
  }
  if (expected.text === '' || text.includes(expected.text)) return undefined;
  return `answered ${status}, but without the text ${JSON.stringify(expected.text)}`;
}
