import { expect, test } from '@jest/globals';
import { createGitHubDeployment } from './deployment.ts';
import { reasons, stage } from './stage.ts';

test('a closed pull request loses all its previews and nobody else does', async () => {
  await using scene = await stage();
  const [pull, other] = [await scene.open('one'), await scene.open('two')];
  await scene.preview({ pullRequest: 1, service: 'web' });
  await scene.preview({ pullRequest: 1, service: 'api' });
  await scene.preview({ pullRequest: 2 });
  await createGitHubDeployment(scene, 'preview:pr-1-web', await pull.headSha());
  await createGitHubDeployment(scene, 'preview:pr-2', await other.headSha());
  await pull.close();
  const run = await scene.closed(pull);

  expect(run.annotations).toEqual([]);
  expect(run.exitCode).toBe(0);
  expect(reasons(run.outputs.removed)).toEqual({
    'pr-1-api': 'pull request 1 is closed',
    'pr-1-web': 'pull request 1 is closed',
  });
  expect(run.outputs).toMatchObject({ kept: '[]', failed: '[]' });
  expect(await scene.previews()).toEqual(['pr-2']);
  expect(scene.shop.deployments().map(({ task, statuses }) => [task, statuses[0]?.state])).toEqual([
    ['preview:pr-1-web', 'inactive'],
    ['preview:pr-2', 'success'],
  ]);
  expect(run.outputs.report).toBe(
    [
      '|  | preview | pull request | why |',
      '| --- | --- | --- | --- |',
      '| 🧹 removed | `pr-1-api` | 1 | `pull request 1 is closed` |',
      '| 🧹 removed | `pr-1-web` | 1 | `pull request 1 is closed` |',
    ].join('\n'),
  );
});

test('merged counts as closed', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1 });
  await pull.merge();
  const run = await scene.closed(pull);
  expect(reasons(run.outputs.removed)).toEqual({ 'pr-1': 'pull request 1 is merged' });
  expect(await scene.previews()).toEqual([]);
});

test('reopened in the meantime: its preview stays, green', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1 });
  const run = await scene.closed(pull);
  expect(run.exitCode).toBe(0);
  expect(Object.keys(reasons(run.outputs.kept))).toEqual(['pr-1']);
  expect(await scene.previews()).toEqual(['pr-1']);
});

test('no preview is no mistake', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await pull.close();
  const run = await scene.closed(pull);
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toEqual({
    removed: '[]',
    kept: '[]',
    warned: '[]',
    failed: '[]',
    report: 'There is no preview of pull request 1.',
  });
});

test("another repository's preview of a pull request with the same number stays", async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1, repositoryId: 424242 });
  await pull.close();
  const run = await scene.closed(pull);
  expect(run.outputs).toMatchObject({ removed: '[]', kept: '[]', failed: '[]' });
  expect(await scene.previews()).toEqual(['pr-1']);
});

test('deployed anew between the decision and the removal: it stays', async () => {
  await using scene = await stage();
  const pull = await scene.open('one');
  await scene.preview({ pullRequest: 1 });
  await pull.close();
  const anew = Promise.withResolvers<unknown>();
  const deploy = async () => {
    const record = await scene.gitops.read('main', 'previews/pr-1/preview.yaml');
    return scene.gitops.commit('main', {
      'previews/pr-1/preview.yaml': record.replace('runId: "7"', 'runId: "8"'),
    });
  };
  scene.github.inject({
    match: ({ operation }) => {
      if (operation !== 'PullRequestStates') return false;
      deploy().then(anew.resolve, anew.reject);
      return true;
    },
    times: 1,
    hold: anew.promise,
  });
  const run = await scene.closed(pull);
  expect(run.exitCode).toBe(0);
  expect(reasons(run.outputs.kept)['pr-1']).toBe(
    'previews/pr-1 in acme/gitops@main was deployed anew while it was looked at',
  );
  expect(await scene.previews()).toContain('pr-1');
});
