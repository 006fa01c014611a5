import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from './suite.ts';
import { testNothingLeft } from './verify-argocd-left.ts';
import {
  type ArgoCdScene,
  argoCdScene,
  ENGINES,
  LONGEST,
  NAMESPACE,
  release,
} from './verify-argocd-scene.ts';
import { describeSuperseded } from './verify-argocd-superseded.ts';

describeOn(ENGINES, 'verify-deployment asks Argo CD', () => {
  let scene: ArgoCdScene;
  const runningImage = async () => {
    const live = await scene.cluster.get<{
      spec: { template: { spec: { containers: { image: string }[] } } };
    }>('deployment', NAMESPACE, 'web');
    return live?.spec.template.spec.containers[0]?.image;
  };
  beforeAll(async () => {
    scene = await argoCdScene();
    await scene.push(release('web', 'v1'));
    await scene.apply('web');
  }, LONGEST);
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  test(
    'healthy once the commit runs: it is asked to look, and the pods are of that commit',
    async () => {
      const commit = await scene.push(release('web', 'v2'));
      const run = await scene.verify({
        application: 'web',
        commit,
        images: 'ghcr.io/acme/web:v2',
        environment: 'production',
        'environment-url': 'https://shop.example.com',
      });
      expect(run.annotations).toEqual([]);
      expect(run.outputs).toMatchObject({ verdict: 'healthy', reason: '', commit, 'smoke-results': '[]' });
      expect(run.exitCode).toBe(0);
      expect(await runningImage()).toBe('ghcr.io/acme/web:v2');
      expect(scene.shop.deployments()).toMatchObject([
        {
          environment: 'production',
          task: 'deploy',
          statuses: [{ state: 'success' }, { state: 'in_progress' }],
        },
      ]);
      expect(run.outputs.deployment).toBe(String(scene.shop.deployments()[0]?.id));
    },
    LONGEST,
  );

  test.each([
    ['v3-crash-loop', 'CrashLoopBackOff'],
    ['v4-image-pull', 'ImagePullBackOff'],
  ])(
    'pods of %s do not start: degraded, with what they say, while those before run on',
    async (tag, state) => {
      const commit = await scene.push(release('web', tag));
      const run = await scene.verify({ application: 'web', commit, environment: 'production' });
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({ verdict: 'degraded', commit });
      expect(run.outputs.reason).toMatch(/^The Application web in namespace argocd: it is Degraded/);
      expect(run.outputs.reason).toContain(state);
      expect(run.summary).toContain(state);
      expect(run.annotations).toMatchObject([
        {
          level: 'error',
          message: expect.stringContaining('Roll it back with rollback-release, or land a fix.'),
        },
      ]);
      expect(scene.shop.deployments().at(-1)?.statuses[0]).toMatchObject({ state: 'failure' });
      expect(await runningImage()).toBe(`ghcr.io/acme/web:${tag}`);
      expect((await scene.argocd.application('web'))?.status?.health?.status).toBe('Degraded');
    },
    LONGEST,
  );

  test(
    'manifests that do not render: degraded, although Argo CD still calls it healthy or degraded as before',
    async () => {
      const commit = await scene.push({ 'web/kustomization.yaml': 'resources: [missing.yaml]\n' });
      const run = await scene.verify({ application: 'web', commit });
      expect(run.outputs.verdict).toBe('degraded');
      expect(run.outputs.reason).toMatch(/ComparisonError: .*missing\.yaml/);
      await scene.push({ 'web/kustomization.yaml': null, ...release('web', 'v5') });
    },
    LONGEST,
  );

  test(
    'a later commit of somebody else counts too, and only new revisions are asked about',
    async () => {
      const commit = await scene.push(release('web', 'v6'));
      const later = await scene.push({ 'other/note.txt': 'x' });
      const run = await scene.verify({ application: 'web', commit });
      expect(run.outputs).toMatchObject({ verdict: 'healthy', commit: later });
      expect(await runningImage()).toBe('ghcr.io/acme/web:v6');
      const compared = run.requests.filter(({ route }) => route.includes('/compare/'));
      expect(compared.length).toBeLessThanOrEqual(4);
    },
    LONGEST,
  );

  test(
    'by git, without the API of GitHub: the same',
    async () => {
      const commit = await scene.push(release('web', 'v7'));
      await scene.push({ 'other/note.txt': 'y' });
      const git = { transport: 'git', repository: scene.gitops.cloneUrl };
      const run = await scene.verify({ application: 'web', commit, ...git });
      expect(run.outputs.verdict).toBe('healthy');
      expect(run.requests).toEqual([]);
      const unknown = await scene.verify({ application: 'web', commit: 'c'.repeat(40), ...git });
      expect(unknown.outputs.reason).toContain(`"${'c'.repeat(40)}" is not in `);
    },
    LONGEST,
  );

  test(
    'the commit is there already: Argo CD says so once more, and nothing of the Application is changed',
    async () => {
      const before = await scene.cluster.get('applications.argoproj.io', 'argocd', 'web');
      const commit = await scene.gitops.head('main');
      const run = await scene.verify({ application: 'web', commit });
      expect(run.outputs.verdict).toBe('healthy');
      expect(run.ms).toBeLessThan(10_000);
      const after = await scene.cluster.get('applications.argoproj.io', 'argocd', 'web');
      expect(after?.spec).toEqual(before?.spec);
    },
    LONGEST,
  );

  test(
    'another image than the expected one is never healthy',
    async () => {
      const commit = await scene.gitops.head('main');
      const images = 'ghcr.io/acme/web:v8\nghcr.io/acme/api:v8';
      const run = await scene.verify({ application: 'web', commit, images, timeout: '4s' });
      expect(run.exitCode).toBe(1);
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toContain('but it still runs ghcr.io/acme/web:v7');
    },
    LONGEST,
  );

  test(
    'names that are not there: what is near, and what there is',
    async () => {
      const commit = await scene.gitops.head('main');
      const run = await scene.verify({ application: 'wbe', commit, environment: 'production' });
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({
        verdict: 'unknown',
        reason:
          'There is no Application "wbe" in namespace argocd; did you mean "web"? There are: web. Look at the inputs "application" and "namespace".',
      });
      expect(scene.shop.deployments().at(-1)?.statuses[0]).toMatchObject({ state: 'error' });
    },
    LONGEST,
  );

  test(
    'a right that is missing is named',
    async () => {
      const commit = await scene.gitops.head('main');
      const run = await scene.verify({ application: 'web', namespace: 'kube-system', commit });
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toMatch(
        /cannot get resource "applications".*"kube-system".*Give that right to the account of the kubeconfig\./,
      );
    },
    LONGEST,
  );

  test(
    'a commit that the repository does not have is told before anything is waited for',
    async () => {
      const run = await scene.verify({ application: 'web', commit: 'c'.repeat(40) });
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toContain(`"${'c'.repeat(40)}" is not in acme/gitops`);
      expect(run.ms).toBeLessThan(10_000);
    },
    LONGEST,
  );

  test(
    'no cluster is named: unknown, and what to set',
    async () => {
      const commit = await scene.gitops.head('main');
      const run = await scene.verify({ application: 'web', commit, kubeconfig: '' });
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toContain('No cluster is configured: set the input "kubeconfig"');
    },
    LONGEST,
  );

  testNothingLeft(() => scene);

  describeSuperseded(() => scene);
});
