import { expect, test } from '@jest/globals';
import { releaseSha, shortSha } from '../../src/release/index.ts';

test.each([
  ['abc1234def', 'abc1234', 'abc1234'],
  ['0123456789', '0123456', 'g0123456'],
  ['0000000abc', '0000000', 'g0000000'],
  ['1234567abc', '1234567', '1234567'],
  ['012345abcd', '012345a', '012345a'],
  ['12e4567abc', '12e4567', '12e4567'],
])('%s is %s in git and %s in an id', (sha, short, inId) => {
  expect([shortSha(sha), releaseSha(sha)]).toEqual([short, inId]);
});
