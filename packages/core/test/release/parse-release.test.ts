import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseFormat, parseRelease, placeholdersIn } from '../../src/release/index.ts';
import { type Facts, facts, render } from './facts.ts';

/** Of one width, or digits only: where one ends can always be told. */
const CLOSED = [
  'run_number',
  'run_id',
  'run_attempt',
  'pr',
  'sha',
  "commit_date 'YYYYMMDDHHmm'",
  'commit_date "X"',
  "date 'YYYYMMDD[T]HH'",
];
const OPEN = ['branch', 'tag', 'version', "date 'YYYY-MM-DD'"];

const formatOf = (names: readonly string[], separator: string) =>
  names.map((name) => `{{${name}}}`).join(separator);

async function valuesOf(format: string, of: Facts): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const name of placeholdersIn(parseFormat(format))) values[name] = await render(`{{${name}}}`, of);
  return values;
}

describe('an id taken apart', () => {
  test.each([
    ['v1.0.{{run_number}}-{{sha}}', 'v1.0.42-abc1234', { run_number: '42', sha: 'abc1234' }],
    ['v1.0.{{run_number}}-{{sha}}', 'v1.0.42-g0123456', { run_number: '42', sha: 'g0123456' }],
    ['{{sha}}', 'abc1234', { sha: 'abc1234' }],
    ['{{ sha }}{{run_number}}', 'abc123442', { sha: 'abc1234', run_number: '42' }],
    [
      "{{sha}}-{{commit_date 'YYYYMMDDHHmm'}}",
      'abc1234-202611211130',
      { sha: 'abc1234', "commit_date 'YYYYMMDDHHmm'": '202611211130' },
    ],
    ['{{branch}}-{{run_number}}', 'feature-7-42', { branch: 'feature-7', run_number: '42' }],
    ['{{version}}-{{sha}}', '1.2.0-rc.1-abc1234', { version: '1.2.0-rc.1', sha: 'abc1234' }],
    ['{{sha}}-{{sha}}', 'abc1234-abc1234', { sha: 'abc1234' }],
    ['plain', 'plain', {}],
  ])('by %s: %s', (format, id, parts) => {
    expect(parseRelease(parseFormat(format), id)).toEqual(parts);
  });

  test.each([
    ['another text', 'v1.0.{{run_number}}-{{sha}}', 'v1.1.42-abc1234'],
    ['a number with a leading zero', 'v1.0.{{run_number}}-{{sha}}', 'v1.0.042-abc1234'],
    ['a commit that is too long', 'v1.0.{{run_number}}-{{sha}}', 'v1.0.42-abc12345'],
    ['something behind', 'v1.0.{{run_number}}', 'v1.0.42-abc1234'],
    ['a line behind', 'v1.0.{{run_number}}', 'v1.0.42\n'],
    ['a month that is none', "{{date 'YYYYMMDD'}}", '20261321'],
    ['two commits for one placeholder', '{{sha}}-{{sha}}', 'abc1234-abc1235'],
    ['two ways to read it', '{{branch}}-{{tag}}', 'a-b-c'],
    ['two ways to split digits', '{{run_number}}{{run_attempt}}', '111'],
    ['a placeholder that is not known', '{{nothing}}', 'x'],
    ['a date format with a problem', "{{date 'yyyy'}}", '2026'],
    ['nothing', '{{sha}}', ''],
  ])('is refused: %s', (_name, format, id) => {
    expect(parseRelease(parseFormat(format), id)).toBeUndefined();
  });

  test('gives the facts as they were written', async () => {
    const separators = fc.constantFrom('-', '_', '.');
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(CLOSED), separators, facts, async (names, separator, of) => {
        const format = `v1.${formatOf(names, separator)}`;
        expect(parseRelease(parseFormat(format), await render(format, of))).toEqual(
          await valuesOf(format, of),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('gives them with one free text among them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('branch', 'tag'), facts, async (free, of) => {
        const format = `{{run_number}}-{{${free}}}-{{pr}}-{{sha}}`;
        expect(parseRelease(parseFormat(format), await render(format, of))).toEqual(
          await valuesOf(format, of),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('gives no others, whatever the format', async () => {
    const names = fc.shuffledSubarray([...CLOSED, ...OPEN], { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(names, fc.constantFrom('-', '.', ''), facts, async (chosen, separator, of) => {
        const format = formatOf(chosen, separator);
        const parts = parseRelease(parseFormat(format), await render(format, of));
        if (parts !== undefined) expect(parts).toEqual(await valuesOf(format, of));
      }),
      { numRuns: 1000 },
    );
  });
});
