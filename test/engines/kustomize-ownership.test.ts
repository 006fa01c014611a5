import { expect, test } from '@jest/globals';
import { never } from './helm-stage.ts';
import { GONE, NAMESPACE, onKustomize } from './kustomize-scene.ts';
import { deployment } from './workloads.ts';

onKustomize('kustomize previews and what is not theirs', (scene) => {
  test('two repositories with the same name in one namespace do not touch each other', async () => {
    const engine = scene.stage().engine();
    const ours = scene.spec({ image: 'acme/web:ours' });
    await engine.deploy(ours, never);
    const other = scene.stage().engine({ mark: { repositoryId: 2, server: 'github.com' } });
    const theirs = scene.spec({ repositoryId: 2, repository: 'acme/other', image: 'acme/web:theirs' });
    await expect(other.deploy(theirs, never)).rejects.toThrow(
      `in namespace previews that this preview did not make: it is a preview of pull request ${ours.pullRequest} of the repository with the id ${ours.repositoryId} on github.com; it was left alone and nothing was changed. Choose another "name" or "namespace".`,
    );
    expect(await other.list(never)).toEqual({ previews: [], unreadable: [] });
    expect(await scene.remove(other, theirs)).toMatchObject({ kind: 'changed' });
    expect(await scene.image()).toBe('acme/web:ours');
    expect(await engine.check(ours, never)).toEqual({ kind: 'standing' });
  });

  test('another repository with other objects, but the same name', async () => {
    await scene.stage().engine().deploy(scene.spec(), never);
    const other = await scene.stage().with([deployment('', 'api', 'acme/web:old')]);
    const theirs = scene.spec({ repositoryId: 2, repository: 'acme/other' });
    await expect(other.deploy(theirs, never)).rejects.toThrow(
      `belongs to pull request ${scene.number()} of acme/shop on github.com; nothing was changed.`,
    );
    expect(await scene.isThere('deployment', 'api')).toBe(false);
  });

  test('never touches an object that somebody made by hand', async () => {
    const name = `${scene.name()}-web`;
    await scene.cluster().apply(deployment(NAMESPACE, name, 'acme/web:hand'));
    await expect(scene.stage().engine().deploy(scene.spec(), never)).rejects.toThrow(
      `There is a Deployment ${name} in namespace previews that this preview did not make; it was left alone and nothing was changed. Choose another "name" or "namespace", or remove it with "kubectl delete deployment ${name} --namespace previews".`,
    );
    expect(await scene.recordOf(scene.name())).toBeUndefined();
    expect(await scene.isThere('service', 'web')).toBe(false);
    expect(await scene.image()).toBe('acme/web:hand');
  });

  test('an object that lost its labels is left alone when the preview goes', async () => {
    const engine = scene.stage().engine();
    const wanted = scene.spec();
    await engine.deploy(wanted, never);
    const service = `${scene.name()}-web`;
    await scene
      .cluster()
      .kubectl('label', 'service', service, '-n', NAMESPACE, 'previews.gitops-actions/repository-id-');
    expect(await scene.remove(engine, wanted)).toEqual(GONE);
    expect(await scene.isThere('service', 'web')).toBe(true);
    expect(scene.stage().said).toContain(
      `Service ${service} in namespace previews does not carry the labels of the preview ${scene.name()} any more, so it was left alone.`,
    );
  });

  test('names an object that a finalizer holds, and looks again the next time', async () => {
    const engine = scene.stage().engine({ timeout: 4000 });
    const wanted = scene.spec();
    await engine.deploy(wanted, never);
    const patch = ['patch', 'service', `${scene.name()}-web`, '-n', NAMESPACE, '--type=merge', '-p'];
    await scene.cluster().kubectl(...patch, '{"metadata":{"finalizers":["example.com/guard"]}}');
    const removal = await scene.remove(engine, wanted);
    expect(removal).toMatchObject({
      leftovers: [
        expect.stringMatching(/^Service pr-\d+-web \(waits for the finalizer .*example\.com\/guard/),
      ],
    });
    expect((await engine.list(never)).previews.map(({ record }) => record.name)).toContain(scene.name());
    await scene.cluster().kubectl(...patch, '{"metadata":{"finalizers":null}}');
    expect(await scene.remove(engine, wanted)).toEqual(GONE);
    expect(await scene.recordOf(scene.name())).toBeUndefined();
  });

  test('what does not go when it leaves the overlay is known to a clean-up', async () => {
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
    const finalizers = ['example.com/guard'];
    const web = deployment('', 'web', 'acme/web:old');
    const held = { ...settings, metadata: { name: 'settings', finalizers } };
    await (await scene.stage().with([web, held])).deploy(scene.spec(), never);
    const wanted = scene.spec();
    const engine = await scene.stage().with([web], { timeout: 3000 });
    await engine.deploy(wanted, never);
    expect(await scene.remove(engine, wanted)).toMatchObject({
      leftovers: [expect.stringMatching(/^ConfigMap pr-\d+-settings \(waits for the finalizer example/)],
    });
    await scene
      .cluster()
      .kubectl(
        ...['patch', 'configmap', `${scene.name()}-settings`, '-n', NAMESPACE, '--type=merge'],
        ...['-p', '{"metadata":{"finalizers":null}}'],
      );
    expect(await scene.remove(engine, wanted)).toEqual(GONE);
  }, 120_000);

  test('tells a conflict with another owner of a field, and takes nothing from it', async () => {
    const settings = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { mode: 'ours' },
    };
    const engine = await scene.stage().with([deployment('', 'web', 'acme/web:old'), settings]);
    await engine.deploy(scene.spec(), never);
    const patch = ['patch', 'configmap', `${scene.name()}-settings`, '-n', NAMESPACE, '--type=merge'];
    await scene.cluster().kubectl(...patch, '-p', '{"data":{"mode":"theirs"}}', '--field-manager=someone');
    await expect(engine.deploy(scene.spec({ image: 'acme/web:v2' }), never)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(
        /conflict with "someone".*\.data\.mode.* Another owner has set these fields/,
      ),
    });
    expect(await scene.get('configmap', 'settings')).toMatchObject({ data: { mode: 'theirs' } });
    expect(await scene.image()).toBe('acme/web:v1');
  });
});
