import { expect, test } from '@jest/globals';
import { describeRollouts } from './verify-rollout-scene.ts';
import { NAMESPACE } from './verify-workload-scene.ts';

describeRollouts('the action verify-deployment, engine rollout', (scene) => {
  const asked = (name: string) => ({
    engine: 'rollout',
    application: name,
    images: `ghcr.io/acme/${name}:2`,
  });

  test('a canary that is promoted while it is waited for is healthy and green', async () => {
    await scene.pausedCanary('web', 'ghcr.io/acme/web');
    const running = scene.start(asked('web'));
    await running.said('step 2 of 2, weight 50');
    await scene.plugin('promote', 'web');
    const { exitCode, outputs } = await running.ended;
    expect({ exitCode, verdict: outputs.verdict }).toEqual({ exitCode: 0, verdict: 'healthy' });
    const { status } = (await scene.rollouts().rollout(NAMESPACE, 'web')) ?? {};
    expect(status).toMatchObject({ phase: 'Healthy', stableRS: status?.currentPodHash });
    expect(outputs.commit).toBe(status?.stableRS);
  });

  test('a canary that nobody promotes is unknown and red, and says what promotes it', async () => {
    await scene.pausedCanary('slow', 'ghcr.io/acme/slow');
    const { exitCode, outputs } = await scene.run({ ...asked('slow'), timeout: '5s' });
    expect({ exitCode, verdict: outputs.verdict, reason: outputs.reason }).toEqual({
      exitCode: 1,
      verdict: 'unknown',
      reason: expect.stringContaining('kubectl argo rollouts promote slow --namespace shop'),
    });
  });

  test('an aborted canary is degraded and red', async () => {
    await scene.pausedCanary('bad', 'ghcr.io/acme/bad');
    const running = scene.start({ ...asked('bad'), environment: 'production' });
    await running.said('step 2 of 2, weight 50');
    await scene.plugin('abort', 'bad');
    const { exitCode, outputs } = await running.ended;
    expect({ exitCode, verdict: outputs.verdict, reason: outputs.reason }).toEqual({
      exitCode: 1,
      verdict: 'degraded',
      reason: expect.stringContaining('RolloutAborted'),
    });
    expect(scene.repository().deployments()[0]?.statuses[0]?.state).toBe('failure');
    expect(await scene.rollouts().rollout(NAMESPACE, 'bad')).toMatchObject({
      status: { availableReplicas: 2 },
    });
  });
});
