import { expect, test } from '@jest/globals';
import { compareRuns } from '../../src/release/index.ts';

test.each([
  ['a later run', { run: 8, attempt: 1 }, { run: 7, attempt: 3 }, 1],
  ['a later attempt', { run: 7, attempt: 2 }, { run: 7, attempt: 1 }, 1],
  ['an earlier run', { run: 7, attempt: 1 }, { run: 12_345_678_901, attempt: 1 }, -1],
  ['the same attempt', { run: 7, attempt: 1 }, { run: 7, attempt: 1 }, 0],
])('%s', (_name, a, b, sign) => {
  expect(Math.sign(compareRuns(a, b))).toBe(sign);
});
