import { describe, expect, test } from '@jest/globals';
import {
  needsOf,
  PLACEHOLDERS,
  parseFormat,
  placeholderProblem,
  placeholderValue,
  type ReleaseFacts,
  readPlaceholder,
} from '../../src/release/index.ts';

const facts: ReleaseFacts = {
  runNumber: 42,
  runId: 9_876_543_210,
  runAttempt: 2,
  sha: 'abc1234def0000000000000000000000000000aa',
  branch: 'feature/Größe#1',
  tag: 'v1.2.3+build.7',
  pullRequest: 7,
  version: '1.3.0-rc.1',
};

describe('the value of a placeholder', () => {
  test('is made of characters that a tag may hold', () => {
    const values = PLACEHOLDERS.map((name) => [name, placeholderValue(name, facts)]);
    expect(Object.fromEntries(values)).toEqual({
      run_number: '42',
      run_id: '9876543210',
      run_attempt: '2',
      sha: 'abc1234',
      branch: 'feature-Gr-e-1',
      tag: 'v1.2.3-build.7',
      pr: '7',
      version: '1.3.0-rc.1',
    });
  });

  test('is missing where the run has none', () => {
    const bare = { ...facts, branch: undefined, tag: undefined, pullRequest: undefined, version: undefined };
    expect(PLACEHOLDERS.filter((name) => placeholderValue(name, bare) === undefined)).toEqual([
      'branch',
      'tag',
      'pr',
      'version',
      // Written into the format before: `writeDates`.
      'commit_date',
      'date',
    ]);
  });
});

describe('between the braces', () => {
  test.each([
    ['sha', 'sha', undefined],
    ["commit_date 'YYYY'", 'commit_date', 'YYYY'],
    ['date "YYYY"', 'date', 'YYYY'],
    ["date   'YYYY'", 'date', 'YYYY'],
    ["date ''", 'date', ''],
    ['date', 'date', undefined],
    ['date YYYY', 'date', undefined],
    ['date \'YYYY"', 'date', undefined],
    ["date 'YYYY' tz='UTC'", 'date', undefined],
    ['', '', undefined],
  ])('%j is the name %j with the argument %j', (written, name, argument) => {
    expect(readPlaceholder(written)).toMatchObject({ name, argument });
  });

  test.each([
    ['sha', undefined],
    ["commit_date 'YYYYMMDDHHmm'", undefined],
    ["sha 'x'", 'takes no argument; write {{sha}}'],
    ['date', "has no format; write it as {{date 'YYYYMMDDHHmm'}}"],
    ['date YYYY', "has a format without quotes round it; write it as {{date 'YYYYMMDDHHmm'}}"],
    [
      "date 'YYYY' tz='Asia/Tokyo'",
      "names a time zone, but dates are always UTC; write it as {{date 'YYYYMMDDHHmm'}}",
    ],
    ["commit_date ''", 'has a date format that is empty; write one such as YYYYMMDDHHmm'],
    [
      "commit_date 'YYYYmm'",
      'has a date format that is not one that ids can carry: "mm" is the minute and there is no hour "HH"; the month is "MM"',
    ],
  ])('%j: %j', (written, problem) => {
    expect(placeholderProblem(written)).toBe(problem);
  });
});

test.each([
  ['v1.0.{{run_number}}-{{sha}}', []],
  ["{{commit_date 'YYYY'}}", ['commitDate']],
  ['{{date "YYYY"}}', ['runDate']],
  ["{{version}}-{{ date 'YYYY' }}", ['runDate', 'version']],
  ['version', []],
])('%j needs %j', (written, needed) => {
  const needs = Object.entries(needsOf(parseFormat(written)));
  expect(needs.flatMap(([name, isNeeded]) => (isNeeded ? [name] : []))).toEqual(needed);
});
