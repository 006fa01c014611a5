import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { openActions } from './helm-action-scene.ts';
import { onHelm } from './helm-scene.ts';
import { watchedPrograms } from './reaper-records.ts';

const PULL = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';

onHelm('what a deployment with helm starts', (helm) => {
  test('one helm more than helm itself, and one kubectl; two requests to GitHub before, two after', async () => {
    await using scene = await openActions(helm, 1);
    await using programs = await watchedPrograms();
    const run = await scene.deploy({}, { env: { PATH: programs.path } });
    expect(run.outputs.status).toBe('ready');
    expect(begun(await programs.calls())).toEqual(['helm template', 'helm upgrade', 'kubectl proxy']);
    const routes = run.requests.map(({ route }) => route.replace('/repos/{owner}/{repo}/', ''));
    expect(routes.slice(0, 2)).toEqual(['GET pulls/{pull_number}', 'POST deployments']);
    expect(routes.slice(-2)).toEqual([
      'GET pulls/{pull_number}',
      'POST deployments/{deployment_id}/statuses',
    ]);
  });

  test('what changes nothing begins on the word of the event; what is done is up to GitHub', async () => {
    await using scene = await openActions(helm, 2);
    await using programs = await watchedPrograms();
    scene.github.inject({ match: PULL, times: 1, delay: 2500 });
    const running = scene.deploy({}, { env: { PATH: programs.path } });
    while ((await programs.calls()).length < 2) await sleep(50);
    await scene.pull.close();
    const run = await running;
    expect(run.outputs).toMatchObject({ status: 'removed', reason: 'Pull request 2 is closed.' });
    expect(begun(await programs.calls())).toEqual(['helm template', 'kubectl proxy']);
    expect(await helm.recordOf('pr-2')).toBeUndefined();
    expect(scene.shop.deployments()).toEqual([]);
  });
});

/** Programs and what they were told to do, sorted. */
function begun(calls: readonly string[]): readonly string[] {
  return calls.map((call) => call.split(' ', 2).join(' ')).sort();
}
