import { orderOfNumbers, type ReleaseOrder } from './release-order.ts';

/** What one word of an id is to the word at the same place of another. */
export type TokenOrder =
  | { readonly kind: 'same' | 'commit' | 'other' }
  /** Numbers that count something, or that might as well be commits without a letter. */
  | { readonly kind: 'number' | 'number-or-commit'; readonly order: ReleaseOrder }
  | { readonly kind: 'date'; readonly order: ReleaseOrder }
  /** Both say something, but not in the same scale: a date and a run number, two pull requests. */
  | { readonly kind: 'clash' };

const HASH = /^g?[0-9a-f]{7,40}$/;
/** Year to day, minute, second or millisecond. A commit without a letter looks like one about once in ten million. */
const CALENDAR =
  /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{3})?)?)?$/;
/** Seconds or milliseconds since 1970, of the years 2001 to 2065. */
const EPOCH = /^[12]\d{9}(?:\d{3})?$/;
const COUNTED = /^(?<word>[A-Za-z]*?)(?<number>0|[1-9]\d{0,29})$/;
const PULL_REQUEST = /^(?:pr|pull|mr)$/i;

/** Whether a word can be a commit, whole or shortened, with the `g` of `git describe` or without. */
export function isHash(token: string): boolean {
  return HASH.test(token) && !isDate(token);
}

/**
 * Orders two words of ids.
 *
 * @param before the word that stands before both
 */
export function orderTokens(a: string, b: string, before: string): TokenOrder {
  if (a === b) return { kind: 'same' };
  if (isDate(a) && isDate(b)) return { kind: 'date', order: orderDates(a, b) };
  if (HASH.test(a) && HASH.test(b)) {
    const order = orderOfNumbers(a, b);
    return order === undefined || /^0/.test(a) || /^0/.test(b)
      ? { kind: 'commit' }
      : { kind: 'number-or-commit', order };
  }
  const [of, other] = [COUNTED.exec(a)?.groups, COUNTED.exec(b)?.groups];
  const order = orderOfNumbers(of?.number ?? '', other?.number ?? '');
  if (order === undefined || of?.word !== other?.word) return { kind: 'other' };
  if (isDate(a) || isDate(b) || PULL_REQUEST.test(of?.word || before)) return { kind: 'clash' };
  return { kind: 'number', order };
}

function isDate(token: string): boolean {
  return CALENDAR.test(token) || EPOCH.test(token);
}

/** A day and a minute are ordered by their days. Two scales, or a day and a minute of it, are no order. */
function orderDates(a: string, b: string): ReleaseOrder {
  if (CALENDAR.test(a) !== CALENDAR.test(b)) return 'unknown';
  if (!CALENDAR.test(a) && a.length !== b.length) return 'unknown';
  const length = Math.min(a.length, b.length);
  const order = orderOfNumbers(a.slice(0, length), b.slice(0, length));
  return order === undefined || order === 'same' ? 'unknown' : order;
}
