import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { expectJobs, jobOf, outputsOf } from './expect-jobs.ts';
import { buildScene, type Scene } from './scene.ts';
import { withOutputs } from './with-outputs.ts';

const LONGEST = 120_000;
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const ASKED = {
  ...{
    runner: 'ubuntu-latest',
    engine: 'workload',
    application: 'web',
    namespace: 'shop',
    environment: 'dev',
  },
  ...{ timeout: '10s', 'cluster-login': 'none', images: 'ghcr.io/acme/web:v1' },
};

describeOn(['act', 'crane'], 'images that GitHub empties because they hold a secret', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await buildScene();
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });
  const run = (name: string, outputs: Readonly<Record<string, string>>) => {
    const about = { inputs: ASKED };
    return scene.start('backend', { event: 'workflow_dispatch', about }, () =>
      withOutputs(name, name, outputs),
    );
  };

  test.each([
    ['promote', 'Promote'],
    ['rollback', 'Roll back'],
  ])(
    '%s.yml: red, and one sentence says why nobody looks at the release',
    async (name, job) => {
      const ran = await run(name, { result: 'committed', commit: COMMIT });
      expectJobs(ran, { [job]: 'success', Verify: 'skipped', 'Say what is lost': 'failure' });
      expect(jobOf(ran, 'Say what is lost').log).toContain(
        'nobody looks whether it runs, because GitHub emptied the list of its images',
      );
    },
    LONGEST,
  );

  test(
    'rolled back before: there are no images, and nothing is lost',
    async () => {
      const ran = await run('rollback', { result: 'unchanged', commit: COMMIT });
      expectJobs(ran, { 'Roll back': 'success', Verify: 'skipped', 'Say what is lost': 'skipped' });
      expect(ran.exitCode).toBe(0);
    },
    LONGEST,
  );

  test(
    'deliver.yml: those that were asked for are looked at',
    async () => {
      const ran = await run('deliver', { result: 'committed', commit: COMMIT });
      const verify = jobOf(ran, 'Verify / Verify');
      expect(verify.log).not.toContain('Input "images" is empty');
      expect(outputsOf(verify).verdict).toBe('unknown');
    },
    LONGEST,
  );
});
