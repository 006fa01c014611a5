import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { FOLDER, type Stage, stage, states } from './stage.ts';

/** Starts run 100, lets the rest happen while it waits for its URL, and lets that answer 200 then. */
async function overtaken(scene: Stage, meanwhile: () => Promise<unknown>) {
  const answer = Promise.withResolvers<void>();
  let asked = 0;
  scene.answer(async () => {
    if (asked++ === 0) await answer.promise;
    return { status: 200 };
  });
  const run = scene.run({ timeout: '30s' }, { runId: 100 });
  while (asked === 0) await sleep(20);
  await meanwhile();
  answer.resolve();
  return run;
}

const LATER = 'Run 101 (attempt 1), a later one, has deployed this preview already.';

test.each<[string, (scene: Stage) => Promise<unknown>]>([
  ['of a new commit', (scene) => scene.pull.push({ 'app.txt': 'two' })],
  ['of the same commit', async () => undefined],
])(
  'a later run %s ends first: the earlier one is superseded, though the URL answers',
  async (_name, before) => {
    await using scene = await stage();
    const run = await overtaken(scene, async () => {
      await before(scene);
      await scene.run({ image: 'ghcr.io/acme/web:v2' }, { runId: 101 });
    });
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ status: 'superseded', reason: LATER });
    expect(states(scene.shop)).toEqual([
      'preview:pr-1: inactive < inactive < in_progress',
      'preview:pr-1: success < in_progress',
    ]);
  },
);

test('the files are removed while the URL is waited for: failed, though it answers', async () => {
  await using scene = await stage();
  const run = await overtaken(scene, async () => {
    const paths = await scene.gitops.list('main', FOLDER);
    await scene.gitops.commit('main', Object.fromEntries(paths.map((path) => [path, null])));
  });
  const reason = `The files were removed from ${FOLDER} in acme/gitops@main or replaced while the preview came up.`;
  expect(run.exitCode).toBe(1);
  expect(run.outputs).toMatchObject({ status: 'failed', reason });
  expect(states(scene.shop)).toEqual(['preview:pr-1: failure < in_progress']);
});

test('the pull request closes, but a later run has the preview: nothing of it is removed or called so', async () => {
  await using scene = await stage();
  const run = await overtaken(scene, async () => {
    await scene.run({ image: 'ghcr.io/acme/web:v2' }, { runId: 101 });
    await scene.pull.close();
  });
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({ status: 'superseded' });
  expect(await scene.gitops.list('main', FOLDER)).toHaveLength(3);
});

test('the pull request closes: the Deployments of earlier runs go with the preview', async () => {
  await using scene = await stage();
  await scene.run({}, { runId: 99 });
  await overtaken(scene, () => scene.pull.close());
  expect(states(scene.shop)).toEqual([
    'preview:pr-1: inactive < success < in_progress',
    'preview:pr-1: inactive < in_progress',
  ]);
});

test('a superseded run in between does not hide older Deployments', async () => {
  await using scene = await stage();
  await scene.run({}, { runId: 200 });
  await scene.run({}, { runId: 150 });
  await scene.run({}, { runId: 201 });
  expect(states(scene.shop)).toEqual([
    'preview:pr-1: inactive < success < in_progress',
    'preview:pr-1: inactive < in_progress',
    'preview:pr-1: success < in_progress',
  ]);
});

test('two jobs of one run with the same name: the second one is refused, not the first one lost', async () => {
  await using scene = await stage();
  await scene.run({ image: 'ghcr.io/acme/web:v1' });
  const run = await scene.run({ image: 'ghcr.io/acme/api:v1' });
  expect(run.exitCode).toBe(1);
  expect(run.outputs.reason).toBe(
    `${FOLDER} in acme/gitops@main was written by another job of this run, with the image ghcr.io/acme/web:v1; nothing was written. Choose another "name" or "path", or remove that folder.`,
  );
  expect(await scene.gitops.read('main', `${FOLDER}/preview.yaml`)).toContain('image: "ghcr.io/acme/web:v1"');
});
