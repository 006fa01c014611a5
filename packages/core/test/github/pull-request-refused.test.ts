import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { nock } from './network.ts';
import { API, answer, find, followed, OTHER, SHA } from './pull-request-lookup.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const left = nock.pendingMocks();
  nock.cleanAll();
  expect(left).toEqual([]);
});

describe('refused', () => {
  test('a head that moved on', async () => {
    answer('mona:fix', [{ number: 42, sha: OTHER }]);
    await expect(find(followed())).rejects.toThrow(
      `This run is about commit ${SHA}, but the head of pull request 42 of acme/shop is ${OTHER} by now; leave it to the run of that commit, or set the input "pull-request".`,
    );
  });

  test('two', async () => {
    answer('mona:fix', [{ number: 42 }, { number: 43 }]);
    await expect(find(followed())).rejects.toThrow(
      `In acme/shop pull requests 42, 43 all have mona:fix at ${SHA} as their head; set the input "pull-request".`,
    );
  });

  test('none, open or closed', async () => {
    answer('mona:fix', []);
    answer('mona:fix', [{ number: 42, sha: OTHER }], 'closed');
    await expect(find(followed())).rejects.toThrow(
      `In acme/shop no pull request has mona:fix at ${SHA} as its head; set the input "pull-request".`,
    );
  });

  test('a push without an open one: closed ones are not asked for', async () => {
    answer('acme:main', []);
    await expect(find({ eventName: 'push', ref: 'refs/heads/main' })).rejects.toThrow(
      `In acme/shop no open pull request has acme:main at ${SHA} as its head; set the input "pull-request".`,
    );
  });

  test.each([
    ['a fork that was deleted', { head_repository: null }, 'comes from a repository that is gone'],
    ['a schedule', { event: 'schedule' }, 'was started by "schedule", which is about no branch'],
    ['a comment', { event: 'issue_comment' }, 'was started by "issue_comment", which is about no branch'],
    ['no branch', { head_branch: null }, 'names no branch and commit'],
    [
      'no commit of the head',
      { event: 'pull_request_target', head_commit: null },
      'names no branch and commit',
    ],
  ])('a workflow_run after %s', async (_what, fields, words) => {
    await expect(find(followed(fields))).rejects.toThrow(
      `The run that this workflow_run follows ${words}, so its pull request cannot be found; set the input "pull-request".`,
    );
  });

  test('a list that may not be read', async () => {
    nock(API)
      .get('/repos/acme/shop/pulls')
      .query(true)
      .reply(403, { message: 'Resource not accessible by integration' });
    await expect(find(followed())).rejects.toThrow(
      'Cannot look for the pull request of mona:fix in acme/shop: Resource not accessible by integration (403). The token needs `pull-requests: read`;',
    );
  });

  test.each([
    ['schedule', {}],
    ['workflow_dispatch', {}],
    ['issues', { issue: { number: 42 } }],
    ['issue_comment', { issue: { number: 42 } }],
    ['merge_group', { merge_group: { head_ref: 'refs/heads/main' } }],
    ['push', { ref: 'refs/tags/v1' }],
  ])('%s, which is about no pull request', async (eventName, event) => {
    await expect(find({ eventName, event, ref: 'refs/tags/v1' })).rejects.toThrow(
      `The event "${eventName}" is not about a pull request; set the input "pull-request", or run on pull_request, issue_comment, merge_group, workflow_run or push.`,
    );
  });
});
