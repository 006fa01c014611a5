import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CommentBody, Part, Parts } from '../../../src/github/comments/body.ts';
import { join, sameParts, withoutLosses } from '../../../src/github/comments/merge.ts';

const part = fc.record({
  revision: fc.record({ run: fc.nat(2), attempt: fc.nat(1), sequence: fc.nat(1) }),
  text: fc.constantFrom('a', 'b', ''),
});
const parts: fc.Arbitrary<Parts> = fc
  .dictionary(fc.constantFrom('x', 'y', 'z'), part)
  .map((all) => new Map(Object.entries(all)));

test('joining is commutative, associative and idempotent', () => {
  fc.assert(
    fc.property(parts, parts, parts, (a, b, c) => {
      expect(sameParts(join(a, b), join(b, a))).toBe(true);
      expect(sameParts(join(join(a, b), c), join(a, join(b, c)))).toBe(true);
      expect(sameParts(join(a, a), a)).toBe(true);
    }),
  );
});

const text = (value: string, run = 1): Part => ({ text: value, revision: { run, attempt: 1, sequence: 1 } });
const body = (token: string, base: string, sections: Record<string, Part>): CommentBody => ({
  id: 'x',
  token,
  base,
  parts: new Map(Object.entries(sections)),
});
/** Written oldest first, as it happened. */
const outcome = (...bodies: CommentBody[]) =>
  Object.fromEntries([...withoutLosses(bodies.toReversed())].map(([key, { text: value }]) => [key, value]));

test('a write that did not know another one undoes nothing', () => {
  const first = body('1', '-', { a: text('a') });
  const unseen = body('2', '1', { a: text('a'), b: text('b') });
  const late = body('3', '1', { a: text('a'), c: text('c') });
  expect(outcome(first, unseen, late)).toEqual({ a: 'a', b: 'b', c: 'c' });
});

test('a late write of an old revision does not undo the newer one it never saw', () => {
  const first = body('1', '-', { a: text('old', 1), b: text('b') });
  const newer = body('2', '1', { a: text('new', 2), b: text('b') });
  const late = body('3', '1', { a: text('old', 1), b: text('b2', 2) });
  expect(outcome(first, newer, late)).toEqual({ a: 'new', b: 'b2' });
});

test('what a loser overwrote is found behind writes that came after', () => {
  const first = body('1', '-', { a: text('a') });
  const unseen = body('2', '1', { a: text('a'), b: text('b') });
  const killed = body('3', '1', { a: text('a'), c: text('c') });
  const next = body('4', '3', { a: text('a'), c: text('c'), d: text('d') });
  expect(outcome(first, unseen, killed, next)).toEqual({ a: 'a', b: 'b', c: 'c', d: 'd' });
});

test('what a person deleted or changed in the editor stays so', () => {
  const first = body('1', '-', { a: text('a'), b: text('b') });
  const edited = body('1', '-', { a: text('edited') });
  const next = body('2', '1', { a: text('edited'), c: text('c') });
  expect(outcome(first, edited, next)).toEqual({ a: 'edited', c: 'c' });
});

test('what a writer took out of the text it had read stays out, what it had not read does not', () => {
  const first = body('1', '-', { a: text('a'), b: text('b') });
  const unseen = body('2', '1', { a: text('a'), b: text('b', 2) });
  const gone = { a: text('a') };
  expect(outcome(first, body('3', '1', gone))).toEqual({ a: 'a' });
  expect(outcome(first, unseen, body('3', '1', gone))).toEqual({ a: 'a', b: 'b' });
});
