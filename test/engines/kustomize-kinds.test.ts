import { beforeAll, expect, test } from '@jest/globals';
import { never } from './helm-stage.ts';
import { GONE, NAMESPACE, onKustomize } from './kustomize-scene.ts';
import { deployment, statefulSet } from './workloads.ts';

const web = deployment('', 'web', 'acme/web:old');

onKustomize('what a kustomize preview may hold', (scene) => {
  beforeAll(() => scene.cluster().addVolumes(2));

  test("a StatefulSet's claims go with the preview", async () => {
    const engine = await scene.stage().with([statefulSet('', 'store', 'acme/web:old')]);
    await engine.deploy(scene.spec(), never);
    expect(await scene.labelled('pvc')).toEqual([`data-${scene.name()}-store-0`]);
    const last = scene.spec({ image: 'acme/web:v2' });
    await engine.deploy(last, never);
    expect(await scene.remove(engine, last)).toEqual(GONE);
    expect(await scene.labelled('pvc,pods')).toEqual([]);
  });

  test('what is not in the overlay any more goes, but not what lost its labels', async () => {
    const service = (name: string) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { ports: [{ port: 80 }] },
    });
    const scaler = (version: string) => ({
      apiVersion: `autoscaling/${version}`,
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web' },
      spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
    });
    const before = await scene.stage().with([web, service('a'), service('b'), scaler('v1')]);
    await before.deploy(scene.spec(), never);
    const stolen = ['service', `${scene.name()}-b`, '-n', NAMESPACE, 'previews.gitops-actions/name-'];
    await scene.cluster().kubectl('label', ...stolen);
    const last = scene.spec();
    const engine = await scene.stage().with([web, scaler('v2')]);
    await engine.deploy(last, never);
    expect([await scene.isThere('service', 'a'), await scene.isThere('service', 'b')]).toEqual([false, true]);
    // The same object in another version of its API.
    expect(await scene.isThere('hpa', 'web')).toBe(true);
    expect(await scene.remove(engine, last)).toEqual(GONE);
    expect([await scene.isThere('hpa', 'web'), await scene.isThere('service', 'b')]).toEqual([false, true]);
  });
});
