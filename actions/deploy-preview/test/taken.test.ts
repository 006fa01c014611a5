import { expect, test } from '@jest/globals';
import { FOLDER, type Stage, stage, states } from './stage.ts';

/** Changes the record that a first run wrote. */
async function change(scene: Stage, from: string | RegExp, to: string): Promise<string> {
  const record = await scene.gitops.read('main', `${FOLDER}/preview.yaml`);
  return scene.gitops.commit('main', { [`${FOLDER}/preview.yaml`]: record.replace(from, to) });
}

const SUFFIX = 'nothing was written. Choose another "name" or "path", or remove that folder.';

test.each<[string, (scene: Stage) => Promise<string>, string]>([
  [
    'another repository',
    async (scene) => {
      await change(scene, 'repository: "acme/shop"', 'repository: "acme/other"');
      return change(scene, /repositoryId: "\d+"/, 'repositoryId: "424242"');
    },
    `${FOLDER} in acme/gitops@main belongs to pull request 1 of acme/other on HOST; ${SUFFIX}`,
  ],
  [
    'another pull request',
    (scene) => change(scene, 'pullRequest: "1"', 'pullRequest: "9"'),
    `${FOLDER} in acme/gitops@main belongs to pull request 9 of acme/shop on HOST; ${SUFFIX}`,
  ],
  [
    'a record that nobody can read',
    (scene) => change(scene, /expires: "\d+"/, 'expires: soon'),
    `${FOLDER} in acme/gitops@main cannot be taken over: ${FOLDER}/preview.yaml is not a preview record: "expires" must be a whole number above 0, in quotes; ${SUFFIX}`,
  ],
  [
    'files without a record',
    (scene) => scene.gitops.commit('main', { [`${FOLDER}/preview.yaml`]: null }),
    `${FOLDER} in acme/gitops@main has files but no preview.yaml, so it is not a preview; ${SUFFIX}`,
  ],
])('the folder is taken: %s', async (_name, occupy, message) => {
  await using scene = await stage();
  await scene.run();
  const before = await occupy(scene);
  const run = await scene.run({}, { runId: 101 });
  const sentence = message.replace('HOST', new URL(scene.github.url).host);

  expect(run.exitCode).toBe(1);
  expect(run.annotations).toMatchObject([{ level: 'error', message: sentence }]);
  expect(run.outputs).toMatchObject({ status: 'failed', reason: sentence });
  expect(await scene.gitops.head('main')).toBe(before);
  expect(states(scene.shop).at(-1)).toBe('preview:pr-1: failure < in_progress');
});
