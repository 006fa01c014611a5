import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  DATE_TOKENS,
  dateFormatProblem,
  isOciTag,
  parseFormat,
  textsIn,
  writeDates,
} from '../../src/release/index.ts';
import { dates } from './facts.ts';

describe('the format of a date', () => {
  test.each([
    'YYYYMMDDHHmm',
    'YYYYMMDDHHmmss',
    'YYYY-MM-DD',
    'YY.MM.DD_HH.mm.ss.SSS',
    'YYYYMMDD[T]HHmmss[Z]',
    'DDMMYYYY',
    'X',
    'x',
  ])('%s is taken', (format) => {
    expect(dateFormatProblem(format)).toBeUndefined();
  });

  test.each([
    [
      'yyyy-mm-dd',
      'is not one that ids can carry: "yyyy" is not known (the year is "YYYY"), "dd" is not known (the day is "DD"), "mm" is the minute and there is no hour "HH"; the month is "MM"',
    ],
    [
      'YYYY-mm-DD',
      'is not one that ids can carry: "mm" is the minute and there is no hour "HH"; the month is "MM"',
    ],
    ['YYYYMMDDHHMM', 'has the month "MM" twice; the minute is "mm"'],
    [
      'YYYYMMDDhhmm',
      'is not one that ids can carry: "hh" is not known (the hour is "HH"), "mm" is the minute and there is no hour "HH"; the month is "MM"',
    ],
    ['YYYYMMDD-YYYY', 'has the year "YYYY" twice'],
    [
      'YYYYMMDDTHH',
      'is not one that ids can carry: "T" is not known (known are YYYY YY MM DD HH mm ss SSS X x, and text is written [T])',
    ],
    ['YYYYMMMDD', 'is not one that ids can carry: "MMM" is not known (the month is "MM")'],
    ['YYYY2', 'is not one that ids can carry: "2" is text, write [2]'],
    ['YYYY MM', 'is not one that ids can carry: " " may not stand in an image tag'],
    ['YYYY:MM', 'is not one that ids can carry: ":" may not stand in an image tag'],
    ['YYYY[+]', 'is not one that ids can carry: "+" may not stand in an image tag'],
    ['YYYY[', 'is not one that ids can carry: "[" may not stand in an image tag'],
    [
      'YYYY[]',
      'is not one that ids can carry: "[" may not stand in an image tag, "]" may not stand in an image tag',
    ],
    ['', 'is empty; write one such as YYYYMMDDHHmm'],
    ['[v]', 'has no part of a date; write one such as YYYYMMDDHHmm'],
  ])('%j %s', (format, problem) => {
    expect(dateFormatProblem(format)).toBe(problem);
  });
});

const written = async (format: string, date: Date) =>
  textsIn(await writeDates(parseFormat(`{{date '${format}'}}`), { date, commit_date: undefined })).join('');

describe('a date', () => {
  const date = new Date('2026-01-02T03:04:05.006Z');
  test.each([
    ['YYYYMMDDHHmm', '202601020304'],
    ['YY.MM.DD-HH.mm.ss.SSS', '26.01.02-03.04.05.006'],
    ['YYYYMMDD[T]HHmmss[Z]', '20260102T030405Z'],
    ['[YYYY]YYYY', 'YYYY2026'],
    ['X', '1767323045'],
    ['x', '1767323045006'],
  ])('as %s is %s', async (format, text) => {
    expect(await written(format, date)).toBe(text);
  });

  test.each(['Pacific/Kiritimati', 'America/Los_Angeles'])('is in UTC in a process of %s', (zone) => {
    // A process of its own: Jest's does not notice another time zone.
    const program = `
      import { formatDate } from ${JSON.stringify(import.meta.resolve('../../src/release/format-date.ts'))};
      const date = new Date(${date.getTime()});
      console.log(date.getTimezoneOffset() === 0, formatDate(date, 'YYYYMMDDHHmm'));`;
    const options = { env: { ...process.env, TZ: zone }, encoding: 'utf8' } as const;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], options);
    expect(printed).toBe('false 202601020304\n');
  });

  test('of a format that is taken can stand in a tag, and sorts by text from year to millisecond', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...DATE_TOKENS], { minLength: 1 }),
        dates,
        dates,
        async (tokens, a, b) => {
          const format = tokens.join('-');
          if (dateFormatProblem(format) === undefined) expect(isOciTag(await written(format, a))).toBe(true);
          const [first, second] = [
            await written('YYYYMMDDHHmmssSSS', a),
            await written('YYYYMMDDHHmmssSSS', b),
          ];
          expect(first < second).toBe(a < b);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

test('a format without dates, and a date that is not there, stay as they are', async () => {
  const none = { date: undefined, commit_date: undefined };
  for (const written of ['v1.0.{{run_number}}-{{sha}}', "{{date 'YYYY'}}-{{sha}}"]) {
    expect(await writeDates(parseFormat(written), none)).toEqual(parseFormat(written));
  }
});
