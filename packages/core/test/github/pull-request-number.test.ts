import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { nock } from './network.ts';
import { answer, BASE_ID, find, followed, OTHER, SHA } from './pull-request-lookup.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

const QUEUE = `gh-readonly-queue/release/1.0/pr-42-${SHA}`;

describe('the event says it, nothing is asked', () => {
  test.each([
    ['pull_request', { pull_request: { number: 42 } }],
    ['pull_request_target', { pull_request: { number: 42 } }],
    ['pull_request_review', { pull_request: { number: 42 } }],
    ['pull_request_review_comment', { pull_request: { number: 42 } }],
    ['issue_comment', { issue: { number: 42, pull_request: { url: 'x' } } }],
    ['merge_group', { merge_group: { head_ref: `refs/heads/${QUEUE}` } }],
    ['workflow_run', followed({ event: 'merge_group', head_branch: QUEUE }).event],
  ])('%s', async (eventName, event) => {
    expect(await find({ eventName, event })).toBe(42);
  });

  test('the input wins over the event', async () => {
    expect(await find({ eventName: 'pull_request', event: { pull_request: { number: 42 } } }, 7)).toBe(7);
  });
});

describe('looked up by head repository, branch and commit', () => {
  test('a push to the branch of an open pull request; a fork with a branch of that name is another', async () => {
    answer('acme:fix/it', [
      { number: 40 },
      { number: 41, repo: BASE_ID, sha: OTHER },
      { number: 42, repo: BASE_ID },
    ]);
    expect(await find({ eventName: 'push', ref: 'refs/heads/fix/it' })).toBe(42);
  });

  test.each([
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
    'push',
    'workflow_dispatch',
  ])('a workflow_run after %s in a fork', async (event) => {
    answer('mona:fix', [{ number: 42 }]);
    expect(await find(followed({ event }))).toBe(42);
  });

  test('after a pull_request_target, whose head_sha is of the base', async () => {
    answer('mona:fix', [{ number: 42 }]);
    expect(await find(followed({ event: 'pull_request_target', head_sha: OTHER }))).toBe(42);
  });

  test("the owner's other forks are left out, and those that were deleted", async () => {
    answer('mona:fix', [{ number: 41, repo: 3 }, { number: 42 }, { number: 43, repo: null }]);
    expect(await find(followed())).toBe(42);
  });

  test('a fork that calls its branch as a queue does is looked up like any other', async () => {
    answer(`mona:${QUEUE}`, [{ number: 7 }]);
    expect(await find(followed({ head_branch: QUEUE }))).toBe(7);
  });

  test('a closed pull request, when its own run ends after that', async () => {
    answer('mona:fix', []);
    answer('mona:fix', [{ number: 42 }, { number: 30, sha: OTHER }], 'closed');
    expect(await find(followed())).toBe(42);
  });

  test('an open one is taken before a closed one', async () => {
    answer('mona:fix', [{ number: 43 }]);
    expect(await find(followed())).toBe(43);
  });
});
