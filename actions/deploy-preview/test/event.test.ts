import { expect, test } from '@jest/globals';
import { type Stage, stage } from './stage.ts';

/** What the engine helm would stop at. */
const USELESS = { engine: 'helm', kubeconfig: 'nonsense', chart: 'nowhere' };

/** A run whose event is older than what happens then. */
async function runAfter(scene: Stage, happens: () => Promise<unknown>) {
  const { github, shop: repository, pull: pullRequest } = scene;
  const payload = github.event('pull_request', { repository, pullRequest });
  await happens();
  return scene.run(USELESS, { event: { name: 'pull_request', payload } });
}

test('a pull request that closed since the event: nobody complains about what was begun', async () => {
  await using scene = await stage();
  const run = await runAfter(scene, () => scene.pull.close());
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({ status: 'removed', reason: 'Pull request 1 is closed.' });
  expect(run.annotations).toMatchObject([{ level: 'notice' }]);
});

test('a head that moved on since the event: neither', async () => {
  await using scene = await stage();
  const run = await runAfter(scene, () => scene.pull.push({ 'app.txt': 'two' }));
  expect(run.exitCode).toBe(0);
  expect(run.outputs.status).toBe('superseded');
});

test('one that is as the event says: what was begun is complained about, before anything was changed', async () => {
  await using scene = await stage();
  const run = await runAfter(scene, async () => undefined);
  expect(run.exitCode).toBe(1);
  expect(run.annotations).toMatchObject([
    { level: 'error', message: expect.stringMatching(/^Input "kubeconfig" looks like a path; /) },
  ]);
  expect(scene.shop.deployments()).toEqual([]);
});

test('GitHub that does not answer is told, not what was begun', async () => {
  await using scene = await stage();
  scene.github.inject({ match: 'GET /repos/{owner}/{repo}/pulls/{pull_number}', status: 404, body: {} });
  const run = await runAfter(scene, async () => undefined);
  expect(run.exitCode).toBe(1);
  expect(run.annotations).toMatchObject([{ message: expect.stringContaining('read pull request 1') }]);
});
