import { expect, test } from '@jest/globals';
import { onHelm } from './helm-scene.ts';
import { never } from './helm-stage.ts';

onHelm('what is left of a helm release', (scene) => {
  const { version, namespace } = scene;

  test('names the claims that an uninstall leaves, and looks again the next time', async () => {
    await scene.cluster().apply({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `volume-${version}` },
      spec: {
        accessModes: ['ReadWriteOnce'],
        capacity: { storage: '1Gi' },
        hostPath: { path: '/none' },
        claimRef: { namespace, name: 'data-pr-8-store-0' },
      },
    });
    const withClaim = scene
      .stage()
      .engine({ chart: scene.stage().chart({ text: 'claim: true\nhook: true' }) });
    const wanted = scene.spec({ name: 'pr-8', pullRequest: 8 });
    await withClaim.deploy(wanted, never);
    const left = ['PersistentVolumeClaim data-pr-8-store-0'];
    const live = { record: wanted, where: '' };
    expect(await scene.engine().remove(live, never)).toEqual({ kind: 'removed', leftovers: left });
    expect(await scene.cluster().get('configmap', namespace, 'pr-8-hook')).toBeUndefined();
    const { previews } = await scene.engine().list(never);
    expect(previews.map(({ record }) => record.name)).toContain('pr-8');
    expect(await scene.engine().remove(live, never)).toEqual({ kind: 'removed', leftovers: left });
    await scene.cluster().kubectl('delete', 'pvc', 'data-pr-8-store-0', '-n', namespace);
    expect(await scene.engine().remove(live, never)).toEqual({ kind: 'removed', leftovers: [] });
    expect(await scene.recordOf('pr-8')).toBeUndefined();
  });

  test('names an object that a finalizer holds', async () => {
    const wanted = scene.spec({ name: 'pr-9', pullRequest: 9 });
    const quick = scene.stage().engine({ timeout: 3000 });
    await quick.deploy(wanted, never);
    const guard = ['ingress', 'pr-9', '-n', namespace, '--type=merge', '-p'];
    await scene.cluster().kubectl('patch', ...guard, '{"metadata":{"finalizers":["example.com/guard"]}}');
    const removal = await quick.remove({ record: wanted, where: '' }, never);
    expect(removal).toEqual({
      kind: 'removed',
      leftovers: ['Ingress pr-9 (waits for the finalizer example.com/guard)'],
    });
    await scene.cluster().kubectl('patch', ...guard, '{"metadata":{"finalizers":null}}');
    expect(await quick.remove({ record: wanted, where: '' }, never)).toEqual({
      kind: 'removed',
      leftovers: [],
    });
  });
});
