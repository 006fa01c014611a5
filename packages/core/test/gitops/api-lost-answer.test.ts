import { faults, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { createGitHub } from '../../src/github/index.ts';
import { createApiRepository } from '../../src/gitops/index.ts';

const { signal } = new AbortController();
const log = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };
const COMMIT = 'graphql CommitFiles';
/** Jobs of one matrix write the same message: same run, same release. */
const MESSAGE = { headline: 'Release web v2', body: 'Release: v2\nSource-Run: https://github.test/runs/1' };
const STAGING = [{ path: 'staging.yaml', content: 'image: acme/web:v2\n' }];
const PRODUCTION = [{ path: 'production.yaml', content: 'image: acme/web:v2\n' }];

async function stage() {
  const github = await startGitHub();
  const files = { 'staging.yaml': 'image: acme/web:v1\n', 'production.yaml': 'image: acme/web:v1\n' };
  const gitops = await github.createRepository('acme/gitops', { files });
  const { apiUrl, graphqlUrl, token } = github;
  const client = await createGitHub({ token, apiUrl, graphqlUrl, log, signal, backOffUnit: 1 });
  const repository = createApiRepository({
    github: client,
    repository: { owner: 'acme', repo: 'gitops' },
    branch: 'main',
  });
  return { github, gitops, repository, [Symbol.asyncDispose]: () => github.close() };
}

test("another job's commit with the same message on the same head is not taken for ours", async () => {
  await using it = await stage();
  const base = await it.repository.read(['staging.yaml', 'production.yaml'], signal);
  expect(await it.repository.commit(base, STAGING, MESSAGE, signal)).toMatchObject({ kind: 'commit' });
  it.github.inject({ match: COMMIT, times: 1, ...faults.serverError(502) });
  expect(await it.repository.commit(base, PRODUCTION, MESSAGE, signal)).toEqual({ kind: 'conflict' });
  expect(await it.gitops.read('main', 'production.yaml')).toBe('image: acme/web:v1\n');
});

test.each([
  ['a file that was written', STAGING],
  ['a file that was deleted', [{ path: 'staging.yaml', content: null }]],
])('our own commit is found by its files: %s', async (_name, changes) => {
  await using it = await stage();
  const base = await it.repository.read(['staging.yaml'], signal);
  it.github.inject({ match: COMMIT, times: 1, after: true, ...faults.serverError(502) });
  const outcome = await it.repository.commit(base, changes, MESSAGE, signal);
  expect(outcome).toMatchObject({ kind: 'commit', id: await it.gitops.head('main') });
});
