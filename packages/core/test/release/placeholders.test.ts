import { describe, expect, test } from '@jest/globals';
import { PLACEHOLDERS, placeholderValue, type ReleaseFacts } from '../../src/release/index.ts';

const facts: ReleaseFacts = {
  runNumber: 42,
  runId: 9_876_543_210,
  runAttempt: 2,
  sha: 'abc1234def0000000000000000000000000000aa',
  branch: 'feature/Größe#1',
  tag: 'v1.2.3+build.7',
  pullRequest: 7,
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
    });
  });

  test('is missing where the run has none', () => {
    const bare = { ...facts, branch: undefined, tag: undefined, pullRequest: undefined };
    expect(PLACEHOLDERS.filter((name) => placeholderValue(name, bare) === undefined)).toEqual([
      'branch',
      'tag',
      'pr',
    ]);
  });
});
