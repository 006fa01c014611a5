import { expect, test } from '@jest/globals';
import { createGitHubDeployment } from './deployment.ts';
import { NOW, reasons, type Stage, stage } from './stage.ts';

const DEPLOYMENTS = 'GET /repos/{owner}/{repo}/deployments';

test('cancelled in the middle: the report says what is gone, what is not, and what nobody knows', async () => {
  await using scene = await stage();
  for (const branch of ['one', 'two', 'three']) await (await scene.open(branch)).close();
  for (const pullRequest of [1, 2, 3]) await scene.preview({ pullRequest });
  const controller = new AbortController();
  let listed = 0;
  scene.github.inject({
    match: ({ route }) => {
      if (route !== DEPLOYMENTS || listed++ !== 1) return false;
      setTimeout(() => controller.abort(), 50);
      return true;
    },
    delay: 1000,
  });
  const run = await scene.run({}, { signal: controller.signal });
  expect(run.exitCode).toBe(1);
  expect(reasons(run.outputs.removed)).toEqual({ 'pr-1': 'pull request 1 is closed' });
  expect(reasons(run.outputs.failed)).toEqual({
    'pr-2': 'may be removed or not: Cancelled by the runner (SIGINT)',
    'pr-3': 'not removed: Cancelled by the runner (SIGINT)',
  });
  expect(await scene.previews()).toEqual(['pr-2', 'pr-3']);
});

test('deployed anew between the retirement and the removal: it stays, and so does its Deployment', async () => {
  await using scene = await stage();
  const head = await (await scene.open('one')).headSha();
  await scene.preview({ pullRequest: 1, deployed: NOW - 7200, expires: NOW - 60 });
  await createGitHubDeployment(scene, 'preview:pr-1', head, 7);
  const anew = Promise.withResolvers<unknown>();
  const deploy = async () => {
    await scene.preview({ pullRequest: 1, deployed: NOW });
    await createGitHubDeployment(scene, 'preview:pr-1', head, 8);
  };
  scene.github.inject({
    match: ({ route }) => {
      if (route !== DEPLOYMENTS) return false;
      deploy().then(anew.resolve, anew.reject);
      return true;
    },
    times: 1,
    hold: anew.promise,
  });
  const run = await scene.run();
  expect(reasons(run.outputs.kept)['pr-1']).toBe(
    'previews/pr-1 in acme/gitops@main was changed while it was looked at',
  );
  expect(await scene.previews()).toEqual(['pr-1']);
  expect(scene.shop.deployments().map(({ statuses }) => statuses[0]?.state)).toEqual(['inactive', 'success']);
});

test('stopped between the retirement and the removal: the next run finishes it, and no Deployment stays active', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1 });
  await createGitHubDeployment(scene, 'preview:pr-1', await pull.headSha());
  await pull.close();
  const state = () => scene.shop.deployments().map(({ statuses }) => statuses[0]?.state);
  const readOnly = scene.github.issueToken({ permissions: { contents: 'read' } });
  const first = await scene.run({ 'gitops-token': readOnly });
  expect(first.exitCode).toBe(1);
  expect(await scene.previews()).toEqual(['pr-1']);
  expect(state()).toEqual(['inactive']);
  const second = await scene.run();
  expect(reasons(second.outputs.removed)).toEqual({ 'pr-1': 'pull request 1 is closed' });
  expect(await scene.previews()).toEqual([]);
  expect(state()).toEqual(['inactive']);
});

test('a Deployment that cannot be retired keeps its preview, for the next run to find', async () => {
  await using scene = await stage();
  await (await scene.open('one')).close();
  await scene.preview({ pullRequest: 1 });
  const heal = scene.github.inject({ match: DEPLOYMENTS, status: 403, body: { message: 'Forbidden' } });
  const first = await scene.run();
  expect(first.exitCode).toBe(1);
  expect(reasons(first.outputs.failed)['pr-1']).toMatch(
    /^not removed, because its Deployment could not be retired: /,
  );
  expect(await scene.previews()).toEqual(['pr-1']);
  heal();
  expect((await scene.run()).exitCode).toBe(0);
  expect(await scene.previews()).toEqual([]);
});

/** Changes the record of the first preview by hand. */
async function edit(scene: Stage, key: string, value: string): Promise<void> {
  const path = 'previews/pr-1/preview.yaml';
  const record = await scene.gitops.read('main', path);
  await scene.gitops.commit('main', {
    [path]: record.replace(new RegExp(`${key}: ".*"`), `${key}: "${value}"`),
  });
}

test.each([
  ['expires', '999999999999999', 'must be at most 253402300799'],
  ['deployed', '999999999999999', 'must be at most 253402300799'],
  ['pullRequest', '99999999999', 'must be at most 2147483647'],
])('a record with a senseless "%s" does not keep the others from going', async (key, value, said) => {
  await using scene = await stage();
  await scene.open('one');
  await (await scene.open('two')).close();
  for (const pullRequest of [1, 2]) await scene.preview({ pullRequest });
  await edit(scene, key, value);
  const run = await scene.run();
  expect(run.exitCode).toBe(1);
  expect(Object.keys(reasons(run.outputs.removed))).toEqual(['pr-2']);
  expect(reasons(run.outputs.failed)['pr-1']).toContain(said);
  expect(await scene.previews()).toEqual(['pr-1']);
});

test('a state that GitHub does not have says nothing', async () => {
  await using scene = await stage();
  await scene.open('one');
  await scene.preview({ pullRequest: 1 });
  const repository = { databaseId: scene.shop.id, p1: { state: 'constructor' } };
  scene.github.inject({ match: 'graphql PullRequestStates', status: 200, body: { data: { repository } } });
  const run = await scene.run();
  expect(run.exitCode).toBe(1);
  expect(await scene.previews()).toEqual(['pr-1']);
});
