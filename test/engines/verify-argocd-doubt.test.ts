import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from './suite.ts';
import {
  type ArgoCdScene,
  argoCdScene,
  ENGINES,
  LONGEST,
  NAMESPACE,
  release,
} from './verify-argocd-scene.ts';

const ONCE = { syncPolicy: { automated: {}, retry: { limit: 0 } } };
/** Its admission webhook listens nowhere. */
const WEBHOOK = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'down' },
  webhooks: [
    {
      name: 'down.example.com',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      failurePolicy: 'Fail',
      timeoutSeconds: 2,
      clientConfig: { url: 'https://127.0.0.1:9/x' },
      rules: [
        {
          apiGroups: ['apps'],
          apiVersions: ['v1'],
          operations: ['CREATE', 'UPDATE'],
          resources: ['deployments'],
        },
      ],
    },
  ],
};
/** What the autoscaler's controller writes where nobody measures anything; it does not run here. */
const STARVED = JSON.stringify({
  status: {
    currentReplicas: 1,
    desiredReplicas: 1,
    conditions: [
      { type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric', message: 'none' },
    ],
  },
});
const autoscaler = (name: string) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name, namespace: NAMESPACE },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    maxReplicas: 3,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
      },
    ],
  },
});

describeOn(ENGINES, 'verify-deployment gives no verdict that others may be to blame for', () => {
  let scene: ArgoCdScene;
  beforeAll(async () => {
    scene = await argoCdScene();
  }, LONGEST);
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  test(
    'an admission webhook that is down: unknown, with what the API server said',
    async () => {
      await scene.cluster.apply(WEBHOOK);
      const commit = await scene.push(release('hook', 'v1'));
      await scene.apply('hook', ONCE);
      const run = await scene.verify({ application: 'hook', commit, timeout: '12s' });
      await scene.cluster.kubectl('delete', 'validatingwebhookconfiguration', 'down');
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toContain('failed calling webhook "down.example.com"');
    },
    LONGEST,
  );

  test(
    'an autoscaler without metrics, with pods that are well: not degraded before a minute',
    async () => {
      const commit = await scene.push({
        ...release('scaled', 'v1'),
        'scaled/scaler.json': autoscaler('scaled'),
      });
      await scene.apply('scaled');
      const health = async () => (await scene.argocd.application('scaled'))?.status?.health?.status;
      await scene.cluster.programs.until('the autoscaler in the cluster', async () => {
        return (await scene.cluster.get('horizontalpodautoscaler', NAMESPACE, 'scaled')) !== undefined;
      });
      const patch = ['hpa', 'scaled', '-n', NAMESPACE, '--subresource=status', '--type=merge', '-p', STARVED];
      await scene.cluster.kubectl('patch', ...patch);
      await scene.cluster.programs.until('the autoscaler in want of metrics', async () => {
        return (await health()) === 'Degraded';
      });
      const run = await scene.verify({ application: 'scaled', commit, timeout: '20s' });
      expect(await health()).toBe('Degraded');
      expect(run.outputs.reason).toContain('it is Degraded');
      expect(run.outputs.verdict).toBe('unknown');
    },
    LONGEST,
  );

  test(
    'manifests of another branch that do not render: unknown, with the branch',
    async () => {
      const commit = await scene.push(release('branched', 'v1'));
      await scene.gitops.commit('broken', { 'branched/kustomization.yaml': 'resources: [missing.yaml]\n' });
      const { cloneUrl: repoURL } = scene.gitops;
      await scene.apply('branched', { source: { repoURL, targetRevision: 'broken', path: 'branched' } });
      const run = await scene.verify({ application: 'branched', commit, timeout: '15s' });
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toMatch(
        /it follows broken, which is not known to have the commit; .*missing/,
      );
    },
    LONGEST,
  );

  test(
    'all signs are green, but of a controller that is dead: unknown, also with another destination',
    async () => {
      const commit = await scene.push(release('dead', 'v1'));
      await scene.apply('dead');
      expect((await scene.verify({ application: 'dead', commit })).outputs.verdict).toBe('healthy');
      await scene.cluster.programs.stop('argocd-application-controller');
      await scene.cluster.kubectl('delete', 'deployment', 'dead', '-n', NAMESPACE);
      const run = await scene.verify({ application: 'dead', commit, timeout: '8s' });
      const elsewhere = JSON.stringify({ spec: { destination: { namespace: 'elsewhere' } } });
      const patch = ['applications.argoproj.io', 'dead', '-n', 'argocd', '--type=merge', '-p', elsewhere];
      await scene.cluster.kubectl('patch', ...patch);
      const moved = await scene.verify({ application: 'dead', commit, timeout: '5s' });
      await scene.cluster.programs.restart('argocd-application-controller');
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toContain(
        `Synced and Healthy at ${commit.slice(0, 7)}, but Argo CD has not looked since it was asked to`,
      );
      expect(moved.outputs.verdict).toBe('unknown');
      expect(moved.outputs.reason).toContain('but it was changed since then');
    },
    LONGEST,
  );
});
