import { describe, expect, test } from '@jest/globals';
import { startGitHub } from '../src/index.ts';
import { client } from './client.ts';

const NONE = '0'.repeat(40);

const MOVE = `mutation ($repository: ID!, $updates: [RefUpdate!]!) {
  updateRefs(input: { repositoryId: $repository, refUpdates: $updates }) { clientMutationId }
}`;

const ENABLE = `mutation ($id: ID!, $method: PullRequestMergeMethod, $head: GitObjectID) {
  enablePullRequestAutoMerge(input: { pullRequestId: $id, mergeMethod: $method, expectedHeadOid: $head }) {
    pullRequest { mergeStateStatus autoMergeRequest { mergeMethod enabledBy { login } } }
  }
}`;

async function start(options = {}) {
  const github = await startGitHub();
  const repository = await github.createRepository('acme/shop', { files: { 'a.txt': 'a\n' }, ...options });
  return { github, repository, ...client(github), [Symbol.asyncDispose]: () => github.close() };
}

test('updateRefs creates, moves and deletes refs, all or none, from where they are expected', async () => {
  await using stage = await start();
  const { repository, graphql } = stage;
  const first = await repository.head('main');
  const second = await repository.commit('main', { 'b.txt': 'b\n' });
  const move = async (...updates: object[]) =>
    (await graphql(MOVE, { repository: repository.nodeId, updates })).errors?.[0].message ?? 'done';
  const name = 'refs/heads/x';
  expect(await move({ name, beforeOid: NONE, afterOid: first })).toBe('done');
  expect(await move({ name, beforeOid: NONE, afterOid: first })).toMatch(/expected/);
  expect(await move({ name, beforeOid: first, afterOid: second })).toBe('done');
  expect(await move({ name, beforeOid: second, afterOid: first })).toMatch(/not a fast forward/);
  const stale = { name: 'refs/heads/y', beforeOid: first, afterOid: second };
  expect(await move({ name, beforeOid: second, afterOid: first, force: true }, stale)).toMatch(/expected/);
  expect(await repository.head('x')).toBe(second);
  expect(await move({ name, beforeOid: second, afterOid: NONE })).toBe('done');
  expect(await repository.branches()).toEqual(['main']);
});

describe('auto-merge', () => {
  test('is for repositories that allow it, and for pull requests that have something to wait for', async () => {
    await using off = await start();
    const wrong = await off.repository.openPullRequest({ head: 'feature' });
    expect((await off.graphql(ENABLE, { id: wrong.nodeId })).errors[0].message).toBe(
      'Auto merge is not allowed for this repository',
    );
    await using on = await start({ allowAutoMerge: true });
    const pull = await on.repository.openPullRequest({ head: 'feature' });
    expect((await on.graphql(ENABLE, { id: pull.nodeId })).errors[0].message).toBe(
      'Pull request Pull request is in clean status',
    );
    on.repository.requireReview('main');
    const enabled = await on.graphql(ENABLE, {
      id: pull.nodeId,
      method: 'SQUASH',
      head: await pull.headSha(),
    });
    expect(enabled.data.enablePullRequestAutoMerge.pullRequest).toEqual({
      mergeStateStatus: 'BLOCKED',
      autoMergeRequest: { mergeMethod: 'SQUASH', enabledBy: { login: 'github-actions' } },
    });
    expect((await on.rest('GET', '/repos/acme/shop/pulls/1')).body.auto_merge.merge_method).toBe('squash');
  });
});

describe('merging over REST', () => {
  test('a pull request, by a merge commit or squashed', async () => {
    await using stage = await start();
    const { repository, rest } = stage;
    const base = await repository.head('main');
    const one = await repository.openPullRequest({ head: 'one' });
    const wrong = await rest('PUT', '/repos/acme/shop/pulls/1/merge', { sha: base });
    expect([wrong.status, wrong.body.message]).toEqual([
      409,
      'Head branch was modified. Review and try the merge again.',
    ]);
    const merged = await rest('PUT', '/repos/acme/shop/pulls/1/merge', { sha: await one.headSha() });
    expect([merged.status, merged.body.sha, one.merged]).toEqual([200, await repository.head('main'), true]);
    expect((await repository.log('main'))[0]?.parents).toHaveLength(2);
    await repository.openPullRequest({ head: 'two', title: 'Two' });
    await rest('PUT', '/repos/acme/shop/pulls/2/merge', { merge_method: 'squash' });
    expect((await repository.log('main'))[0]).toMatchObject({
      message: 'Two (#2)',
      parents: [merged.body.sha],
    });
  });

  test('a pull request that waits for a review, conflicts, or a method that is off: 405', async () => {
    await using stage = await start({ mergeMethods: ['merge'] });
    const { repository, rest } = stage;
    await repository.openPullRequest({ head: 'one', files: { 'a.txt': 'one\n' } });
    const merge = async (body = {}) => (await rest('PUT', '/repos/acme/shop/pulls/1/merge', body)).status;
    expect(await merge({ merge_method: 'squash' })).toBe(405);
    repository.requireReview('main');
    expect(await merge()).toBe(405);
    await repository.commit('main', { 'a.txt': 'other\n' });
    expect(await merge()).toBe(405);
  });

  test('one branch into another', async () => {
    await using stage = await start();
    const { repository, rest } = stage;
    await repository.commit('x', { 'b.txt': 'b\n' });
    const main = await repository.commit('main', { 'c.txt': 'c\n' });
    const merge = (head: string) =>
      rest('POST', '/repos/acme/shop/merges', { base: 'x', head, commit_message: 'Join' });
    const merged = await merge(main);
    expect([merged.status, merged.body.sha]).toEqual([201, await repository.head('x')]);
    expect((await repository.log('x'))[0]).toMatchObject({ message: 'Join', files: ['c.txt'] });
    expect((await merge(main)).status).toBe(204);
    await repository.commit('x', { 'a.txt': 'x\n' });
    const conflicting = await repository.commit('main', { 'a.txt': 'main\n' });
    expect((await merge(conflicting)).status).toBe(409);
    expect((await merge('nowhere')).status).toBe(404);
  });
});

test('the job’s own token opens no pull request where the repository does not let it', async () => {
  await using stage = await start({ allowActionsPullRequests: false });
  await stage.repository.commit('x', { 'b.txt': 'b\n' });
  const body = { title: 'x', head: 'x', base: 'main' };
  const refused = await stage.rest('POST', '/repos/acme/shop/pulls', body);
  expect([refused.status, refused.body.message]).toEqual([
    403,
    'GitHub Actions is not permitted to create or approve pull requests.',
  ]);
  const app = client(stage.github, stage.github.issueToken({ as: 'acme[bot]' }));
  expect((await app.rest('POST', '/repos/acme/shop/pulls', body)).status).toBe(201);
});
