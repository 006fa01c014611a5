import { expect, test } from '@jest/globals';
import { blueGreen, blueGreenServices, canary, PAUSE, referring } from './rollouts-manifests.ts';
import { describeRollouts } from './verify-rollout-scene.ts';
import { NAMESPACE } from './verify-workload-scene.ts';

describeRollouts('verify-deployment, engine rollout', (scene) => {
  const apply = (...objects: readonly object[]) => scene.cluster().apply(...objects);
  const verify = (name: string, tag: string, timeout = 30_000) =>
    scene.rollout({ application: name, images: [`acme/${name}:${tag}`], timeout });

  test('a canary that nobody promotes is unknown, and says where it stands and what promotes it', async () => {
    await scene.pausedCanary('web', 'acme/web', [{ setWeight: 50 }, PAUSE, { setWeight: 75 }]);
    const { verdict, message } = await verify('web', '2', 6000);
    expect({ verdict, message }).toEqual({
      verdict: 'unknown',
      message:
        'The Rollout web in namespace shop was not healthy after 6s: it is paused (CanaryPauseStep) until somebody promotes it: kubectl argo rollouts promote web --namespace shop, step 2 of 3, weight 50.',
    });
  });

  test('a canary that is promoted while it is waited for is healthy, and not before all runs it', async () => {
    await scene.pausedCanary('api', 'acme/api');
    const before = (await scene.rollouts().rollout(NAMESPACE, 'api'))?.status;
    const verifying = verify('api', '2');
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await scene.plugin('promote', 'api');
    const { verdict, said } = await verifying;
    expect(verdict).toBe('healthy');
    expect(said[0]).toContain('until somebody promotes it');
    const after = (await scene.rollouts().rollout(NAMESPACE, 'api'))?.status;
    expect(after?.stableRS).toBe(before?.currentPodHash);
    expect(await scene.cluster().list('pods', NAMESPACE, 'app=api')).toMatchObject(
      [1, 2].map(() => ({ spec: { containers: [{ image: 'acme/api:2' }] } })),
    );
  });

  test('an aborted canary is degraded with the reason, although the old pods are well and the spec is new', async () => {
    await scene.pausedCanary('bad', 'acme/bad');
    await scene.plugin('abort', 'bad');
    const { verdict, message } = await verify('bad', '2');
    expect({ verdict, message }).toEqual({
      verdict: 'degraded',
      message: expect.stringMatching(/^The Rollout bad in namespace shop: it is Degraded \(RolloutAborted: /),
    });
    expect(await scene.rollouts().rollout(NAMESPACE, 'bad')).toMatchObject({
      spec: { template: { spec: { containers: [{ image: 'acme/bad:2' }] } } },
      status: { availableReplicas: 2 },
    });
    await apply(canary(NAMESPACE, 'bad', 'acme/bad:1'));
    expect(await verify('bad', '1')).toMatchObject({ verdict: 'healthy' });
  });

  test('the release before is never healthy', async () => {
    await apply(canary(NAMESPACE, 'old', 'acme/old:1'));
    await scene.settled('old', 'Healthy');
    const { verdict, message } = await verify('old', '2', 6000);
    expect({ verdict, message }).toEqual({
      verdict: 'unknown',
      message: 'The Rollout old in namespace shop was not healthy after 6s: its spec still has acme/old:1.',
    });
  });

  test('blue/green is healthy once its active Service was switched over', async () => {
    await apply(...blueGreenServices(NAMESPACE, 'front'), blueGreen(NAMESPACE, 'front', 'acme/front:1'));
    await scene.settled('front', 'Healthy');
    await apply(blueGreen(NAMESPACE, 'front', 'acme/front:2'));
    const paused = await scene.settled('front', 'Paused');
    const verifying = verify('front', '2');
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await scene.plugin('promote', 'front');
    const { verdict, said } = await verifying;
    expect({ verdict, first: said[0] }).toEqual({
      verdict: 'healthy',
      first: expect.stringContaining('it is paused (BlueGreenPause) until somebody promotes it'),
    });
    expect(await scene.cluster().get('service', NAMESPACE, 'front-active')).toMatchObject({
      spec: { selector: { 'rollouts-pod-template-hash': paused.currentPodHash } },
    });
  });

  test('a release whose pods crash is degraded after its deadline, with the reason', async () => {
    await apply(canary(NAMESPACE, 'crash', 'acme/crash:1', []));
    await scene.settled('crash', 'Healthy');
    await apply(canary(NAMESPACE, 'crash', 'acme/crash:2-crash-loop', []));
    const { verdict, message, reasons } = await verify('crash', '2-crash-loop');
    expect({ verdict, message }).toEqual({
      verdict: 'degraded',
      message: expect.stringMatching(/it is Degraded \(ProgressDeadlineExceeded: /),
    });
    expect(reasons[0]).toMatch(/^Pod crash-\w+-\w+, container main: CrashLoopBackOff/);
  });

  test('a Rollout has the images of the Deployment that it refers to, and its pods', async () => {
    await apply(...referring(NAMESPACE, 'bound', 'acme/bound:1'));
    await scene.settled('bound', 'Healthy');
    const [deployment = {}] = referring(NAMESPACE, 'bound', 'acme/bound:2');
    await apply(deployment);
    expect(await verify('bound', '2')).toMatchObject({ verdict: 'healthy' });
    expect(await scene.cluster().list('pods', NAMESPACE, 'app=bound')).toMatchObject(
      [1, 2].map(() => ({ spec: { containers: [{ image: 'acme/bound:2' }] } })),
    );
    const [broken = {}] = referring(NAMESPACE, 'bound', 'acme/bound:3-crash-loop');
    await apply(broken);
    const { verdict, reasons } = await verify('bound', '3-crash-loop');
    expect(verdict).toBe('degraded');
    expect(reasons.filter((reason) => reason.startsWith('Pod bound-')).length).toBeGreaterThan(0);
  });
});
