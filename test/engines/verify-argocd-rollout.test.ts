import { type Rollouts, startRollouts } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from './suite.ts';
import { type ArgoCdScene, argoCdScene, ENGINES, LONGEST, NAMESPACE } from './verify-argocd-scene.ts';
import { deployment } from './workloads.ts';

/** A canary that stops half way until somebody promotes it. */
const canary = (tag: string) => {
  const { metadata, spec } = deployment(NAMESPACE, 'canary', `ghcr.io/acme/canary:${tag}`);
  // The controller takes out what is empty, which would be a difference for ever.
  const template = { ...spec.template, metadata: { labels: spec.template.metadata.labels } };
  const strategy = { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } };
  return {
    'canary/rollout.yaml': {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata,
      spec: { ...spec, template, replicas: 2, strategy },
    },
  };
};

/** The role `view` knows nothing of them. */
const readsRollouts = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'rollouts', namespace: NAMESPACE },
    rules: [{ apiGroups: ['argoproj.io'], resources: ['rollouts'], verbs: ['get'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'rollouts', namespace: NAMESPACE },
    subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'deployer' }],
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'rollouts' },
  },
];

describeOn([...ENGINES, 'rollouts'], 'verify-deployment asks Argo CD about a canary', () => {
  let scene: ArgoCdScene;
  let rollouts: Rollouts;
  beforeAll(async () => {
    scene = await argoCdScene();
    rollouts = await startRollouts(scene.cluster);
    await scene.cluster.apply(...readsRollouts);
    await scene.push(canary('v1'));
    await scene.apply('canary');
  }, LONGEST);
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  test(
    'paused: unknown, with how to promote it; never healthy, although it is synced',
    async () => {
      const first = await scene.gitops.head('main');
      const before = await scene.verify({ application: 'canary', commit: first });
      expect(before.outputs).toMatchObject({ verdict: 'healthy', reason: '' });
      const commit = await scene.push(canary('v2'));
      const run = await scene.verify({ application: 'canary', commit, timeout: '8s' });
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({ verdict: 'unknown', commit });
      expect(run.outputs.reason).toMatch(
        /Synced and Suspended at \w{7}; something waits to be promoted or resumed, such as a Rollout \("kubectl argo rollouts promote"\)/,
      );
      expect((await rollouts.rollout(NAMESPACE, 'canary'))?.status?.phase).toBe('Paused');
    },
    LONGEST,
  );

  test(
    'promoted while it is waited for: healthy',
    async () => {
      const commit = await scene.gitops.head('main');
      const running = scene.verify({ application: 'canary', commit, images: 'ghcr.io/acme/canary:v2' });
      await new Promise((resolve) => setTimeout(resolve, 2000));
      await rollouts.plugin('promote', 'canary', '-n', NAMESPACE);
      expect((await running).outputs).toMatchObject({ verdict: 'healthy', commit });
    },
    LONGEST,
  );

  test(
    'aborted: degraded, with the reason, although the manifests are synced',
    async () => {
      const commit = await scene.push(canary('v3'));
      const running = scene.verify({ application: 'canary', commit });
      await scene.cluster.programs.until('the canary', async () =>
        JSON.stringify(await rollouts.rollout(NAMESPACE, 'canary')).includes('canary:v3'),
      );
      await rollouts.settled(NAMESPACE, 'canary', 'Paused');
      await rollouts.plugin('abort', 'canary', '-n', NAMESPACE);
      const run = await running;
      expect(run.outputs.verdict).toBe('degraded');
      expect(run.outputs.reason).toMatch(/^The Application canary in namespace argocd: it is Degraded/);
      expect(run.outputs.reason).toMatch(/^Rollout canary is Degraded \(RolloutAborted: /m);
      expect((await rollouts.rollout(NAMESPACE, 'canary'))?.status).toMatchObject({ abort: true });
    },
    LONGEST,
  );
});
