import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from './suite.ts';
import { ENGINES, type FluxScene, fluxScene, LONGEST, NAMESPACE } from './verify-flux-scene.ts';
import { deployment } from './workloads.ts';

const RELEASES = 'helmreleases.helm.toolkit.fluxcd.io';
const requested = 'reconcile.fluxcd.io/requestedAt';

/** As much of the kind as Kustomizations apply; helm-controller itself cannot be built. */
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: RELEASES },
  spec: {
    group: 'helm.toolkit.fluxcd.io',
    scope: 'Namespaced',
    names: {
      kind: 'HelmRelease',
      listKind: 'HelmReleaseList',
      plural: 'helmreleases',
      singular: 'helmrelease',
    },
    versions: [
      {
        name: 'v2',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
              status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
            },
          },
        },
      },
    ],
  },
};
const manifest = (tag: string) => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: { name: 'web', namespace: 'flux-system' },
  spec: { targetNamespace: NAMESPACE, values: { image: { tag } } },
});
/** As helm-controller labels what it installs. */
const installed = (tag: string) => {
  const object = deployment(NAMESPACE, 'web', `ghcr.io/acme/web:${tag}`);
  const labels = { 'helm.toolkit.fluxcd.io/name': 'web', 'helm.toolkit.fluxcd.io/namespace': 'flux-system' };
  return { ...object, metadata: { ...object.metadata, labels } };
};

describeOn(ENGINES, 'verify-deployment asks a HelmRelease, its controller played by the test', () => {
  let scene: FluxScene;
  const live = async () => await scene.cluster.get(RELEASES, 'flux-system', 'web');
  const setStatus = async (conditions: readonly object[]) => {
    const metadata = (await live())?.metadata;
    const status = {
      observedGeneration: metadata?.generation ?? 0,
      lastHandledReconcileAt: metadata?.annotations?.[requested] ?? null,
      conditions,
    };
    await scene.cluster.kubectl(
      ...['patch', RELEASES, 'web', '-n', 'flux-system', '--subresource=status'],
      ...['--type=merge', '--patch', JSON.stringify({ status })],
    );
  };
  const ready = (status: string, reason: string, message: string) => ({
    type: 'Ready',
    status,
    reason,
    message,
  });
  /** The new values are there, and the request to look at them. */
  const untilAsked = (tag: string) =>
    scene.cluster.programs.until('the request', async () => {
      const object = await live();
      const { values } = (object?.spec ?? {}) as { values?: { image: { tag: string } } };
      return values?.image.tag === tag && object?.metadata.annotations?.[requested] !== undefined;
    });
  beforeAll(async () => {
    scene = await fluxScene();
    await scene.cluster.apply(definition);
    await scene.push({ 'apps/web.yaml': manifest('v1') });
    await scene.flux.reconcileSource('gitops');
    await scene.apply('apps', { wait: false, retryInterval: '2s' });
    await scene.cluster.apply(installed('v1'));
    await scene.cluster.programs.until('the release', async () => (await live()) !== undefined);
    await setStatus([ready('True', 'InstallSucceeded', 'installed')]);
  }, LONGEST);
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  test(
    'its word counts once it has looked at what its Kustomization applied',
    async () => {
      const commit = await scene.push({ 'apps/web.yaml': manifest('v2') });
      const inputs = { application: 'helmrelease/web', commit, images: 'ghcr.io/acme/web:v2' };
      const running = scene.verify(inputs);
      await untilAsked('v2');
      await scene.cluster.apply(installed('v2'));
      await setStatus([ready('True', 'UpgradeSucceeded', 'upgraded')]);
      const run = await running;
      expect(run.outputs).toMatchObject({ verdict: 'healthy', reason: '', commit });
      expect((await scene.cluster.get('deployment', NAMESPACE, 'web'))?.status).toMatchObject({
        readyReplicas: 1,
      });
    },
    LONGEST,
  );

  test(
    'Ready of before, although the commit is applied: never healthy',
    async () => {
      const commit = await scene.push({ 'apps/web.yaml': manifest('v3') });
      const run = await scene.verify({ application: 'helmrelease/web', commit, timeout: '6s' });
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toContain(
        'it was changed and is not looked at anew: UpgradeSucceeded: upgraded',
      );
    },
    LONGEST,
  );

  test(
    'an upgrade that failed and is tried again is no verdict, one that is not tried again is degraded',
    async () => {
      const commit = await scene.push({ 'apps/web.yaml': manifest('v4') });
      const first = scene.verify({ application: 'helmrelease/web', commit, timeout: '10s' });
      await untilAsked('v4');
      const failed = ready('False', 'UpgradeFailed', 'timed out waiting for the condition');
      await setStatus([failed]);
      expect((await first).outputs.verdict).toBe('unknown');
      const running = scene.verify({ application: 'helmrelease/web', commit });
      const before = (await live())?.metadata.annotations?.[requested];
      await scene.cluster.programs.until('a new request', async () => {
        return (await live())?.metadata.annotations?.[requested] !== before;
      });
      await setStatus([
        failed,
        { type: 'Stalled', status: 'True', reason: 'RetriesExceeded', message: 'gave up' },
      ]);
      const run = await running;
      expect(run.exitCode).toBe(1);
      expect(run.outputs.verdict).toBe('degraded');
      expect(run.outputs.reason).toContain(
        'The HelmRelease web in namespace flux-system: RetriesExceeded: gave up.',
      );
      expect(run.outputs.reason).toContain('UpgradeFailed: timed out waiting for the condition');
    },
    LONGEST,
  );

  test(
    'one that no Kustomization carries has no commit: unknown',
    async () => {
      const own = manifest('v1');
      await scene.cluster.apply({ ...own, metadata: { ...own.metadata, name: 'own' } });
      const run = await scene.verify({
        application: 'helmrelease/own',
        commit: await scene.gitops.head('main'),
      });
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toContain(
        'no Kustomization carries it, so nothing says at which commit it is',
      );
    },
    LONGEST,
  );
});
