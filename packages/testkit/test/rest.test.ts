import { expect, test } from '@jest/globals';
import { startGitHub } from '../src/index.ts';
import { client } from './client.ts';

const REPOSITORY = '/repos/acme/shop';

test('every read is what the OpenAPI description promises', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop', {
    files: { 'a.txt': 'a\n', 'b/c.txt': 'c\n' },
  });
  await repository.openPullRequest({ head: 'feature/one', files: { 'a.txt': 'b\n' }, labels: ['keep'] });
  const run = repository.addRun({ path: '.github/workflows/deliver.yml' });
  const { rest } = client(github);
  const paths = [
    '',
    '/pulls?state=all&head=acme:feature/one&base=main',
    '/pulls/1',
    '/issues/1',
    '/issues/1/comments',
    '/issues/1/labels',
    '/commits/main',
    '/commits/feature/one',
    '/commits/feature%2Fone/pulls',
    '/compare/main...feature/one',
    '/git/ref/heads/feature/one',
    '/git/trees/main?recursive=1',
    '/contents/',
    '/contents/b',
    '/contents/b/c.txt?ref=feature/one',
    '/deployments',
    `/actions/runs/${run.id}`,
    '/actions/workflows/deliver.yml/runs?branch=main&status=success',
  ];
  const answers = await Promise.all(paths.map((path) => rest('GET', `${REPOSITORY}${path}`)));
  expect(answers.map(({ status }, index) => [paths[index], status])).toEqual(
    paths.map((path) => [path, 200]),
  );
  expect((await rest('GET', '/rate_limit')).status).toBe(200);
  expect((await rest('GET', '/meta')).status).toBe(200);
});

test('compare counts commits and names files', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop', { files: { 'a.txt': 'a\n' } });
  await repository.commit('feature', { 'a.txt': 'b\n' });
  await repository.commit('main', { 'b.txt': 'b\n' });
  const { body } = await client(github).rest('GET', `${REPOSITORY}/compare/main...feature`);
  expect(body).toMatchObject({ status: 'diverged', ahead_by: 1, behind_by: 1, total_commits: 1 });
  expect(body.files).toMatchObject([{ filename: 'a.txt', status: 'modified', additions: 1, deletions: 1 }]);
});

test('a pull request from opening to merge', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  await repository.commit('feature', { 'f.txt': '1\n' });
  const { rest } = client(github);
  const opened = await rest('POST', `${REPOSITORY}/pulls`, {
    head: 'feature',
    base: 'main',
    title: 'New',
    draft: true,
  });
  expect(opened).toMatchObject({
    status: 201,
    body: { number: 1, draft: true, mergeable: true, merged: false },
  });
  expect(
    (await rest('POST', `${REPOSITORY}/pulls`, { head: 'feature', base: 'main', title: 'New' })).status,
  ).toBe(422);
  const merge = await repository.pullRequest(1).merge();
  expect(await repository.list('main')).toEqual(['README.md', 'f.txt']);
  const { body } = await rest('GET', `${REPOSITORY}/pulls/1`);
  expect(body).toMatchObject({ state: 'closed', merged: true, merge_commit_sha: merge });
  const { body: holders } = await rest('GET', `${REPOSITORY}/commits/${merge}/pulls`);
  expect(holders.map((one: { number: number }) => one.number)).toEqual([1]);
});

test('deployments: filters, statuses, and what auto_inactive retires', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const { rest } = client(github);
  const deploy = (more: object) =>
    rest('POST', `${REPOSITORY}/deployments`, {
      ref: 'main',
      auto_merge: false,
      required_contexts: [],
      environment: 'preview',
      ...more,
    });
  const first = await deploy({ task: 'preview:pr-1', payload: { pr: 1 }, transient_environment: true });
  const second = await deploy({ task: 'preview:pr-2' });
  const third = await deploy({ task: 'preview:pr-3' });
  for (const one of [first, second, third]) {
    const status = { state: 'success', environment_url: 'http://x', auto_inactive: one === third };
    expect((await rest('POST', `${REPOSITORY}/deployments/${one.body.id}/statuses`, status)).status).toBe(
      201,
    );
  }
  expect(
    repository.deployments().map(({ task, statuses }) => [task, statuses.map(({ state }) => state)]),
  ).toEqual([
    ['preview:pr-1', ['success']],
    ['preview:pr-2', ['inactive', 'success']],
    ['preview:pr-3', ['success']],
  ]);
  const listed = await rest('GET', `${REPOSITORY}/deployments?task=preview:pr-1&environment=preview`);
  expect(listed.body).toMatchObject([{ id: first.body.id, payload: { pr: 1 } }]);
  expect((await rest('DELETE', `${REPOSITORY}/deployments/${first.body.id}`)).status).toBe(422);
  expect((await rest('DELETE', `${REPOSITORY}/deployments/${second.body.id}`)).status).toBe(204);
  expect((await deploy({ ref: 'nowhere' })).body.message).toBe('No ref found for: nowhere');
});

test('a pull request closes when its branch is deleted, and keeps its head', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const pull = await repository.openPullRequest({ head: 'feature' });
  const head = await pull.headSha();
  await repository.deleteBranch('feature');
  expect([pull.state, pull.merged, await pull.headSha()]).toEqual(['closed', false, head]);
});

test('a pull request from a fork can be merged; one query asks for many pull requests', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const fork = await github.createRepository('mallory/shop', { files: {} });
  const pull = await repository.openPullRequest({ head: 'theirs', headRepository: fork, labels: ['keep'] });
  await repository.openPullRequest({ head: 'local', draft: true });
  const { data } = await client(github).graphql(`{ repository(owner: "acme", name: "shop") {
    p1: pullRequest(number: 1) {
      state isCrossRepository headRefOid mergeable labels(first: 5) { nodes { name } }
      headRepository { nameWithOwner owner { login } }
    }
    p9: pullRequest(number: 9) { state }
    pullRequests(states: [OPEN], headRefName: "local", first: 5) { totalCount nodes { number isDraft } }
  } }`);
  expect(data.repository.p1).toEqual({
    state: 'OPEN',
    isCrossRepository: true,
    headRefOid: await fork.head('theirs'),
    mergeable: 'MERGEABLE',
    labels: { nodes: [{ name: 'keep' }] },
    headRepository: { nameWithOwner: 'mallory/shop', owner: { login: 'mallory' } },
  });
  expect(data.repository.p9).toBeNull();
  expect(data.repository.pullRequests).toEqual({ totalCount: 1, nodes: [{ number: 2, isDraft: true }] });
  await pull.merge();
  expect(await repository.list('main')).toEqual(['README.md', 'changes/theirs.md']);
});
