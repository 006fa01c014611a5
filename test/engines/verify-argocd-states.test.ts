import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listen } from './listen.ts';
import { describeOn } from './suite.ts';
import {
  type ArgoCdScene,
  argoCdScene,
  ENGINES,
  LONGEST,
  NAMESPACE,
  release,
} from './verify-argocd-scene.ts';
import { deployment, job } from './workloads.ts';

/** By default a sync that failed is tried five more times, which takes minutes. */
const ONCE = { syncPolicy: { automated: {}, retry: { limit: 0 } } };
const MANUAL = { syncPolicy: { automated: { enabled: false } } };

describeOn(ENGINES, 'verify-deployment is in doubt about an Application', () => {
  let scene: ArgoCdScene;
  const head = () => scene.gitops.head('main');
  beforeAll(async () => {
    scene = await argoCdScene();
  }, LONGEST);
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  test(
    'the revision before stays synced and healthy, because nobody syncs: unknown, with the hint',
    async () => {
      await scene.push(release('manual', 'v1'));
      await scene.apply('manual');
      expect((await scene.verify({ application: 'manual', commit: await head() })).outputs.verdict).toBe(
        'healthy',
      );
      const old = await head();
      await scene.apply('manual', MANUAL);
      const commit = await scene.push(release('manual', 'v2'));
      const run = await scene.verify({ application: 'manual', commit, timeout: '6s' });
      expect(run.exitCode).toBe(1);
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toMatch(
        /^The Application manual in namespace argocd was not healthy after 6s: OutOfSync and Healthy at \w{7}; it does not sync by itself\.$/,
      );
      expect(run.outputs.commit).toBe(old);
    },
    LONGEST,
  );

  test(
    'something in it is suspended: unknown, with how to go on',
    async () => {
      const manifest = deployment(NAMESPACE, 'paused', 'ghcr.io/acme/paused:v1');
      const commit = await scene.push({
        'paused/deployment.yaml': { ...manifest, spec: { ...manifest.spec, paused: true } },
      });
      await scene.apply('paused');
      const run = await scene.verify({ application: 'paused', commit, timeout: '6s' });
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toMatch(
        /Synced and Suspended at \w{7}; something waits to be promoted or resumed, such as a Rollout/,
      );
      expect((await scene.argocd.application('paused'))?.status?.health?.status).toBe('Suspended');
    },
    LONGEST,
  );

  test(
    'nothing in it runs containers: never healthy',
    async () => {
      const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: 'b' } };
      const commit = await scene.push({ 'settings/map.yaml': map });
      await scene.apply('settings');
      const run = await scene.verify({ application: 'settings', commit });
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({ verdict: 'unknown', commit });
      expect(run.outputs.reason).toContain('no workload found: nothing that it brings runs containers');
      expect((await scene.argocd.application('settings'))?.status?.health?.status).toBe('Healthy');
    },
    LONGEST,
  );

  test(
    'an empty folder: never healthy',
    async () => {
      const commit = await scene.push({ 'empty/kustomization.yaml': 'resources: []\n' });
      await scene.apply('empty');
      const run = await scene.verify({ application: 'empty', commit, timeout: '8s' });
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toContain('it brings nothing into the cluster; look at its path');
    },
    LONGEST,
  );

  test(
    'it is deleted while it is waited for: unknown',
    async () => {
      const commit = await scene.push(release('gone', 'v1-never-ready'));
      await scene.apply('gone');
      const { ended, said } = listen((onStdout) =>
        scene.verify({ application: 'gone', commit }, { onStdout }),
      );
      await scene.cluster.programs.until('the release in the cluster', async () => {
        return (await scene.argocd.application('gone'))?.status?.sync?.revision === commit;
      });
      await said('Application gone in namespace argocd: ');
      await scene.cluster.kubectl('delete', 'applications.argoproj.io', 'gone', '-n', 'argocd');
      const run = await ended;
      expect(run.outputs).toMatchObject({
        verdict: 'unknown',
        reason: 'The Application gone in namespace argocd: it was deleted meanwhile.',
      });
    },
    LONGEST,
  );

  test(
    'a sync that fails, by a manifest that the API server refuses: degraded',
    async () => {
      const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'Not_A_Name' } };
      const commit = await scene.push({ 'refused/map.yaml': map, ...release('refused', 'v1') });
      await scene.apply('refused', ONCE);
      const run = await scene.verify({ application: 'refused', commit });
      expect(run.outputs.verdict).toBe('degraded');
      expect(run.outputs.reason).toMatch(/^The Application refused in namespace argocd: the sync failed: /);
      expect(run.outputs.reason).toContain('Not_A_Name');
    },
    LONGEST,
  );

  test(
    'a hook that fails: degraded, and what it is called',
    async () => {
      const hook = job(NAMESPACE, 'migrate', 'ghcr.io/acme/migrate:v1-failed') as { metadata: object };
      const annotations = { 'argocd.argoproj.io/hook': 'PreSync' };
      const commit = await scene.push({
        'hooked/hook.yaml': { ...hook, metadata: { ...hook.metadata, annotations } },
        ...release('hooked', 'v1'),
      });
      await scene.apply('hooked', ONCE);
      const run = await scene.verify({ application: 'hooked', commit });
      expect(run.outputs.verdict).toBe('degraded');
      expect(run.outputs.reason).toContain('the sync of Job migrate failed');
      expect(await scene.cluster.get('deployment', NAMESPACE, 'hooked')).toBeUndefined();
    },
    LONGEST,
  );

  test(
    'a sync that failed and is tried again is no verdict yet',
    async () => {
      const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'Not_A_Name' } };
      const commit = await scene.push({ 'retried/map.yaml': map, ...release('retried', 'v1') });
      await scene.apply('retried');
      const run = await scene.verify({ application: 'retried', commit, timeout: '6s' });
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toMatch(
        /OutOfSync and Missing at \w{7}; its sync failed and is tried again: one or more objects failed to apply/,
      );
      expect(run.outputs.reason).toContain('Not_A_Name');
    },
    LONGEST,
  );

  test(
    'the project does not allow it, which no release can mend: unknown',
    async () => {
      const commit = await scene.push(release('foreign', 'v1'));
      await scene.apply('foreign', { project: 'missing' });
      const run = await scene.verify({ application: 'foreign', commit, timeout: '6s' });
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toMatch(/project missing which does not exist/);
    },
    LONGEST,
  );

  test(
    'its repository server is down: unknown, for that is not the fault of the release',
    async () => {
      await scene.push(release('manual', 'v3'));
      await scene.apply('manual');
      await scene.cluster.programs.stop('argocd-repo-server');
      const commit = await scene.push(release('manual', 'v4-crash-loop'));
      const run = await scene.verify({ application: 'manual', commit, timeout: '8s' });
      await scene.cluster.programs.restart('argocd-repo-server');
      expect(run.outputs.verdict).toBe('unknown');
      const after = await scene.push(release('manual', 'v5'));
      expect((await scene.verify({ application: 'manual', commit: after })).outputs.verdict).toBe('healthy');
    },
    LONGEST,
  );

  test(
    'its controller is down: unknown, and that nobody has looked',
    async () => {
      await scene.cluster.programs.stop('argocd-application-controller');
      const commit = await scene.push(release('manual', 'v6'));
      const run = await scene.verify({ application: 'manual', commit, timeout: '25s' });
      await scene.cluster.programs.restart('argocd-application-controller');
      expect(run.exitCode).toBe(1);
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toMatch(
        /Argo CD has not looked since it was asked to 2\ds ago, so look whether its application controller runs/,
      );
      expect((await scene.verify({ application: 'manual', commit })).outputs.verdict).toBe('healthy');
    },
    LONGEST,
  );
});
