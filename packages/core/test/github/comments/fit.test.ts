import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatBody, type Parts, sectionKey } from '../../../src/github/comments/body.ts';
import { closeBlocks, cut } from '../../../src/github/comments/cut.ts';
import { fitParts, LONGEST_BODY } from '../../../src/github/comments/fit.ts';

const revision = { run: 5, attempt: 1, sequence: 1 };
const older = { run: 4, attempt: 1, sequence: 1 };
const own = (text: string) => ({ key: sectionKey('own'), part: { revision, text } });
const bodyWith = (parts: Parts) => ({ id: 'x', token: '0'.repeat(10), base: '0'.repeat(10), parts });
const withOwn = (text: string, others: Record<string, string> = {}) =>
  bodyWith(
    new Map([
      [own(text).key, own(text).part],
      ...Object.entries(others).map(
        ([name, other]) => [sectionKey(name), { revision: older, text: other }] as const,
      ),
    ]),
  );
const room = LONGEST_BODY - formatBody(withOwn('')).length;

describe('the limit of 65,536 characters', () => {
  test('a text that just fits is not cut, one character more is', () => {
    const fits = 'x'.repeat(room);
    expect(fitParts(withOwn(fits), own(fits)).get(sectionKey('own'))?.text).toBe(fits);
    const over = `${fits}x`;
    const parts = fitParts(withOwn(over), own(over));
    expect(parts.get(sectionKey('own'))?.text).toMatch(
      /x\n\n_Cut here; the full text is in the job summary\._$/,
    );
    expect(formatBody(bodyWith(parts)).length).toBeLessThanOrEqual(LONGEST_BODY);
  });

  test('only the section being written is cut', () => {
    const other = 'o'.repeat(60_000);
    const text = 'line\n'.repeat(10_000);
    const parts = fitParts(withOwn(text, { other }), own(text));
    expect(parts.get(sectionKey('other'))?.text).toBe(other);
    expect(formatBody(bodyWith(parts)).length).toBeLessThanOrEqual(LONGEST_BODY);
  });

  test('no room at all is a sentence', () => {
    const other = 'o'.repeat(65_500);
    expect(() => fitParts(withOwn('text', { other }), own('text'))).toThrow(
      'The comment "x" has no room left: its other sections fill GitHub\'s 65536 characters. Shorten their messages, or give this section another "id".',
    );
  });
});

test.each([
  ['at a line end', 'one\ntwo\nthree is long'.repeat(3), 64, 'one\ntwo'],
  ['in a fence', `\`\`\`\`diff\n${'+ line\n'.repeat(30)}\`\`\`\``, 70, '````diff\n+ line\n````'],
])('cut %s', (_name, text, size, start) => {
  expect(cut(text, size)).toBe(`${start}\n\n_Cut here; the full text is in the job summary._`);
});

test('an emoji is not cut in two, and no cut is longer than the room', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('🚀', '```\n', '<details>\n', '~~~\n', 'abc\n', 'é', 'x'.repeat(50)), {
        maxLength: 60,
      }),
      fc.integer({ min: 60, max: 400 }),
      (pieces, size) => {
        const result = cut(pieces.join(''), size);
        expect(result.length).toBeLessThanOrEqual(size);
        expect(result.isWellFormed()).toBe(true);
      },
    ),
  );
});

test.each([
  ['text', 'text'],
  ['```\ncode', '```\ncode\n```'],
  ['```js\ncode\n```', '```js\ncode\n```'],
  ['~~~~\n```\n~~~', '~~~~\n```\n~~~\n~~~~'],
  ['``` not a `fence', '``` not a `fence'],
  ['<details><summary>x</summary>\ntext', '<details><summary>x</summary>\ntext\n</details>'],
  ['<details>\n\n```\n</details>', '<details>\n\n```\n</details>\n```\n</details>'],
  ['<pre>\n<DETAILS>', '<pre>\n<DETAILS>\n</details>\n</pre>'],
  ['</details>', '</details>'],
  ['<table>\n<tr><td>one', '<table>\n<tr><td>one\n</table>'],
  [
    '<div align="center">\n<h1>x</h1>\n<ul><li>y',
    '<div align="center">\n<h1>x</h1>\n<ul><li>y\n</ul>\n</div>',
  ],
  ['<table-of-contents> <olive@example.com>', '<table-of-contents> <olive@example.com>'],
])('closed: %j', (text, closed) => {
  expect(closeBlocks(text)).toBe(closed);
  expect(closeBlocks(closed)).toBe(closed);
});
