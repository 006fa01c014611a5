import { expect, test } from '@jest/globals';
import { isGone, isUp, reasons } from './failure-end-state.ts';
import { onEngines } from './failure-scene.ts';

onEngines('how long a preview lives', ['helm', 'kustomize'], (open) => {
  test('the time to live counts from the last deployment, and no comment prolongs it', async () => {
    await using scene = await open();
    const pull = await scene.open();
    await scene.deploy(pull);
    await scene.age(pull, 8);
    await scene.deploy(pull);
    const kept = await scene.scheduled();
    expect(Object.keys(reasons(kept.outputs.kept))).toEqual(['pr-1']);
    expect(await scene.end(pull)).toMatchObject({ running: ['acme/web:v1'] });
    await scene.age(pull, 8);
    await pull.addComment('Please keep it!', 'ann');
    const run = await scene.scheduled();
    expect(reasons(run.outputs.removed)['pr-1']).toMatch(/^expired .*, last deployed /);
    expect(await scene.end(pull)).toMatchObject({
      running: [],
      objects: [],
      deployments: ['inactive', 'inactive'],
    });
  });

  test('a label keeps it beyond its time, and not beyond its pull request', async () => {
    await using scene = await open();
    const pull = await scene.open();
    await scene.deploy(pull);
    await scene.age(pull, 8);
    pull.setLabels(['keep-preview']);
    await scene.scheduled();
    expect(await scene.end(pull)).toMatchObject(isUp(pull));
    await pull.close();
    await scene.scheduled();
    expect(await scene.end(pull)).toEqual(isGone(pull));
  });
});
