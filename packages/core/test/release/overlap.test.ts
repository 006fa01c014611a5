import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { overlaps, parseFormat, parseRelease } from '../../src/release/index.ts';
import { facts, render } from './facts.ts';

const PREVIEW = 'pr-{{pr}}-{{run_number}}-{{sha}}';

describe('formats', () => {
  test.each([
    ['v1.0.{{run_number}}-{{sha}}', PREVIEW, undefined, false],
    ['{{sha}}', PREVIEW, undefined, false],
    ['{{version}}', PREVIEW, undefined, false],
    ["{{sha}}-{{commit_date 'YYYYMMDDHHmm'}}", PREVIEW, undefined, false],
    ['v1.0.{{run_number}}-{{sha}}', 'preview-{{branch}}-{{run_number}}-{{sha}}', undefined, false],
    ['v1.0.{{run_number}}-{{sha}}', '{{branch}}-{{sha}}', undefined, true],
    ['{{branch}}-{{run_number}}-{{sha}}', PREVIEW, undefined, true],
    ['{{branch}}-{{run_number}}-{{sha}}', PREVIEW, 'main', false],
    ['{{branch}}-{{run_number}}-{{sha}}', '{{branch}}-{{run_number}}-{{sha}}', 'main', true],
    ['{{branch}}-{{run_number}}-{{sha}}', PREVIEW, 'pr-7', true],
    ['{{tag}}-{{run_number}}', PREVIEW, 'main', true],
    // A commit may be digits only.
    ['{{run_number}}', '{{sha}}', undefined, true],
    ['{{run_number}}', 'x{{sha}}', undefined, false],
    ["{{date 'YYYYMMDD'}}", '{{run_number}}', undefined, true],
    ["{{date 'YYYYMMDD'}}", '{{sha}}', undefined, false],
    ["{{date 'YYYYMMDD'}}", "2026{{date 'MMDD'}}", undefined, true],
    ["{{date 'MM'}}", '13', undefined, false],
    ['{{version}}', '1.0.{{run_number}}', undefined, true],
    ['{{version}}', '1.{{run_number}}', undefined, false],
    ['{{version}}', '1.0.0-{{sha}}', undefined, true],
    ['{{version}}', '1.0.0-', undefined, false],
    // A number has at most 16 digits.
    ['{{run_number}}', '12345678901234567', undefined, false],
    ['{{sha}}{{sha}}', '{{run_id}}', undefined, true],
    ['a', 'a', undefined, true],
    ['a', 'ab', undefined, false],
    ['{{nothing}}', 'a', undefined, true],
  ])('%s and %s on %j: %j', (a, b, branch, expected) => {
    expect(overlaps(parseFormat(a), parseFormat(b), { branch })).toBe(expected);
    if (branch === undefined) expect(overlaps(parseFormat(b), parseFormat(a))).toBe(expected);
  });

  test.each([
    ['v{{version}}', 'v{{version}}-pr-{{pr}}', false],
    ['v{{version}}-{{run_number}}', 'v{{version}}-pr-{{pr}}', false],
    ['v{{version}}', 'v1.0.{{run_number}}', true],
    ['v{{version}}-{{sha}}', 'v{{version}}-{{run_number}}', true],
    ['v{{version}}', 'v{{version}}', true],
  ])('%s without pre-releases and %s: %j', (a, b, expected) => {
    expect(overlaps(parseFormat(a), parseFormat(b), { prereleases: false })).toBe(expected);
    expect(overlaps(parseFormat(a), parseFormat(b))).toBe(true);
  });

  const parts = fc.constantFrom(
    ...['{{run_number}}', '{{sha}}', '{{pr}}', '{{branch}}', '{{tag}}', '{{version}}', '1', 'a', 'pr', '.'],
    ...["{{date 'YYYYMMDD'}}", "{{date 'HHmm'}}", "{{commit_date 'X'}}", '-', '-', '0'],
  );
  const formats = fc.array(parts, { minLength: 1, maxLength: 4 }).map((written) => written.join(''));

  test('that share an id overlap', async () => {
    let shared = 0;
    await fc.assert(
      fc.asyncProperty(formats, formats, facts, async (a, b, of) => {
        const id = await render(a, of);
        const isAnIdOfB = isOf(b, id);
        if (isAnIdOfB) shared++;
        if (isAnIdOfB) expect([a, b, id, overlaps(parseFormat(a), parseFormat(b))]).toEqual([a, b, id, true]);
      }),
      { numRuns: 4000 },
    );
    expect(shared).toBeGreaterThan(50);
  });

  test('overlap with themselves', () => {
    fc.assert(
      fc.property(formats, (format) => {
        expect(overlaps(parseFormat(format), parseFormat(format))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

/** An id that can be read in one way; what can be read in several is left out, so this never says yes wrongly. */
function isOf(format: string, id: string): boolean {
  return parseRelease(parseFormat(format), id) !== undefined;
}
