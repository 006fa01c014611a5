import type { KubernetesObject } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { never } from './helm-stage.ts';
import { ALL, GONE, NAMESPACE, onKustomize } from './kustomize-scene.ts';
import { kustomizeStage } from './kustomize-stage.ts';
import { deployment } from './workloads.ts';

interface Slice extends KubernetesObject {
  readonly endpoints?: readonly { readonly targetRef: { readonly name: string } }[];
}

onKustomize('previews as kustomize overlays', (scene) => {
  test('brings up an overlay, writes down whose it is and takes it away, with the role edit', async () => {
    const engine = scene.stage().engine();
    const wanted = scene.spec();
    const where = 'Kustomize preview pr-1 in namespace previews';
    expect(await engine.deploy(wanted, never)).toEqual({ kind: 'deployed', where, commit: '', url: '' });
    expect(await engine.check(wanted, never)).toEqual({ kind: 'standing' });
    expect(await engine.list(never)).toEqual({ previews: [{ record: wanted, where }], unreadable: [] });
    expect(await scene.image()).toBe('acme/web:v1');
    const backend = { service: { name: 'pr-1-web' } };
    expect(await scene.get('ingress', 'web')).toMatchObject({
      spec: { rules: [{ host: 'pr-1.preview.example.com', http: { paths: [{ backend }] } }] },
    });
    const [settings = ''] = (await scene.labelled('configmaps')).filter((name) => /-settings-/.test(name));
    expect(await scene.get('deployment', 'web')).toMatchObject({
      spec: { template: { spec: { containers: [{ envFrom: [{ configMapRef: { name: settings } }] }] } } },
    });
    expect(await scene.cluster().get('configmap', NAMESPACE, settings)).toMatchObject({
      data: { URL: 'https://pr-1.preview.example.com/{{ other }}' },
    });
    expect(await scene.remove(engine, wanted)).toEqual(GONE);
    expect(await scene.labelled(`${ALL},ingresses,configmaps`)).toEqual([]);
    expect(await scene.recordOf('pr-1')).toBeUndefined();
    expect(await scene.remove(engine, wanted)).toEqual(GONE);
  });

  test('a later run changes the image, and rolls nothing when there is nothing new', async () => {
    const engine = scene.stage().engine();
    await engine.deploy(scene.spec(), never);
    const first = await scene.labelled('pods');
    const again = scene.spec({ head: 'b'.repeat(40) });
    await engine.deploy(again, never);
    expect(await scene.labelled('pods')).toEqual(first);
    expect((await scene.get('deployment', 'web'))?.metadata).toMatchObject({
      generation: 1,
      labels: { 'previews.gitops-actions/run-id': String(again.runId) },
    });
    await engine.deploy(scene.spec({ image: 'acme/web:1e5' }), never);
    expect(await scene.image()).toBe('acme/web:1e5');
    expect(await scene.labelled('pods')).not.toEqual(first);
  });

  test('two previews in one namespace have pods and services of their own', async () => {
    const engine = scene.stage().engine();
    const other = scene.spec({ name: 'twin', service: 'twin' });
    await engine.deploy(scene.spec(), never);
    await engine.deploy(other, never);
    const addresses = async (name: string) => {
      const slices = await scene
        .cluster()
        .list<Slice>('endpointslices', NAMESPACE, `kubernetes.io/service-name=${name}`);
      return slices.flatMap(({ endpoints }) => (endpoints ?? []).map(({ targetRef }) => targetRef.name));
    };
    const own = await scene.labelled('pods');
    expect(own).toHaveLength(1);
    expect(await addresses(`${scene.name()}-web`)).toEqual(own);
    expect(await addresses('twin-web')).toEqual([expect.stringMatching(/^twin-web-/)]);
    expect(await scene.remove(engine, other)).toEqual(GONE);
    expect(await scene.labelled('pods')).toEqual(own);
    expect(await scene.cluster().get('deployment', NAMESPACE, 'twin-web')).toBeUndefined();
  });

  test('gives way to a later run, and is replaced by one', async () => {
    const engine = scene.stage().engine();
    const early = scene.spec();
    const later = scene.spec({ image: 'acme/web:v3' });
    await engine.deploy(later, never);
    expect(await engine.deploy(early, never)).toEqual({ kind: 'superseded', by: later });
    expect(await engine.check(early, never)).toEqual({ kind: 'replaced', by: later });
    expect(await scene.remove(engine, early)).toMatchObject({ kind: 'changed' });
    expect(await scene.image()).toBe('acme/web:v3');
  });

  test('a namespace of its own has the names of the overlay, and goes with the last preview in it', async () => {
    const admin = await kustomizeStage(scene.cluster(), NAMESPACE, { asAdmin: true });
    const engine = admin.engine({ namespace: 'own-{{pr}}' });
    const one = scene.spec({ namespace: 'own-9', name: 'a' });
    await engine.deploy(one, never);
    expect(await scene.cluster().get('deployment', 'own-9', 'web')).toBeDefined();
    const twin = scene.spec({ namespace: 'own-9', name: 'b', service: 'b' });
    await expect(engine.deploy(twin, never)).rejects.toThrow('that this preview did not make');
    expect(await scene.remove(engine, one)).toEqual(GONE);
    expect(await scene.cluster().get('namespace', '', 'own-9')).toBeUndefined();
  });

  test('two clean-ups at once leave no namespace behind', async () => {
    const admin = await kustomizeStage(scene.cluster(), NAMESPACE, { asAdmin: true });
    const options = { namespace: 'both-{{pr}}' };
    const previews = ['a', 'b'].map((name) => scene.spec({ namespace: 'both-9', name, service: name }));
    for (const preview of previews) {
      const web = deployment('', preview.name, 'acme/web:old');
      await (await admin.with([web], options)).deploy(preview, never);
    }
    const engine = admin.engine(options);
    const removals = await Promise.all(previews.map((preview) => scene.remove(engine, preview)));
    expect(removals).toEqual([GONE, GONE]);
    expect(await scene.cluster().get('namespace', '', 'both-9')).toBeUndefined();
  });
});
