import { setTimeout as sleep } from 'node:timers/promises';
import { faults } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { FOLDER, type Stage, stage, states } from './stage.ts';

const PULL = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
const STATUS = 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses';
const WHERE = `Its files are in ${FOLDER} in acme/gitops@main.`;

/** Strikes the second request of a kind only. */
function second(route: string) {
  let seen = 0;
  return (request: { readonly route: string }) => request.route === route && seen++ === 1;
}

describe('what fails once the files are written says where they are', () => {
  test.each<[string, Parameters<Stage['github']['inject']>[0], string]>([
    ['404', { match: second(PULL), status: 404, body: { message: 'Not Found' } }, 'Not Found (404)'],
    ['410', { match: second(PULL), status: 410, body: { message: 'Gone' } }, 'Gone (410)'],
    ['null', { match: second(PULL), status: 200, body: null }, 'GitHub answered without it'],
    ['success', { match: second(STATUS), status: 403, body: { message: 'no' } }, 'to success: no (403)'],
  ])('%s', async (_name, fault, said) => {
    await using scene = await stage();
    scene.github.inject(fault);
    const run = await scene.run();
    expect(run.exitCode).toBe(1);
    expect(run.outputs.status).toBe('failed');
    expect(run.outputs.reason).toContain(said);
    expect(run.outputs.reason?.endsWith(WHERE)).toBe(true);
    expect(run.summary).toContain(`Files: \`${FOLDER} in acme/gitops@main\``);
    expect(states(scene.shop)).toEqual(['preview:pr-1: failure < in_progress']);
  });
});

test('a Deployment that cannot be set in progress is a warning; how it ended counts', async () => {
  await using scene = await stage();
  scene.github.inject({ match: STATUS, times: 1, status: 403, body: { message: 'no' } });
  const run = await scene.run();
  expect(run.outputs).toMatchObject({ status: 'ready' });
  expect(run.annotations).toEqual([
    expect.objectContaining({ message: expect.stringContaining('to in_progress: no (403)') }),
  ]);
  expect(states(scene.shop)).toEqual(['preview:pr-1: success']);
});

test('a preview that fails at once is a failure last, however late it was set in progress', async () => {
  await using scene = await stage();
  const slow = { match: STATUS, times: 1, delay: 1500 };
  scene.github.inject(slow);
  scene.github.inject({ match: 'graphql', status: 403, body: { message: 'no' } });
  const run = await scene.run();
  expect(run.outputs).toMatchObject({ status: 'failed' });
  expect(states(scene.shop)).toEqual(['preview:pr-1: failure < in_progress']);
});

describe('cancelled', () => {
  test.each([false, true])('while the Deployment is made (done when it comes: %s)', async (after) => {
    await using scene = await stage();
    const controller = new AbortController();
    scene.github.inject({
      match: ({ route }) => {
        if (route !== 'POST /repos/{owner}/{repo}/deployments') return false;
        setTimeout(() => controller.abort(), 50);
        return true;
      },
      delay: 700,
      after,
    });
    await scene.run({}, { signal: controller.signal });
    expect(states(scene.shop)).toEqual(['preview:pr-1: error']);
  });

  test('while a rate limit is sat out: the Deployment says so at once, and nothing is written later', async () => {
    await using scene = await stage();
    const controller = new AbortController();
    scene.github.inject({ match: 'graphql createCommitOnBranch', times: 1, ...faults.secondaryLimit(8) });
    const run = scene.run({}, { signal: controller.signal });
    while (!scene.github.requests().some(({ fields }) => fields?.includes('createCommitOnBranch')))
      await sleep(20);
    await sleep(300);
    controller.abort();
    await sleep(2000);
    expect(states(scene.shop)).toEqual(['preview:pr-1: error < in_progress']);
    expect((await run).outputs.reason).toBe(
      `Cancelled by the runner (SIGINT). Its files may be in ${FOLDER}.`,
    );
    expect(await scene.gitops.list('main', FOLDER)).toEqual([]);
  });
});
