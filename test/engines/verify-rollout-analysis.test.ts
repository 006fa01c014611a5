import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { canary } from './rollouts-manifests.ts';
import { describeRollouts } from './verify-rollout-scene.ts';
import { NAMESPACE } from './verify-workload-scene.ts';

describeRollouts('verify-deployment, engine rollout: a canary that is analysed', (scene) => {
  /** What measures the canary: its path is what it finds. */
  let metrics: Server;
  beforeAll(async () => {
    metrics = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ errors: Number(request.url?.slice(1)) }));
    });
    await new Promise<void>((resolve) => {
      metrics.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(() => {
    metrics?.close();
    metrics?.closeAllConnections();
  });

  const analysed = async (name: string, errors: number) => {
    const { port } = metrics.address() as AddressInfo;
    const web = { url: `http://127.0.0.1:${port}/${errors}`, jsonPath: '{$.errors}' };
    const conditions = { successCondition: 'result < 5', failureCondition: 'result > 50' };
    await scene.cluster().apply({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AnalysisTemplate',
      metadata: { name, namespace: NAMESPACE },
      spec: { metrics: [{ name: 'errors', ...conditions, provider: { web } }] },
    });
    const steps = [{ setWeight: 50 }, { analysis: { templates: [{ templateName: name }] } }];
    await scene.cluster().apply(canary(NAMESPACE, name, `acme/${name}:1`, steps));
    await scene.settled(name, 'Healthy');
    const verifying = scene.rollout({ application: name, images: [`acme/${name}:2`], timeout: 12_000 });
    await scene.cluster().apply(canary(NAMESPACE, name, `acme/${name}:2`, steps));
    return verifying;
  };

  test('is healthy when the analysis succeeds', async () => {
    expect(await analysed('good', 0)).toMatchObject({ verdict: 'healthy' });
  });

  test('is degraded with the metric when it fails, and the old release runs on', async () => {
    const { verdict, message } = await analysed('bad', 90);
    expect({ verdict, message }).toEqual({
      verdict: 'degraded',
      message: expect.stringMatching(/RolloutAborted: .*errors.* assessed Failed/),
    });
    const status = await scene.settled('bad', 'Degraded');
    expect(status).toMatchObject({ abort: true, availableReplicas: 2 });
    expect(status.stableRS).not.toBe(status.currentPodHash);
  });

  test('is unknown when it decides nothing, for somebody must', async () => {
    const { verdict, message } = await analysed('unclear', 20);
    expect({ verdict, message }).toEqual({
      verdict: 'unknown',
      message: expect.stringContaining(
        'it is paused (InconclusiveAnalysisRun) until somebody decides: kubectl argo rollouts promote unclear --namespace shop, or abort in its place, step 2 of 2, weight 50',
      ),
    });
  });
});
