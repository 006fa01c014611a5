import { expect, test } from '@jest/globals';
import { isGone, isUp, reasons } from './failure-end-state.ts';
import { onEngines } from './failure-scene.ts';

const STATES = 'graphql PullRequestStates';

onEngines('previews that are to go, or to stay', ['helm', 'kustomize'], (open) => {
  test('the close event never came, of a pull request with conflicts: the schedule finds it in the cluster', async () => {
    await using scene = await open();
    const [one, two] = [await scene.open(), await scene.open()];
    await scene.deploy(one);
    await scene.deploy(two);
    await scene.shop.commit('main', { 'app.txt': 'conflicts\n' });
    await one.close();
    const run = await scene.scheduled();
    expect(run.annotations).toEqual([]);
    expect(reasons(run.outputs.removed)).toEqual({ 'pr-1': 'pull request 1 is closed' });
    expect(await scene.end(one)).toEqual(isGone(one));
    expect(await scene.end(two)).toMatchObject(isUp(two));
    expect(new Set(scene.shop.deployments().map(({ environment }) => environment))).toEqual(
      new Set(['preview']),
    );
    const again = await scene.scheduled();
    expect(reasons(again.outputs.removed)).toEqual({});
  });

  test('conflicts do not keep pull_request_target from the tear-down', async () => {
    await using scene = await open();
    const pull = await scene.open();
    await scene.deploy(pull);
    await scene.shop.commit('main', { 'app.txt': 'conflicts\n' });
    await pull.close();
    const run = await scene.closed(pull);
    expect(run.exitCode).toBe(0);
    expect(await scene.end(pull)).toEqual(isGone(pull));
  });

  test('GitHub does not tell the states: nothing is removed, red, and the next run does its work', async () => {
    await using scene = await open();
    const [one, two] = [await scene.open(), await scene.open()];
    await scene.deploy(one);
    await scene.deploy(two);
    await one.close();
    const heal = scene.github.inject({ match: STATES, status: 500 });
    const run = await scene.scheduled();
    expect(run.exitCode).toBe(1);
    expect(Object.keys(reasons(run.outputs.failed)).sort()).toEqual(['pr-1', 'pr-2']);
    expect(await scene.end(one)).toMatchObject(isUp(one));
    expect(await scene.end(two)).toMatchObject(isUp(two));
    heal();
    expect((await scene.scheduled()).exitCode).toBe(0);
    expect(await scene.end(one)).toEqual(isGone(one));
    expect(await scene.end(two)).toMatchObject(isUp(two));
  });

  test('two repositories with pr-1 in one namespace: the second is refused, and never removes the first', async () => {
    await using scene = await open();
    const other = await scene.github.createRepository('acme/other', { files: { 'app.txt': 'none' } });
    const pull = await scene.open();
    await scene.deploy(pull);
    const intruder = await scene.open(other);
    const refused = await scene.deploy(intruder);
    expect(refused.exitCode).toBe(1);
    expect(refused.outputs.reason).toMatch(/left alone|nothing was changed/);
    await intruder.close();
    expect((await scene.closed(intruder)).outputs).toMatchObject({ removed: '[]', failed: '[]' });
    expect((await scene.scheduled({}, { repository: other })).outputs).toMatchObject({
      removed: '[]',
      failed: '[]',
    });
    expect(await scene.end(pull)).toMatchObject(isUp(pull));
    expect(await scene.end(intruder)).toMatchObject({
      deployments: ['failure'],
      comment: ['❌ Preview of `pr-1` is not ready'],
    });
    await pull.close();
    await scene.closed(pull);
    expect(await scene.end(pull)).toEqual(isGone(pull));
  });
});

onEngines('what helm leaves behind', ['helm'], (open) => {
  test('an uninstall that leaves claims is red and names them, and the preview is found until they are gone', async () => {
    await using scene = await open();
    await scene.cluster.addVolumes(2);
    const pull = await scene.open();
    await scene.deploy(pull, { values: 'claim: true' });
    await pull.close();
    const run = await scene.closed(pull);
    expect(run.exitCode).toBe(1);
    expect(reasons(run.outputs.failed)['pr-1']).toContain(
      'removed, but still there: PersistentVolumeClaim data-pr-1-store-0',
    );
    expect(await scene.end(pull)).toMatchObject({
      objects: ['ConfigMap', 'PersistentVolumeClaim'],
      deployments: ['inactive'],
      comment: isUp(pull).comment,
    });
    await scene.cluster.kubectl('delete', 'pvc', 'data-pr-1-store-0', '-n', scene.namespace);
    expect((await scene.scheduled()).exitCode).toBe(0);
    expect(await scene.end(pull)).toEqual(isGone(pull));
  });
});
