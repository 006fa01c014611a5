import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { countedApi } from './counted-api.ts';
import { describeOn } from './suite.ts';
import {
  type ArgoCdScene,
  applicationSpec,
  argoCdScene,
  ENGINES,
  LONGEST,
  NAMESPACE,
  release,
} from './verify-argocd-scene.ts';
import { deployment } from './workloads.ts';

const TWENTY = Array.from({ length: 20 }, (_, index) => `part-${index}`);
const all = (tag: string, names = TWENTY) => Object.assign({}, ...names.map((name) => release(name, tag)));

describeOn(ENGINES, 'verify-deployment looks at more than one thing at Argo CD', () => {
  let scene: ArgoCdScene;
  const child = (name: string, spec: object = {}) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd' },
    spec: { ...applicationSpec(scene.gitops, name), ...spec },
  });
  beforeAll(async () => {
    scene = await argoCdScene();
  }, LONGEST);
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  test(
    'an Application of several sources: the one of the GitOps repository decides',
    async () => {
      const charts = await scene.github.createRepository('acme/base', {
        files: { 'base/api.json': JSON.stringify(deployment(NAMESPACE, 'api', 'ghcr.io/acme/api:v1')) },
      });
      await scene.push(release('web', 'v1'));
      const source = (repoURL: string, path: string) => ({ repoURL, targetRevision: 'main', path });
      const sources = [source(charts.cloneUrl, 'base'), source(scene.gitops.cloneUrl, 'web')];
      const { source: _, ...spec } = applicationSpec(scene.gitops, 'web') as { source: object };
      await scene.cluster.apply({ ...child('both'), spec: { ...spec, sources } });
      const commit = await scene.push(release('web', 'v2'));
      const run = await scene.verify({ application: 'both', commit });
      expect(run.outputs.verdict).toBe('healthy');
      expect(run.outputs.commit).toBe(`${await charts.head('main')}, ${commit}`);
      const compared = run.requests.filter(({ route }) => route.includes('/compare/'));
      expect(compared.map(({ path }) => path).join()).not.toContain(await charts.head('main'));
      const broken = await scene.push(release('web', 'v3-crash-loop'));
      expect((await scene.verify({ application: 'both', commit: broken })).outputs.verdict).toBe('degraded');
    },
    LONGEST,
  );

  test(
    'Applications that an Application brings: they are waited for too, new ones as well',
    async () => {
      await scene.push({ ...release('one', 'v1'), 'parent/one.yaml': child('one') });
      await scene.apply('parent', {
        destination: { server: 'https://kubernetes.default.svc', namespace: 'argocd' },
      });
      const first = await scene.verify({ application: 'parent', commit: await scene.gitops.head('main') });
      expect(first.outputs.verdict).toBe('healthy');
      expect(first.stdout).toContain('Application one in namespace argocd: Synced and Healthy');
      const commit = await scene.push({
        ...release('two', 'v1-crash-loop'),
        'parent/two.yaml': child('two', {
          destination: { server: 'https://kubernetes.default.svc', namespace: NAMESPACE },
        }),
      });
      const run = await scene.verify({ application: 'parent', commit });
      expect(run.outputs.verdict).toBe('degraded');
      expect(run.outputs.reason).toMatch(/^The Application two in namespace argocd: it is Degraded/);
      expect((await scene.argocd.application('parent'))?.status?.health?.status).toBe('Healthy');
    },
    LONGEST,
  );

  test(
    'one that is brought from elsewhere needs no commit, but must be healthy as it stands now',
    async () => {
      const elsewhere = await scene.github.createRepository('acme/third', {
        files: { 'app/web.json': JSON.stringify(deployment(NAMESPACE, 'third', 'ghcr.io/acme/third:v1')) },
      });
      const source = { repoURL: elsewhere.cloneUrl, targetRevision: 'main', path: 'app' };
      await scene.push({ 'parent/two.yaml': null, 'parent/third.yaml': child('third', { source }) });
      const commit = await scene.push(release('one', 'v2'));
      const run = await scene.verify({ application: 'parent', commit, images: 'ghcr.io/acme/one:v2' });
      expect(run.outputs.verdict).toBe('healthy');
      expect(run.stdout).toContain('Application third in namespace argocd: Synced and Healthy');
    },
    LONGEST,
  );

  test(
    'twenty Applications by their label: one list a look, and all of them in one and the same look',
    async () => {
      await scene.push(all('v1'));
      const applications = TWENTY.map((name) => {
        const one = child(name);
        return { ...one, metadata: { ...one.metadata, labels: { 'app.kubernetes.io/part-of': 'shop' } } };
      });
      await scene.cluster.apply(...applications);
      const commit = await scene.push(all('v2'));
      await using api = await countedApi(scene.cluster);
      const inputs = { application: 'app.kubernetes.io/part-of=shop', commit, kubeconfig: api.kubeconfig };
      const run = await scene.verify(inputs);
      expect(run.outputs).toMatchObject({ verdict: 'healthy', reason: '', commit });
      const lists = api.requests().filter((line) => /applications\?labelSelector=[^&]*$/.test(line));
      expect(lists.length).toBeGreaterThan(1);
      expect(lists.length).toBeLessThan(40);
      expect(api.requests().filter((line) => /watch=true/.test(line))).toHaveLength(1);
      const rest = api.requests().filter((line) => !/labelSelector/.test(line));
      // A read and a patch of each, to ask Argo CD to look.
      expect(rest.filter((line) => line.startsWith('PATCH '))).toHaveLength(TWENTY.length);
      expect(rest.length).toBeLessThanOrEqual(2 * TWENTY.length + 2);
      const images = await scene.cluster.list<{
        spec: { template: { spec: { containers: { image: string }[] } } };
      }>('deployment', NAMESPACE);
      const running = images.map(({ spec }) => spec.template.spec.containers[0]?.image ?? '');
      expect(running.filter((image) => image.includes('/part-') && image.endsWith(':v2'))).toHaveLength(
        TWENTY.length,
      );
    },
    LONGEST,
  );

  test(
    'one of twenty that fails is named',
    async () => {
      const commit = await scene.push({ ...all('v3'), ...release('part-7', 'v3-crash-loop') });
      const run = await scene.verify({ application: 'app.kubernetes.io/part-of=shop', commit });
      expect(run.outputs.verdict).toBe('degraded');
      expect(run.outputs.reason).toMatch(/^The Application part-7 in namespace argocd: it is Degraded/);
      expect(run.outputs.reason).toContain('Pod part-7-');
    },
    LONGEST,
  );

  test(
    'a label that nothing has: unknown, no workload found',
    async () => {
      const commit = await scene.gitops.head('main');
      const run = await scene.verify({ application: 'team in (nobody)', commit, timeout: '3s' });
      expect(run.exitCode).toBe(1);
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toContain('no workload found');
    },
    LONGEST,
  );
});
