import { type Cluster, type Flux, startCluster, startFlux } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type GitOpsStage, gitopsStage, sampleObjects, viewer } from './gitops-stage.ts';
import { describeOn } from './suite.ts';

interface Deployment {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly object[] } } };
}

/** Of one test; milliseconds. */
const LONGEST = 180_000;
const NAME = 'pr-1-web';
const image = (tag: string) => `ghcr.io/acme/web:${tag}`;
const metadata = (name: string) => ({ name, namespace: 'flux-system' });

describeOn(['kubernetes', 'kwok', 'flux'], 'previews that Flux applies, its source a stand-in', () => {
  let scene: GitOpsStage;
  let cluster: Cluster;
  let flux: Flux;
  let runId = 100;
  /** By a later run than all before. */
  const deploy = (tag: string, inputs: Record<string, string> = {}) =>
    scene.deploy({ image: image(tag), ...inputs }, { runId: ++runId, timeout: LONGEST });
  const running = async () =>
    (await cluster.get<Deployment & object>('deployment', 'previews', NAME))?.spec.template.spec
      .containers[0];
  const state = () => scene.shop.deployments().map(({ statuses }) => statuses[0]?.state);

  beforeAll(async () => {
    scene = await gitopsStage(() => cluster, 'preview-flux', { controller: 'flux' });
    cluster = await startCluster();
    flux = await startFlux(cluster);
    const { gitops, token } = scene;
    await cluster.createNamespace('previews');
    await cluster.apply(
      viewer('previews'),
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: metadata('login'),
        stringData: { username: 'git', password: token },
      },
      {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        metadata: metadata('gitops'),
        spec: {
          url: gitops.cloneUrl,
          interval: '10m',
          ref: { branch: 'main' },
          secretRef: { name: 'login' },
        },
      },
      ...(await sampleObjects('flux/previews.yaml', gitops)),
      ...(await sampleObjects('flux/previews-access.yaml', gitops)),
    );
  }, 120_000);
  afterAll(async () => {
    await flux?.close();
    await cluster?.close();
    await scene?.[Symbol.asyncDispose]();
  });

  test(
    'is ready once its Kustomization has applied the commit and all of it is healthy',
    async () => {
      const run = await deploy('v1');
      expect(run.annotations).toEqual([]);
      expect(run.outputs).toMatchObject({ status: 'ready', url: `https://${NAME}.preview.shop.test` });
      expect(await running()).toMatchObject({ image: image('v1') });
      const { status } = (await flux.kustomization(NAME)) ?? {};
      expect(status?.lastAppliedRevision).toBe(`main@sha1:${await scene.gitops.head('main')}`);
      expect(state()).toEqual(['success']);
    },
    LONGEST,
  );

  test(
    'a new head is ready when it runs, not when the one before it does',
    async () => {
      const run = await deploy('v2');
      expect(run.outputs.status).toBe('ready');
      expect(await running()).toMatchObject({ image: image('v2') });
    },
    LONGEST,
  );

  test(
    'pods that do not start: failed, with what Flux and the pods say',
    async () => {
      const run = await deploy('v3-crash-loop');
      expect(run.outputs.status).toBe('failed');
      expect(run.outputs.reason).toMatch(
        /^The Kustomization pr-1-web in namespace flux-system: HealthCheckFailed: health check failed after 30\..*Deployment\/previews\/pr-1-web.*\. Its files are in previews\/pr-1-web in acme\/gitops@main\.$/m,
      );
      expect(run.outputs.reason).toContain('CrashLoopBackOff');
      expect(state().at(-1)).toBe('failure');
    },
    LONGEST,
  );

  test(
    'mended, it is ready again',
    async () => {
      expect((await deploy('v4')).outputs.status).toBe('ready');
    },
    LONGEST,
  );

  test(
    'a suspended Kustomization is refused before anything is written',
    async () => {
      const patch = (suspend: boolean) =>
        cluster.kubectl(
          ...['patch', 'kustomizations.kustomize.toolkit.fluxcd.io', NAME, '-n', 'flux-system'],
          ...['--type=merge', '--patch', JSON.stringify({ spec: { suspend } })],
        );
      await patch(true);
      const before = await scene.gitops.head('main');
      const run = await deploy('v5');
      await patch(false);
      expect(run.outputs.reason).toContain(
        'The Kustomization pr-1-web in namespace flux-system is suspended, so it applies nothing; resume it with "flux resume kustomization"; nothing was written.',
      );
      expect(await scene.gitops.head('main')).toBe(before);
    },
    LONGEST,
  );

  test(
    'one that waits for nothing proves nothing, and is refused',
    async () => {
      const run = await deploy('v5', { application: 'previews' });
      expect(run.outputs.reason).toContain(
        'The Kustomization previews in namespace flux-system does not wait for what it applies',
      );
    },
    LONGEST,
  );

  test(
    'one Kustomization for all previews, if it waits: it stays, and what it applied of this one goes',
    async () => {
      await cluster.kubectl(
        ...['patch', 'kustomizations.kustomize.toolkit.fluxcd.io', 'previews', '-n', 'flux-system'],
        ...['--type=merge', '--patch', JSON.stringify({ spec: { wait: true } })],
      );
      const shared = { service: 'api', application: 'previews', template: 'preview' };
      expect((await deploy('v5', shared)).outputs.status).toBe('ready');
      expect(await cluster.get('deployment', 'previews', 'pr-1-api')).toMatchObject({
        status: { readyReplicas: 1 },
      });
      scene.pull.setLabels(['no-preview']);
      const run = await deploy('v5', { ...shared, 'skip-labels': 'no-preview' });
      scene.pull.setLabels([]);
      expect(run.annotations).toMatchObject([{ level: 'notice' }]);
      expect(run.outputs.status).toBe('removed');
      expect(await cluster.get('deployment', 'previews', 'pr-1-api')).toBeUndefined();
      expect(await running()).toMatchObject({ image: image('v4') });
    },
    LONGEST,
  );

  test(
    'removed with the pull request: clean-up is done when the objects are gone',
    async () => {
      await scene.pull.close();
      const run = await scene.cleanUp({});
      expect(run.annotations).toEqual([]);
      expect(JSON.parse(run.outputs.removed ?? '')).toMatchObject([
        { name: NAME, reason: 'pull request 1 is closed' },
      ]);
      expect(await flux.kustomization(NAME)).toBeUndefined();
      expect(await running()).toBeUndefined();
      expect(await cluster.get('ingress', 'previews', NAME)).toBeUndefined();
      expect(new Set(state())).toEqual(new Set(['inactive']));
    },
    LONGEST,
  );
});
