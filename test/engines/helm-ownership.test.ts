import { expect, test } from '@jest/globals';
import { onHelm } from './helm-scene.ts';
import { helmStage, never } from './helm-stage.ts';

onHelm('whose a helm release is', (scene) => {
  const { version, namespace } = scene;

  test('two repositories with the same name in one namespace do not touch each other', async () => {
    const ours = scene.spec({ image: 'acme/web:ours' });
    await scene.engine().deploy(ours, never);
    const other = scene.stage().engine({ mark: { repositoryId: 2, server: 'github.com' } });
    const theirs = scene.spec({ repositoryId: 2, repository: 'acme/other', image: 'acme/web:theirs' });
    await expect(other.deploy(theirs, never)).rejects.toThrow(
      `There is a Helm release pr-42 in namespace ${namespace} that this preview did not make: it is a preview of pull request ${ours.pullRequest} of the repository with the id ${ours.repositoryId} on github.com; it was left alone. Choose another "name" or "namespace".`,
    );
    expect(await other.list(never)).toEqual({ previews: [], unreadable: [] });
    const removal = await other.remove({ record: theirs, where: '' }, never);
    expect(removal).toMatchObject({ kind: 'changed' });
    expect(await scene.containerOf('pr-42')).toMatchObject({ image: 'acme/web:ours' });
    expect(await scene.engine().check(ours, never)).toEqual({ kind: 'standing' });
  });

  test('never touches a release that somebody installed by hand', async () => {
    const values = ['--set', 'image.repository=acme/web,image.tag=hand'];
    await scene
      .cluster()
      .helm(version, ...['install', 'pr-7', `${scene.stage().workspace}/chart`, '-n', namespace, ...values]);
    const wanted = scene.spec({ name: 'pr-7', pullRequest: 7 });
    await expect(scene.engine().deploy(wanted, never)).rejects.toThrow(
      `or remove it with "helm uninstall pr-7 --namespace ${namespace}"`,
    );
    expect(await scene.recordOf('pr-7')).toBeUndefined();
    expect((await scene.containerOf('pr-7'))?.image).toBe('acme/web:hand');
  });

  test('lists a record that nobody can read, and takes nothing over from it', async () => {
    const wanted = scene.spec({ name: 'pr-10', pullRequest: 10 });
    await scene.engine().deploy(wanted, never);
    const patch = ['configmap', 'preview-pr-10', '-n', namespace, '--type=merge', '-p'];
    await scene.cluster().kubectl('patch', ...patch, '{"data":{"preview.yaml":"format: \\"9\\""}}');
    expect((await scene.engine().list(never)).unreadable).toEqual([
      {
        name: 'preview-pr-10',
        reason: `ConfigMap preview-pr-10 in namespace ${namespace} is not a preview record of format "1"; a newer version may have written it.`,
      },
    ]);
    await expect(
      scene.engine().deploy(scene.spec({ name: 'pr-10', pullRequest: 10 }), never),
    ).rejects.toThrow('cannot be taken over: ConfigMap preview-pr-10');
  });

  test('a namespace of its own is made and goes with the last preview in it', async () => {
    const admin = await helmStage(scene.cluster(), version, namespace, { asAdmin: true });
    const own = `own-${version}`;
    const owning = admin.engine({ namespace: `${own.slice(0, -1)}{{pr}}` });
    const one = scene.spec({ namespace: own, name: 'a', pullRequest: version });
    const two = scene.spec({ namespace: own, name: 'b', service: 'b', pullRequest: version });
    await owning.deploy(one, never);
    await owning.deploy(two, never);
    const { previews } = await owning.list(never);
    expect(previews.map(({ record }) => record.name)).toEqual(expect.arrayContaining(['a', 'b']));
    expect(await owning.remove({ record: one, where: '' }, never)).toMatchObject({ leftovers: [] });
    expect(await scene.cluster().get('namespace', '', own)).toBeDefined();
    expect(await owning.remove({ record: two, where: '' }, never)).toMatchObject({ leftovers: [] });
    expect(await scene.cluster().get('namespace', '', own)).toBeUndefined();
  });

  test('a namespace that was there before stays', async () => {
    const admin = await helmStage(scene.cluster(), version, namespace, { asAdmin: true });
    await scene.cluster().createNamespace(`there-${version}`);
    const owning = admin.engine({ namespace: 'there-{{pr}}' });
    const record = scene.spec({ namespace: `there-${version}`, pullRequest: version });
    await owning.deploy(record, never);
    expect(await owning.remove({ record, where: '' }, never)).toEqual({ kind: 'removed', leftovers: [] });
    expect(await scene.cluster().get('namespace', '', `there-${version}`)).toBeDefined();
  });

  test('a fixed namespace that is not there is asked for', async () => {
    const admin = await helmStage(scene.cluster(), version, namespace, { asAdmin: true });
    const nowhere = admin.engine({ namespace: 'nowhere' });
    await expect(nowhere.deploy(scene.spec({ namespace: 'nowhere' }), never)).rejects.toThrow(
      'make it with "kubectl create namespace nowhere"',
    );
  });
});
