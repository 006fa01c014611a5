import { startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { createGitHub, readLastSuccess } from '../../src/github/index.ts';

const log = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };
const BRANCH = 'release/1.x & more';

async function stage() {
  const github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const { token, apiUrl, graphqlUrl } = github;
  const { signal } = new AbortController();
  const client = await createGitHub({ token, apiUrl, graphqlUrl, log, signal, backOffUnit: 2 });
  const read = (except = 0) =>
    readLastSuccess(
      client,
      { owner: 'acme', repo: 'shop' },
      { workflow: 'ci.yml', branch: BRANCH, event: 'push', except },
    );
  const add = (id: number, more: Parameters<typeof repository.addRun>[0] = {}) =>
    repository.addRun({ id, branch: BRANCH, sha: String(id).repeat(40).slice(0, 40), ...more });
  return { github, add, read, [Symbol.asyncDispose]: () => github.close() };
}

test('the newest that ended well, whatever came after it', async () => {
  await using it = await stage();
  it.add(1);
  it.add(2);
  it.add(3, { conclusion: 'failure' });
  it.add(4, { conclusion: 'cancelled' });
  it.add(5, { status: 'in_progress' });
  it.add(6, { branch: 'main' });
  it.add(7, { event: 'pull_request' });
  it.add(8, { path: '.github/workflows/other.yml' });
  expect(await it.read()).toEqual({ id: 2, headSha: '2'.repeat(40) });
  expect(await it.read(2)).toEqual({ id: 1, headSha: '1'.repeat(40) });
  expect(it.github.requests().length).toBe(2);
});

test('none, and a workflow that never ran', async () => {
  await using it = await stage();
  await expect(it.read()).rejects.toMatchObject({ status: 404 });
  it.add(1, { conclusion: 'failure' });
  expect(await it.read()).toBeUndefined();
});

test('a commit that is not told, and an answer that is not one of GitHub', async () => {
  await using it = await stage();
  it.github.inject({
    match: /runs/,
    times: 1,
    status: 200,
    body: { workflow_runs: [{ id: 1, head_sha: null }] },
  });
  expect(await it.read()).toEqual({ id: 1, headSha: undefined });
  it.github.inject({ match: /runs/, times: 1, status: 200, body: {} });
  await expect(it.read()).rejects.toThrow('the answer is not one of GitHub');
});
