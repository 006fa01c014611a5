import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from './suite.ts';
import { ENGINES, type FluxScene, fluxScene, LONGEST, NAMESPACE, release } from './verify-flux-scene.ts';

interface Deployment {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { image: string }[] } };
  };
}

describeOn(ENGINES, 'verify-deployment asks Flux, its source a stand-in', () => {
  let scene: FluxScene;
  const running = async () =>
    (await scene.cluster.get<Deployment>('deployment', NAMESPACE, 'web'))?.spec.template.spec.containers[0]
      ?.image;
  beforeAll(async () => {
    scene = await fluxScene();
    await scene.push(release('web', 'v1'));
    await scene.apply('web');
  }, LONGEST);
  afterAll(async () => {
    await scene?.[Symbol.asyncDispose]();
  });

  test(
    'healthy once the commit runs: its source is asked to fetch, and the images are the expected ones',
    async () => {
      const commit = await scene.push(release('web', 'v2'));
      const run = await scene.verify({ application: 'web', commit, images: 'ghcr.io/acme/web:v2' });
      expect(run.annotations).toEqual([]);
      expect(run.outputs).toMatchObject({ verdict: 'healthy', reason: '', commit });
      expect(await running()).toBe('ghcr.io/acme/web:v2');
      expect(run.stdout).toContain('Kustomization web in namespace flux-system: ReconciliationSucceeded at ');
    },
    LONGEST,
  );

  test(
    'a later commit of somebody else counts too, and nothing is asked of Flux when it is there already',
    async () => {
      const commit = await scene.push(release('web', 'v3'));
      const later = await scene.push({ 'other/note.txt': 'x' });
      const run = await scene.verify({ application: 'kustomization/web', commit });
      expect(run.outputs).toMatchObject({ verdict: 'healthy', commit: later });
      const again = await scene.verify({ application: 'team=shop', commit });
      expect(again.outputs).toMatchObject({ verdict: 'healthy', commit: later });
      expect(again.ms).toBeLessThan(5000);
    },
    LONGEST,
  );

  test.each([
    ['v4-crash-loop', 'CrashLoopBackOff'],
    ['v5-image-pull', 'ImagePullBackOff'],
  ])(
    'pods of %s do not start: degraded, with what they say, and the old ones run on',
    async (tag, state) => {
      const commit = await scene.push(release('web', tag));
      const run = await scene.verify({ application: 'web', commit, environment: 'production' });
      expect(run.exitCode).toBe(1);
      expect(run.outputs.verdict).toBe('degraded');
      expect(run.outputs.reason).toMatch(
        /^The Kustomization web in namespace flux-system: HealthCheckFailed: .*Deployment\/shop\/web/,
      );
      expect(run.outputs.reason).toContain(state);
      expect(run.summary).toContain(state);
      expect(run.annotations).toMatchObject([
        { level: 'error', message: expect.stringContaining('Roll it back with rollback-release') },
      ]);
      expect(scene.shop.deployments().at(-1)?.statuses[0]).toMatchObject({ state: 'failure' });
    },
    LONGEST,
  );

  test(
    'manifests that do not render: degraded, with what Flux says',
    async () => {
      const commit = await scene.push({ 'web/kustomization.yaml': 'resources: [missing.yaml]\n' });
      const run = await scene.verify({ application: 'web', commit });
      expect(run.outputs.verdict).toBe('degraded');
      expect(run.outputs.reason).toMatch(/BuildFailed: .*missing\.yaml/);
    },
    LONGEST,
  );

  test(
    'mended: healthy again',
    async () => {
      const commit = await scene.push({ 'web/kustomization.yaml': null, ...release('web', 'v6') });
      const run = await scene.verify({ application: 'web', commit });
      expect(run.outputs).toMatchObject({ verdict: 'healthy', commit });
    },
    LONGEST,
  );

  test.each([
    ['v7', 'v8'],
    ['v9', 'v10-crash-loop'],
  ])(
    '%s is replaced by %s: superseded at once, green, and neither healthy nor degraded',
    async (older, newer) => {
      const commit = await scene.push(release('web', older));
      const files = release('web', newer)['web/deployment.yaml'];
      const later = await scene.gitops.commit(
        'main',
        { 'web/deployment.yaml': JSON.stringify(files) },
        { message: `Release ${newer}\n\nRelease: ${newer}\nSource-Run: x` },
      );
      const images = `ghcr.io/acme/web:${older}`;
      const run = await scene.verify({ application: 'web', commit, images, environment: 'production' });
      const reason = `Superseded: ghcr.io/acme/web:${newer} took the place of ${images} in commit ${later.slice(0, 7)}.`;
      expect(run.outputs).toMatchObject({ verdict: 'unknown', superseded: 'true', reason });
      expect(run.exitCode).toBe(0);
      expect(run.ms).toBeLessThan(15_000);
      expect(scene.shop.deployments().at(-1)?.statuses[0]).toMatchObject({ state: 'inactive' });
    },
    LONGEST,
  );

  test(
    'replaced while it is waited for, and then taken back by hand: unknown',
    async () => {
      const commit = await scene.push(release('web', 'v11-never-ready'));
      const images = 'ghcr.io/acme/web:v11-never-ready';
      const running = scene.verify({ application: 'web', commit, images });
      await sleep(5000);
      await scene.push(release('web', 'v8'));
      const run = await running;
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({ verdict: 'unknown', superseded: 'false' });
      expect(run.outputs.reason).toContain(
        'web:v8 took the place of ghcr.io/acme/web:v11-never-ready in commit',
      );
    },
    LONGEST,
  );
});
