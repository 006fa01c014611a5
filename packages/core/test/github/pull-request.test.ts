import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import nock from 'nock';
import type { Run } from '../../src/action/index.ts';
import { createGitHub, pullRequestNumber } from '../../src/github/index.ts';

const API = 'https://api.example.com';
const SHA = 'a'.repeat(40);
const silent = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };
const github = await createGitHub({
  token: 't',
  apiUrl: API,
  graphqlUrl: `${API}/graphql`,
  log: silent,
  signal: new AbortController().signal,
  fetch: (...args) => globalThis.fetch(...args),
});
const find = (run: Partial<Run>, number?: number) =>
  pullRequestNumber(
    github,
    { owner: 'acme', repo: 'shop' },
    { repository: 'acme/shop', event: {}, ref: '', sha: SHA, ...run } as Run,
    number,
  );

beforeEach(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

describe('the event says it', () => {
  test.each([
    ['pull_request', { pull_request: { number: 42 } }],
    ['pull_request_target', { pull_request: { number: 42 } }],
    ['pull_request_review', { pull_request: { number: 42 } }],
    ['issue_comment', { issue: { number: 42, pull_request: { url: 'x' } } }],
    ['merge_group', { merge_group: { head_ref: `refs/heads/gh-readonly-queue/release/1.0/pr-42-${SHA}` } }],
  ])('%s', async (eventName, event) => {
    expect(await find({ eventName, event })).toBe(42);
  });

  test('the input wins over the event', async () => {
    expect(await find({ eventName: 'pull_request', event: { pull_request: { number: 42 } } }, 7)).toBe(7);
  });
});

describe('looked up by head repository, branch and commit', () => {
  const pulls = (...list: [number, string][]) => list.map(([number, sha]) => ({ number, head: { sha } }));
  const answer = (head: string, list: unknown) =>
    nock(API)
      .get('/repos/acme/shop/pulls')
      .query({ state: 'open', head, per_page: 100 })
      .reply(200, list as nock.Body);
  const fork = {
    workflow_run: {
      head_repository: { owner: { login: 'mona' } },
      head_branch: 'fix',
      head_sha: SHA,
      pull_requests: [],
    },
  };

  test('a push to the branch of an open pull request', async () => {
    answer('acme:fix/it', pulls([41, 'b'.repeat(40)], [42, SHA]));
    expect(await find({ eventName: 'push', ref: 'refs/heads/fix/it' })).toBe(42);
  });

  test('workflow_run of a fork, whose list is empty', async () => {
    answer('mona:fix', pulls([42, SHA]));
    expect(await find({ eventName: 'workflow_run', event: fork })).toBe(42);
  });

  test('a head that moved on is refused', async () => {
    answer('mona:fix', pulls([42, 'b'.repeat(40)]));
    await expect(find({ eventName: 'workflow_run', event: fork })).rejects.toThrow(
      `In acme/shop no open pull request has mona:fix at ${SHA} as their head; set the input "pull-request".`,
    );
  });

  test('two are refused', async () => {
    answer('mona:fix', pulls([42, SHA], [43, SHA]));
    await expect(find({ eventName: 'workflow_run', event: fork })).rejects.toThrow(
      'pull requests 42, 43 all have mona:fix',
    );
  });
});

test.each([
  ['schedule', {}],
  ['workflow_dispatch', {}],
  ['issue_comment', { issue: { number: 42 } }],
  ['merge_group', { merge_group: { head_ref: 'refs/heads/main' } }],
])('%s is about no pull request', async (eventName, event) => {
  await expect(find({ eventName, event })).rejects.toThrow(
    `The event "${eventName}" is not about a pull request; set the input "pull-request", or run on pull_request, issue_comment, merge_group, workflow_run or push.`,
  );
});
