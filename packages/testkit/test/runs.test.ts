import { expect, test } from '@jest/globals';
import { startGitHub } from '../src/index.ts';
import { client } from './client.ts';

const RUNS = '/repos/acme/shop/actions/workflows/deliver.yml/runs';

test('runs of a workflow are listed newest first, by branch, event, status or conclusion', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const path = '.github/workflows/deliver.yml';
  const at = (minute: number) => `2026-01-01T00:0${minute}:00Z`;
  repository.addRun({ id: 1, path, createdAt: at(1) });
  repository.addRun({ id: 2, path, createdAt: at(3), conclusion: 'failure' });
  repository.addRun({ id: 3, path, createdAt: at(2), branch: 'feature/a' });
  repository.addRun({ id: 4, path, createdAt: at(4), event: 'pull_request' });
  repository.addRun({ id: 5, path, createdAt: at(5), status: 'in_progress' });
  repository.addRun({ id: 6, createdAt: at(6) });
  const { rest } = client(github);
  const list = async (query: string) => {
    const { body } = await rest('GET', `${RUNS}${query}`);
    return body.workflow_runs.map(({ id }: { id: number }) => id);
  };
  expect(await list('')).toEqual([5, 4, 2, 3, 1]);
  expect(await list('?status=success')).toEqual([4, 3, 1]);
  expect(await list('?status=failure')).toEqual([2]);
  expect(await list('?status=completed&event=push')).toEqual([2, 3, 1]);
  expect(await list('?status=in_progress')).toEqual([5]);
  expect(await list('?branch=feature%2Fa')).toEqual([3]);
  expect(await list('?branch=main&event=push&status=success&exclude_pull_requests=true&per_page=1')).toEqual([
    1,
  ]);
  expect(await list('?per_page=2&page=2')).toEqual([2, 3]);
  repository.addRun({ id: 5, path, createdAt: at(5) });
  expect(await list('?status=in_progress')).toEqual([]);
  expect(await list('')).toEqual([5, 4, 2, 3, 1]);
});

test('a run says when it was made, and on which commit', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const run = repository.addRun({ createdAt: '2026-01-01T00:00:00Z' });
  const { body } = await client(github).rest('GET', `/repos/acme/shop/actions/runs/${run.id}`);
  expect(body).toMatchObject({
    id: run.id,
    created_at: '2026-01-01T00:00:00Z',
    head_sha: await repository.head('main'),
    path: '.github/workflows/ci.yml',
    conclusion: 'success',
  });
});

test('a workflow and a run that nobody has are 404', async () => {
  await using github = await startGitHub();
  await github.createRepository('acme/shop');
  const { rest } = client(github);
  expect((await rest('GET', RUNS)).status).toBe(404);
  expect((await rest('GET', '/repos/acme/shop/actions/runs/7')).status).toBe(404);
});
