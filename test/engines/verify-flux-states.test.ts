import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from './suite.ts';
import { ENGINES, type FluxScene, fluxScene, LONGEST, release } from './verify-flux-scene.ts';

describeOn(ENGINES, 'verify-deployment is in doubt about a Kustomization, its source a stand-in', () => {
  let scene: FluxScene;
  const head = () => scene.gitops.head('main');
  beforeAll(async () => {
    scene = await fluxScene();
    await scene.push(release('web', 'v1'));
    await scene.apply('web');
  }, LONGEST);
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  test(
    'suspended: unknown, with how to go on, although it answers requests and says Ready',
    async () => {
      expect((await scene.verify({ application: 'web', commit: await head() })).outputs.verdict).toBe(
        'healthy',
      );
      await scene.change('web', { suspend: true });
      const commit = await scene.push(release('web', 'v2'));
      const run = await scene.verify({ application: 'web', commit });
      await scene.change('web', { suspend: false });
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({
        verdict: 'unknown',
        reason: expect.stringMatching(
          /^The Kustomization web in namespace flux-system: it is suspended, so it applies nothing; resume it with "flux resume kustomization web"\./,
        ),
      });
    },
    LONGEST,
  );

  test(
    'nothing in it runs containers, or there is nothing at all: never healthy',
    async () => {
      const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' } };
      const commit = await scene.push({
        'settings/map.yaml': map,
        'empty/kustomization.yaml': 'kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\n',
      });
      await scene.apply('settings');
      await scene.apply('empty');
      const settings = await scene.verify({ application: 'settings', commit });
      expect(settings.outputs.verdict).toBe('unknown');
      expect(settings.outputs.reason).toContain('no workload found: nothing that it brings runs containers');
      const empty = await scene.verify({ application: 'empty', commit });
      expect(empty.exitCode).toBe(1);
      expect(empty.outputs.verdict).not.toBe('healthy');
    },
    LONGEST,
  );

  test(
    'one that does not wait for what it applies: its workloads are asked',
    async () => {
      const commit = await scene.push(release('fast', 'v1-never-ready'));
      await scene.apply('fast', { wait: false });
      const waiting = await scene.verify({ application: 'fast', commit, timeout: '4s' });
      expect(waiting.outputs.verdict).toBe('unknown');
      expect((await scene.flux.kustomization('fast'))?.status?.conditions).toMatchObject([
        { type: 'Ready', status: 'True' },
      ]);
      const run = await scene.verify({ application: 'fast', commit });
      expect(run.outputs.verdict).toBe('degraded');
      expect(run.outputs.reason).toMatch(/Deployment fast does not get on \(ProgressDeadlineExceeded/);
      const good = await scene.push(release('fast', 'v2'));
      expect((await scene.verify({ application: 'fast', commit: good })).outputs.verdict).toBe('healthy');
    },
    LONGEST,
  );

  test(
    'the commit is not fetched, because the branch that Flux follows is gone: unknown, with what Flux says',
    async () => {
      const source = ['gitrepositories.source.toolkit.fluxcd.io', 'gitops', '-n', 'flux-system'];
      const patch = (branch: string) =>
        scene.cluster.kubectl(
          ...['patch', ...source, '--type=merge', '--patch', JSON.stringify({ spec: { ref: { branch } } })],
        );
      await patch('nowhere');
      const commit = await scene.push(release('web', 'v3'));
      const run = await scene.verify({ application: 'web', commit, timeout: '8s' });
      await patch('main');
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toMatch(/its GitRepository gitops: GitOperationFailed: /);
    },
    LONGEST,
  );

  test(
    'it is deleted while it is waited for: unknown',
    async () => {
      const commit = await scene.push(release('gone', 'v1-never-ready'));
      await scene.apply('gone');
      const running = scene.verify({ application: 'gone', commit });
      await scene.cluster.programs.until('the release in the cluster', async () => {
        const { status } = (await scene.flux.kustomization('gone')) ?? {};
        return status?.lastAttemptedRevision?.endsWith(commit);
      });
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const name = ['kustomizations.kustomize.toolkit.fluxcd.io', 'gone', '-n', 'flux-system'];
      await scene.cluster.kubectl('delete', ...name, '--wait=false');
      const run = await running;
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toMatch(
        /^The Kustomization gone in namespace flux-system: it (?:is being deleted|was deleted meanwhile)\./,
      );
    },
    LONGEST,
  );

  test(
    'names that are not there: what is near, and what there is',
    async () => {
      const run = await scene.verify({ application: 'wbe', commit: await head() });
      expect(run.outputs.reason).toMatch(
        /^There is no Kustomization "wbe" in namespace flux-system; did you mean "web"\? There are: .*web/,
      );
      const helm = await scene.verify({ application: 'helmrelease/web', commit: await head() });
      expect(helm.outputs.reason).toBe(
        'Flux is not installed in this cluster: it does not know the kind HelmRelease. Look at the cluster that the kubeconfig names.',
      );
    },
    LONGEST,
  );

  test(
    'a right that is missing is named',
    async () => {
      const run = await scene.verify({ application: 'web', namespace: 'kube-system', commit: await head() });
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toMatch(/cannot get resource "kustomizations".*"kube-system"/);
    },
    LONGEST,
  );

  test(
    'its controller is down: unknown, and that nobody has looked',
    async () => {
      await scene.cluster.programs.stop('kustomize-controller');
      const commit = await scene.push(release('web', 'v4'));
      const run = await scene.verify({ application: 'web', commit, timeout: '35s' });
      await scene.cluster.programs.restart('kustomize-controller');
      expect(run.exitCode).toBe(1);
      expect(run.outputs.verdict).toBe('unknown');
      expect(run.outputs.reason).toMatch(
        /it was asked to reconcile \d+s ago and did not, so look whether kustomize-controller runs/,
      );
      expect((await scene.verify({ application: 'web', commit })).outputs.verdict).toBe('healthy');
    },
    LONGEST,
  );
});
