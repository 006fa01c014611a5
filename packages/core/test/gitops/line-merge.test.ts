import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { diffLines, splitLines } from '../../src/gitops/propose/line-diff.ts';
import { mergeLines } from '../../src/gitops/propose/line-merge.ts';

const text = (letters: string) => [...letters].map((letter) => `${letter}\n`).join('');

describe('lines that two sides changed', () => {
  test.each([
    ['other lines', 'abcde', 'aBcde', 'abcDe', 'aBcDe', 0],
    ['neighbours', 'abcd', 'aBcd', 'abCd', 'aBCd', 0],
    ['the same line', 'abc', 'aXc', 'aYc', 'aXc', 1],
    ['the same line alike', 'abc', 'aXc', 'aXc', 'aXc', 0],
    ['a run, in the middle of it', 'abcde', 'abXde', 'aBCDe', 'aBXDe', 1],
    ['an insertion and a change elsewhere', 'abcd', 'aNbcd', 'abcD', 'aNbcD', 0],
    ['two insertions in one place', 'ab', 'aXb', 'aYb', 'aXb', 1],
    ['a deletion and a change in it', 'abcd', 'ad', 'abCd', 'ad', 1],
    ['nothing on the weaker side', 'abc', 'aXc', 'abc', 'aXc', 0],
    ['nothing on the stronger side', 'abc', 'abc', 'aYc', 'aYc', 0],
  ])('%s', (_name, origin, stronger, weaker, merged, leftOut) => {
    expect(mergeLines(text(origin), text(stronger), text(weaker))).toEqual({ text: text(merged), leftOut });
  });

  test('line ends and a missing last one come through', () => {
    expect(mergeLines('a\r\nb\r\nc', 'A\r\nb\r\nc', 'a\r\nb\r\nC').text).toBe('A\r\nb\r\nC');
  });
});

describe('what turns one text into another', () => {
  const lines = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n'), { maxLength: 30 });

  test('applied, it gives the other text', () => {
    fc.assert(
      fc.property(lines, lines, (from, to) => {
        const parts: string[] = [];
        let next = 0;
        for (const hunk of diffLines(from, to)) {
          parts.push(...from.slice(next, hunk.start), ...hunk.lines);
          next = hunk.end;
        }
        expect([...parts, ...from.slice(next)].join('')).toBe(to.join(''));
      }),
    );
  });

  test('merging with an unchanged side gives the changed one', () => {
    fc.assert(
      fc.property(lines, lines, (origin, changed) => {
        const [one, other] = [origin.join(''), changed.join('')];
        expect(mergeLines(one, one, other).text).toBe(other);
        expect(mergeLines(one, other, one).text).toBe(other);
      }),
    );
  });

  test('it is short', () => {
    expect(diffLines(splitLines(text('abcdef')), splitLines(text('abXdef')))).toEqual([
      { start: 2, end: 3, lines: ['X\n'] },
    ]);
    const long = Array.from({ length: 20_000 }, (_, index) => `${index}\n`);
    expect(diffLines(long, long.with(10, 'x\n').with(19_000, 'y\n'))).toHaveLength(2);
  });
});
