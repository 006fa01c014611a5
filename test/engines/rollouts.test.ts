import { type Cluster, type Rollouts, startCluster, startRollouts } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { blueGreen, blueGreenServices, canary, referring } from './rollouts-manifests.ts';
import { describeOn } from './suite.ts';

interface Service {
  readonly spec: { readonly selector: Readonly<Record<string, string>> };
}

describeOn(['kubernetes', 'kwok', 'rollouts'], 'Argo Rollouts on a cluster', () => {
  let cluster: Cluster;
  let rollouts: Rollouts;
  beforeAll(async () => {
    cluster = await startCluster();
    await cluster.createNamespace('shop');
    rollouts = await startRollouts(cluster);
  }, 120_000);
  afterAll(() => cluster?.close());

  const settled = async (name: string, phase: string) => (await rollouts.settled('shop', name, phase)).status;

  test('a canary pauses at its step, and goes on when it is promoted', async () => {
    await cluster.apply(canary('shop', 'web', 'acme/web:1'));
    const first = await settled('web', 'Healthy');
    await cluster.apply(canary('shop', 'web', 'acme/web:2'));
    const paused = await settled('web', 'Paused');
    expect(paused).toMatchObject({
      message: 'CanaryPauseStep',
      stableRS: first?.stableRS,
      currentStepIndex: 1,
    });
    await rollouts.plugin('promote', 'web', '-n', 'shop');
    const done = await settled('web', 'Healthy');
    expect(done?.stableRS).toBe(done?.currentPodHash);
    expect(done?.stableRS).not.toBe(first?.stableRS);
  });

  test('an aborted canary is Degraded, and its spec keeps the new image', async () => {
    await cluster.apply(canary('shop', 'api', 'acme/api:1'));
    await settled('api', 'Healthy');
    await cluster.apply(canary('shop', 'api', 'acme/api:2'));
    await settled('api', 'Paused');
    await rollouts.plugin('abort', 'api', '-n', 'shop');
    expect(await settled('api', 'Degraded')).toMatchObject({
      message: expect.stringContaining('RolloutAborted'),
      abort: true,
    });
    expect(await rollouts.rollout('shop', 'api')).toMatchObject({
      spec: { template: { spec: { containers: [{ image: 'acme/api:2' }] } } },
    });
  });

  test('blue/green switches its active Service when it is promoted', async () => {
    await cluster.apply(...blueGreenServices('shop', 'front'), blueGreen('shop', 'front', 'acme/front:1'));
    const first = await settled('front', 'Healthy');
    await cluster.apply(blueGreen('shop', 'front', 'acme/front:2'));
    await settled('front', 'Paused');
    const active = async () =>
      (await cluster.get<Service>('service', 'shop', 'front-active'))?.spec.selector[
        'rollouts-pod-template-hash'
      ];
    expect(await active()).toBe(first?.stableRS);
    await rollouts.plugin('promote', 'front', '-n', 'shop');
    const done = await settled('front', 'Healthy');
    expect(await active()).toBe(done?.currentPodHash);
  });

  test('a Rollout follows the Deployment that it refers to', async () => {
    await cluster.apply(...referring('shop', 'bound', 'acme/bound:1'));
    await settled('bound', 'Healthy');
    expect(await cluster.list('pods', 'shop', 'app=bound')).toHaveLength(2);
  });

  test('a release whose pods crash is Degraded after its deadline', async () => {
    await cluster.apply(canary('shop', 'bad', 'acme/bad:1', []));
    await settled('bad', 'Healthy');
    await cluster.apply(canary('shop', 'bad', 'acme/bad:2-crash-loop', []));
    expect((await settled('bad', 'Degraded'))?.message).toContain('ProgressDeadlineExceeded');
  });
});
