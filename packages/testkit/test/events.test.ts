import { expect, test } from '@jest/globals';
import { type EventName, type EventOptions, startGitHub } from '../src/index.ts';
import { openApi } from '../src/rest/openapi.ts';

async function prepared() {
  const github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const pullRequest = await repository.openPullRequest({
    head: 'feature',
    labels: ['keep'],
    files: { 'f.txt': '1\n2\n' },
  });
  await pullRequest.addComment('hello', 'alice');
  return { github, repository, pullRequest };
}

type Case = [webhook: string, name: EventName, options: Partial<EventOptions>];

const CASES: Case[] = [
  ['pull-request-opened', 'pull_request', { action: 'opened' }],
  ['pull-request-synchronize', 'pull_request', { action: 'synchronize' }],
  ['pull-request-labeled', 'pull_request_target', { action: 'labeled' }],
  ['push', 'push', {}],
  ['issue-comment-created', 'issue_comment', {}],
  ['merge-group-checks-requested', 'merge_group', {}],
  ['workflow-dispatch', 'workflow_dispatch', { inputs: { dry: 'true' } }],
  ['workflow-run-completed', 'workflow_run', {}],
];

test.each(CASES)('%s has the shape that GitHub describes', async (webhook, name, options) => {
  const { github, repository, pullRequest } = await prepared();
  const payload = github.event(name, { repository, ...(name !== 'push' && { pullRequest }), ...options });
  expect(openApi().checkWebhook(webhook, JSON.parse(JSON.stringify(payload)))).toBeNull();
  expect(payload).toMatchObject({
    repository: { id: repository.id, full_name: 'acme/shop' },
    sender: { login: name === 'issue_comment' ? 'alice' : 'octocat' },
  });
  await github.close();
});

test('an issues event has the shape that GitHub describes', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const issue = await repository.openIssue({ author: 'alice' });
  const payload = github.event('issues', { repository, issue });
  expect(openApi().checkWebhook('issues-opened', JSON.parse(JSON.stringify(payload)))).toBeNull();
  expect(payload).toMatchObject({ action: 'opened', issue: { number: 1 }, sender: { login: 'alice' } });
});

test('a pull request event tells heads, labels and the merge', async () => {
  const { github, repository, pullRequest } = await prepared();
  const head = await pullRequest.headSha();
  expect(github.event('pull_request', { repository, pullRequest })).toMatchObject({
    action: 'opened',
    number: 1,
    pull_request: {
      state: 'open',
      additions: 2,
      commits: 1,
      labels: [{ name: 'keep' }],
      head: { ref: 'feature', sha: head, repo: { full_name: 'acme/shop' } },
      base: { ref: 'main', sha: await repository.head('main') },
    },
  });
  const merge = await pullRequest.merge();
  expect(github.event('pull_request', { repository, pullRequest })).toMatchObject({
    action: 'closed',
    pull_request: { state: 'closed', merged: true, merge_commit_sha: merge, head: { sha: head } },
  });
  const push = github.event('push', { repository });
  expect(push).toMatchObject({
    ref: 'refs/heads/main',
    after: merge,
    forced: false,
    head_commit: { id: merge },
  });
  await github.close();
});

test('a pull request of a fork', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const fork = await github.createRepository('mallory/shop', { files: { 'README.md': '# shop\n' } });
  const pullRequest = await repository.openPullRequest({
    head: 'evil',
    headRepository: fork,
    author: 'mallory',
  });
  expect(github.event('pull_request', { repository, pullRequest })).toMatchObject({
    pull_request: {
      head: { label: 'mallory:evil', repo: { full_name: 'mallory/shop' } },
      user: { login: 'mallory' },
    },
  });
  const payload = github.event('workflow_run', { repository, pullRequest });
  expect(openApi().checkWebhook('workflow-run-completed', JSON.parse(JSON.stringify(payload)))).toBeNull();
  const head = await pullRequest.headSha();
  expect(payload).toMatchObject({
    repository: { full_name: 'acme/shop' },
    workflow_run: {
      event: 'pull_request',
      head_branch: 'evil',
      head_sha: head,
      head_commit: { id: head },
      head_repository: { id: fork.id, full_name: 'mallory/shop', owner: { login: 'mallory' } },
      repository: { full_name: 'acme/shop' },
      pull_requests: [],
    },
  });
});
