import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { expectJobs, jobOf } from './expect-jobs.ts';
import { buildScene, type Scene } from './scene.ts';
import { withOutputs } from './with-outputs.ts';

const LONGEST = 120_000;

describeOn(['act', 'crane'], 'outputs that GitHub empties because they hold a secret', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await buildScene();
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });
  const run = (name: string, outputs: Readonly<Record<string, string>>) => {
    const about = { inputs: { runner: 'ubuntu-latest' } };
    return scene.start('backend', { event: 'workflow_dispatch', about }, () =>
      withOutputs(name, 'plan', outputs),
    );
  };

  test.each(['frontend', 'backend'])(
    '%s.yml: red, and one sentence says why nothing is built',
    async (name) => {
      const ran = await run(name, { 'has-services': 'true', id: 'v1' });
      expectJobs(ran, { Plan: 'success', image: 'skipped', 'Say what is lost': 'failure' });
      expect(jobOf(ran, 'Say what is lost').log).toContain(
        'GitHub emptied the list of images, because it holds a secret that is passed to this workflow, or a line of one',
      );
    },
    LONGEST,
  );

  test(
    'without services nothing is lost',
    async () => {
      const ran = await run('backend', { 'has-services': 'false' });
      expectJobs(ran, { Plan: 'success', image: 'skipped', 'Say what is lost': 'skipped' });
    },
    LONGEST,
  );
});
