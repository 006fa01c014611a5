import { illegal } from '../action/index.ts';

/** What a URL answered. */
export interface Answer {
  readonly status: number;
  /** The start of the body. */
  readonly text: string;
  /** By their names in lower case; several of one name are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What counts as healthy. */
export interface Expectation {
  readonly statuses: readonly StatusRange[];
  /** 502, 503 and 504 are statuses like others. Else they are never healthy. */
  readonly takesGateway?: boolean;
  /** A text that the body must hold; empty for none. */
  readonly text: string;
  /** A header, its name in lower case, and a text that it must hold, in any case. */
  readonly header?: { readonly name: string; readonly text: string };
}

/** Inclusive at both ends. */
export type StatusRange = readonly [from: number, to: number];

/** What a proxy or an ingress answers for a workload that is not there: not the workload's own health. */
const GATEWAY = [502, 503, 504];
const LONGEST_SHOWN = 100;

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

/** Whether some range names nothing but 502, 503 and 504: then they are meant. */
export function meansGateway(ranges: readonly StatusRange[]): boolean {
  return ranges.some((range) => range.every((status) => GATEWAY.includes(status)));
}

/**
 * Holds an answer against what is expected.
 *
 * @returns what is wrong with it, after "it"; undefined when it is healthy
 */
export function unhealthy({ status, text, headers }: Answer, expected: Expectation): string | undefined {
  const range = expected.statuses.find(([from, to]) => status >= from && status <= to);
  if (GATEWAY.includes(status) && expected.takesGateway !== true)
    return `answered ${status}: nothing behind the ingress is ready`;
  if (range === undefined) {
    const to = headers.location === undefined ? '' : ` (a redirect to ${shown(headers.location)})`;
    return `answered ${status}${status >= 300 && status < 400 ? to : ''}, not ${statusText(expected)}`;
  }
  const { header } = expected;
  if (header !== undefined) {
    const value = headers[header.name];
    if (value === undefined) return `answered ${status}, but without the header ${header.name}`;
    if (!value.toLowerCase().includes(header.text.toLowerCase()))
      return `answered ${status}, but with the header ${header.name}: ${shown(value)}`;
  }
  if (expected.text === '' || text.includes(expected.text)) return undefined;
  return `answered ${status}, but without the text ${JSON.stringify(expected.text)}`;
}

/** The expectation for people: `200-299, text "ok", header content-type: json`. */
export function expectationText(expected: Expectation): string {
  const { text, header } = expected;
  return [
    statusText(expected),
    ...(text === '' ? [] : [`text ${JSON.stringify(text)}`]),
    ...(header === undefined ? [] : [`header ${header.name}: ${header.text}`]),
  ].join(', ');
}

function statusText({ statuses }: Expectation): string {
  return statuses.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

/** What the other side said, on one line that is not too long. */
function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
}
