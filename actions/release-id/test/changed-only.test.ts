import { runAction, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';

const COMPARE = 'GET /repos/{owner}/{repo}/compare/{basehead}';
const RUNS = 'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs';
const inputs = {
  'changed-only': 'true',
  'image-prefix': 'ghcr.io/acme',
  services: '[{"name": "web", "paths": ["web/**"]}, {"name": "orders", "context": "orders"}]',
};

async function stage() {
  const github = await startGitHub();
  const repository = await github.createRepository('acme/shop', { private: true });
  repository.addRun({ id: 1, sha: await repository.commit('main', { 'web/a': '1', 'orders/a': '1' }) });
  const run = (more: Partial<Parameters<typeof runAction>[1]> = {}) =>
    runAction('release-id', { github, repository, inputs, runId: 9, runNumber: 9, ...more });
  return { github, repository, run, [Symbol.asyncDispose]: () => github.close() };
}

const names = (matrix = '') => JSON.parse(matrix).include.map(({ name }: { name: string }) => name);

test('a push keeps what changed since the last run that ended well', async () => {
  await using it = await stage();
  await it.repository.commit('main', { 'orders/a': '2' });
  const run = await it.run();
  expect(run.annotations).toEqual([]);
  expect(names(run.outputs.matrix)).toEqual(['orders']);
  expect(run.outputs['has-services']).toBe('true');
  expect(run.summary).toContain('| `orders` | yes | changed: `orders/a` |');
  expect(run.summary).toContain('| `web` | no | nothing of it changed |');
  expect(run.requests.map(({ route }) => route)).toEqual([RUNS, COMPARE]);
});

test('nothing changed: no job, not one for the prefix either', async () => {
  await using it = await stage();
  const run = await it.run();
  expect(run.outputs).toMatchObject({ matrix: '{"include":[]}', 'has-services': 'false', images: '' });
  expect(run.exitCode).toBe(0);
});

test('a pull request keeps what it changed', async () => {
  await using it = await stage();
  const { github, repository } = it;
  const pullRequest = await repository.openPullRequest({ head: 'fix', files: { 'web/a': '2' } });
  const payload = github.event('pull_request', { repository, pullRequest });
  const run = await it.run({ event: { name: 'pull_request', payload } });
  expect(names(run.outputs.matrix)).toEqual(['web']);
  expect(run.requests.map(({ route }) => route)).toEqual([COMPARE]);
});

test('without the permission all are kept, with a warning that names it', async () => {
  await using it = await stage();
  const run = await it.run({ token: it.github.issueToken({ permissions: { contents: 'read' } }) });
  expect(names(run.outputs.matrix)).toEqual(['web', 'orders']);
  expect(run.annotations).toMatchObject([
    { level: 'warning', message: expect.stringContaining('The token needs `actions: read`') },
  ]);
  expect(run.exitCode).toBe(0);
});

test('a changed-since that does not exist fails', async () => {
  await using it = await stage();
  const run = await it.run({ inputs: { ...inputs, 'changed-since': 'v9' } });
  expect(run.exitCode).toBe(1);
  expect(run.annotations[0]?.message).toContain('Input "changed-since" is "v9"; it must be "auto"');
});

test('without changed-only nothing is asked', async () => {
  await using it = await stage();
  const run = await it.run({ inputs: { ...inputs, 'changed-only': 'false' } });
  expect(names(run.outputs.matrix)).toEqual(['web', 'orders']);
  expect(run.requests).toEqual([]);
});
