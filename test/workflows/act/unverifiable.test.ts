import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../engines/suite.ts';
import { deliver } from './delivery-calls.ts';
import { jobOf } from './expect-jobs.ts';
import { buildScene, type Scene } from './scene.ts';

const LONGEST = 120_000;
const PLACE = 'apps/shop/overlays/staging';
const SOON = 'write a duration from 1s to';

describeOn(['act', 'crane'], 'what verify.yml could not do is refused before anything is written', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await buildScene();
  });
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });
  const state = async () => ({
    head: await scene.gitops.head('main'),
    tokens: scene.doubles.madeBy('actions/create-github-app-token').length,
  });

  test.each([
    [
      { engine: 'workload', timeout: '76m' },
      `timeout is 76m; ${SOON} 75m, such as 10m: the job that waits ends`,
    ],
    [{ timeout: '51m' }, `timeout is 51m; ${SOON} 50m, such as 10m: the token of the App`],
    [{ timeout: '10 minutes' }, `; ${SOON} 50m`],
    [{ engine: 'argo' }, 'engine is "argo"; write argocd, flux, rollout, workload or none.'],
    [{ application: '' }, 'application is empty; the engine argocd needs the names'],
    [{ engine: 'workload', namespace: '' }, 'namespace is empty; the engine workload needs the namespace'],
    [{ 'cluster-login': 'aws' }, 'cluster-login is "aws"; write kubeconfig, azure or none.'],
  ])(
    'deliver.yml: %j',
    async (inputs, sentence) => {
      const before = await state();
      const ran = await deliver(scene, undefined, 'v1.1.0', {
        ...{ path: PLACE, namespace: 'shop', 'slack-channel': '' },
        ...inputs,
      });
      expect(jobOf(ran, 'call / Deliver').log).toContain('::error::The input ');
      expect(jobOf(ran, 'call / Deliver').log).toContain(sentence);
      expect(jobOf(ran, 'call / Verify').result).toBe('skipped');
      expect(await state()).toEqual(before);
    },
    LONGEST,
  );

  test.each([
    ['promote', 'Promote', { 'from-path': PLACE, path: 'apps/shop/overlays/dev' }],
    ['rollback', 'Roll back', { path: PLACE, reason: 'It is slow' }],
    ['verify', 'Verify', {}],
  ])(
    '%s.yml: so too',
    async (name, job, inputs) => {
      const before = await state();
      const asked = { engine: 'workload', application: 'web', namespace: 'shop', environment: 'dev' };
      const ran = await scene.call(
        name,
        { event: 'push' },
        { inputs: { ...asked, ...inputs, timeout: '2h' } },
      );
      expect(ran.exitCode).toBe(1);
      expect(jobOf(ran, `call / ${job}`).log).toContain(`timeout is 2h; ${SOON} 75m`);
      expect(await state()).toEqual(before);
    },
    LONGEST,
  );
});
