import { type ArgoCd, type Cluster, startArgoCd, startCluster } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type GitOpsStage, gitopsStage, sampleObjects, serveIngresses, viewer } from './gitops-stage.ts';
import { describeOn } from './suite.ts';

interface Deployment {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly object[] } } };
}

/** Of one test; milliseconds. */
const LONGEST = 180_000;
const NAME = 'pr-1-web';
const image = (tag: string) => `ghcr.io/acme/web:${tag}`;

describeOn(['kubernetes', 'kwok', 'argocd', 'kustomize', 'helm3'], 'previews that Argo CD applies', () => {
  let scene: GitOpsStage;
  let cluster: Cluster;
  let argocd: ArgoCd;
  let serving: Disposable;
  let runId = 100;
  /** By a later run than all before. */
  const deploy = (tag: string, inputs: Record<string, string> = {}) =>
    scene.deploy({ image: image(tag), ...inputs }, { runId: ++runId, timeout: LONGEST });
  const running = async () =>
    (await cluster.get<Deployment & object>('deployment', 'previews', NAME))?.spec.template.spec
      .containers[0];
  const state = () => scene.shop.deployments().map(({ statuses }) => statuses[0]?.state);

  beforeAll(async () => {
    scene = await gitopsStage(() => cluster, 'preview', { controller: 'argocd' });
    cluster = await startCluster();
    const { gitops, token } = scene;
    argocd = await startArgoCd(cluster, { repositories: [{ url: gitops.cloneUrl, token }] });
    await cluster.createNamespace('previews');
    await cluster.createNamespace('pr-1-own');
    const set = await sampleObjects('argocd/previews.yaml', gitops);
    await cluster.apply(
      viewer('previews'),
      viewer('pr-1-own'),
      ...set,
      ...(await sampleObjects('argocd/previews-access.yaml', gitops)),
    );
    serving = serveIngresses(cluster, ['previews', 'pr-1-own']);
  }, 120_000);
  afterAll(async () => {
    serving?.[Symbol.dispose]();
    await cluster?.close();
    await scene?.[Symbol.asyncDispose]();
  }, LONGEST);

  test(
    'is ready once the Application says so of the commit',
    async () => {
      const run = await deploy('v1');
      expect(run.annotations).toEqual([]);
      expect(run.outputs).toMatchObject({ status: 'ready', url: `https://${NAME}.preview.shop.test` });
      expect(await running()).toMatchObject({ image: image('v1') });
      const { status } = (await argocd.application(NAME)) ?? {};
      expect(status).toMatchObject({ sync: { status: 'Synced', revision: await scene.gitops.head('main') } });
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
    'the same image again: nothing is synced, and that is enough',
    async () => {
      const run = await deploy('v2');
      expect(run.outputs.status).toBe('ready');
    },
    LONGEST,
  );

  test(
    'a commit of somebody else on top does not matter',
    async () => {
      const busy = setInterval(() => {
        scene.gitops.commit('main', { 'apps/other.yaml': `at: ${Date.now()}\n` }).catch(() => undefined);
      }, 1500);
      const run = await deploy('v3').finally(() => clearInterval(busy));
      expect(run.outputs.status).toBe('ready');
      expect(await running()).toMatchObject({ image: image('v3') });
    },
    LONGEST,
  );

  test(
    'pods that do not start: failed, with what Argo CD and the pods say',
    async () => {
      const run = await deploy('v4-image-pull', { timeout: '12s' });
      expect(run.exitCode).toBe(1);
      expect(run.outputs.status).toBe('failed');
      expect(run.outputs.reason).toMatch(
        /^The Application pr-1-web in namespace argocd was not ready after 12s: Synced and Progressing at [0-9a-f]{7}\. Its files are in previews\/pr-1-web in acme\/gitops@main\.$/m,
      );
      expect(run.outputs.reason).toContain('Pod pr-1-web-');
      expect(run.outputs.reason).toContain('ImagePullBackOff');
      expect(run.outputs.comment).toContain('ImagePullBackOff');
      expect(state().at(-1)).toBe('failure');
    },
    LONGEST,
  );

  test(
    'files that do not render: failed with the words of Argo CD, long before the time is over',
    async () => {
      const start = Date.now();
      const run = await deploy('v5', { template: 'broken', timeout: '2m' });
      expect(run.outputs.status).toBe('failed');
      expect(run.outputs.reason).toContain('ComparisonError');
      expect(Date.now() - start).toBeLessThan(60_000);
    },
    LONGEST,
  );

  test(
    'mended, it is ready again',
    async () => {
      expect((await deploy('v6')).outputs.status).toBe('ready');
    },
    LONGEST,
  );

  test(
    'an Application of something else is refused before anything is written',
    async () => {
      await cluster.apply({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: 'other', namespace: 'argocd' },
        spec: {
          project: 'default',
          source: { repoURL: scene.gitops.cloneUrl, path: 'apps/other', targetRevision: 'main' },
          destination: { server: 'https://kubernetes.default.svc', namespace: 'previews' },
        },
      });
      const before = await scene.gitops.head('main');
      const run = await deploy('v7', { application: 'other' });
      expect(run.outputs.reason).toContain('The Application other in namespace argocd brings apps/other of ');
      expect(await scene.gitops.head('main')).toBe(before);
    },
    LONGEST,
  );

  test(
    'without rights in the namespace of Argo CD it says which one is missing, and writes nothing',
    async () => {
      const before = await scene.gitops.head('main');
      const run = await deploy('v7', { 'controller-namespace': 'kube-system' });
      expect(run.exitCode).toBe(1);
      expect(run.outputs.reason).toMatch(/cannot get resource "applications".*"kube-system"/);
      expect(await scene.gitops.head('main')).toBe(before);
    },
    LONGEST,
  );

  test(
    'labelled away: it goes, and the namespace that Argo CD made for it is named',
    async () => {
      const own = { service: 'own', namespace: '{{name}}', 'skip-labels': 'no-preview' };
      expect((await deploy('v8', own)).outputs).toMatchObject({ status: 'ready', namespace: 'pr-1-own' });
      scene.pull.setLabels(['no-preview']);
      const run = await deploy('v8', own);
      scene.pull.setLabels([]);
      expect(run.exitCode).toBe(0);
      expect(run.outputs).toMatchObject({
        status: 'removed',
        reason:
          'Pull request 1 has the label "no-preview", which "skip-labels" names. Of the preview, the namespace pr-1-own stays, because Argo CD does not remove what CreateNamespace made.',
      });
      expect(await argocd.application('pr-1-own')).toBeUndefined();
      expect(await cluster.get('deployment', 'pr-1-own', 'pr-1-own')).toBeUndefined();
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
      expect(await argocd.application(NAME)).toBeUndefined();
      expect(await running()).toBeUndefined();
      expect(await cluster.get('ingress', 'previews', NAME)).toBeUndefined();
      expect(new Set(state())).toEqual(new Set(['inactive']));
    },
    LONGEST,
  );
});
