import type { KubernetesObject } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { never } from './helm-stage.ts';
import { ALL, GONE, type Live, onKustomize } from './kustomize-scene.ts';
import { deployment, job } from './workloads.ts';

const SLOW = { annotations: { 'test.gitops/ready-after': '2s' } };
const web = deployment('', 'web', 'acme/web:old');

function annotated(object: object, annotations: Readonly<Record<string, string>>): object {
  const { metadata } = object as KubernetesObject;
  return { ...object, metadata: { ...metadata, annotations } };
}

const created = (object: Live | undefined) => Date.parse(object?.metadata.creationTimestamp ?? '');

onKustomize('the order in which a kustomize preview comes up', (scene) => {
  test('a migration runs after its settings and before the workloads, anew with each deployment', async () => {
    const engine = await scene
      .stage()
      .with([
        web,
        annotated(job('', 'migrate', 'acme/web:old', SLOW), { 'argocd.argoproj.io/hook': 'PreSync' }),
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } },
      ]);
    await engine.deploy(scene.spec(), never);
    const [settings, migration, workload] = await Promise.all([
      scene.get('configmap', 'settings'),
      scene.get('job', 'migrate'),
      scene.get('deployment', 'web'),
    ]);
    expect(created(settings)).toBeLessThanOrEqual(created(migration));
    expect(created(workload) - created(migration)).toBeGreaterThanOrEqual(2000);
    expect(created(workload)).toBeGreaterThanOrEqual(Date.parse(migration?.status.completionTime ?? ''));
    const last = scene.spec({ image: 'acme/web:v2' });
    await engine.deploy(last, never);
    const again = await scene.get('job', 'migrate');
    expect(again?.metadata.uid).not.toBe(migration?.metadata.uid);
    expect(await scene.remove(engine, last)).toEqual(GONE);
    expect(await scene.labelled(`${ALL},configmaps`)).toEqual([]);
  });

  test('a migration that fails leaves the workloads as they were, and says why', async () => {
    const hook = { 'helm.sh/hook': 'pre-install,pre-upgrade' };
    const engine = await scene.stage().with([web, annotated(job('', 'migrate', 'acme/web:old'), hook)]);
    await engine.deploy(scene.spec(), never);
    const bad = scene.spec({ image: 'acme/web:2-failed' });
    const migration = `Job ${scene.name()}-migrate`;
    await expect(engine.deploy(bad, never)).rejects.toMatchObject({
      name: 'PreviewFailed',
      message: `Preview ${scene.name()} failed: ${migration}.`,
      reasons: expect.arrayContaining([
        expect.stringMatching(/^Pod pr-\d+-migrate-\w+, container main: ended with exit code 1/),
        expect.stringContaining(`${migration} failed (BackoffLimitExceeded`),
      ]),
    });
    expect(await scene.image()).toBe('acme/web:v1');
    await engine.deploy(scene.spec({ image: 'acme/web:v3' }), never);
    expect(await scene.image()).toBe('acme/web:v3');
  });

  test('waves are waited for one by one', async () => {
    const store = annotated(deployment('', 'store', 'redis:7', SLOW), {
      'argocd.argoproj.io/sync-wave': '-1',
    });
    await (await scene.stage().with([web, store])).deploy(scene.spec(), never);
    const [first, second] = [await scene.get('deployment', 'store'), await scene.get('deployment', 'web')];
    expect(created(second) - created(first)).toBeGreaterThanOrEqual(2000);
  });

  test('a Job that failed is tried again by the next run', async () => {
    const broken = job('', 'load', 'acme/load:1-failed');
    const engine = await scene.stage().with([web, broken]);
    await expect(engine.deploy(scene.spec(), never)).rejects.toMatchObject({ name: 'PreviewFailed' });
    const before = (await scene.get('job', 'load'))?.metadata.uid;
    await expect(engine.deploy(scene.spec(), never)).rejects.toMatchObject({ name: 'PreviewFailed' });
    expect((await scene.get('job', 'load'))?.metadata.uid).not.toBe(before);
  });

  test('a plain Job that changed is made anew, and one that did not is left alone', async () => {
    const engine = await scene
      .stage()
      .with([job('', 'load', 'acme/web:old'), job('', 'seed', 'acme/seed:1')]);
    const ids = async () => {
      const jobs = [await scene.get('job', 'load'), await scene.get('job', 'seed')];
      return jobs.map((one) => one?.metadata.uid);
    };
    await engine.deploy(scene.spec(), never);
    const [load, seed] = await ids();
    await engine.deploy(scene.spec({ image: 'acme/web:v2' }), never);
    expect(await ids()).toEqual([expect.not.stringMatching(load ?? ''), seed]);
  });
});
