import { previewName } from '@gitops-actions/core/preview';
import { expect, test } from '@jest/globals';
import { onHelm } from './helm-scene.ts';
import { never } from './helm-stage.ts';

onHelm('previews as helm releases', (scene) => {
  const { namespace } = scene;

  test('brings up a release, writes down whose it is and takes it away, with the role edit', async () => {
    const wanted = scene.spec();
    expect(await scene.engine().deploy(wanted, never)).toEqual({
      kind: 'deployed',
      where: `Helm release pr-42 in namespace ${namespace}`,
      commit: '',
      url: '',
    });
    expect(await scene.engine().check(wanted, never)).toEqual({ kind: 'standing' });
    const listing = await scene.engine().list(never);
    expect(listing).toEqual({
      previews: [{ record: wanted, where: `Helm release pr-42 in namespace ${namespace}` }],
      unreadable: [],
    });
    expect(await scene.cluster().get('ingress', namespace, 'pr-42')).toMatchObject({
      spec: { rules: [{ host: 'pr-42.preview.example.com' }] },
    });
    const [live] = listing.previews;
    if (live === undefined) throw new Error('no preview');
    expect(await scene.engine().remove(live, never)).toEqual({ kind: 'removed', leftovers: [] });
    expect(await scene.containerOf('pr-42')).toBeUndefined();
    expect(await scene.recordOf('pr-42')).toBeUndefined();
    expect(await scene.cluster().list('secret', namespace, 'owner=helm')).toEqual([]);
    expect(await scene.engine().remove(live, never)).toEqual({ kind: 'removed', leftovers: [] });
  });

  test.each(['1e5', '0123456', '1.10', 'true', 'null'])('keeps the tag %s as it is', async (tag) => {
    await scene.engine().deploy(scene.spec({ image: `acme/web:${tag}` }), never);
    expect(await scene.containerOf('pr-42')).toMatchObject({
      image: `acme/web:${tag}`,
      env: [{ value: tag }, {}],
    });
  });

  test('values of a release before do not live on, and later ones win', async () => {
    const withText = scene.stage().engine({
      chart: scene.stage().chart({ text: 'extra: yes\nimage: {tag: never}\n' }),
    });
    await withText.deploy(scene.spec(), never);
    expect((await scene.containerOf('pr-42'))?.env.map(({ value }) => value)).toEqual(['v1', 'true']);
    await scene.engine().deploy(scene.spec(), never);
    expect((await scene.containerOf('pr-42'))?.env.map(({ value }) => value)).toEqual(['v1', undefined]);
  });

  test('takes a reference with tag and digest, and refuses one without a tag', async () => {
    const digest = `sha256:${'b'.repeat(64)}`;
    await scene.engine().deploy(scene.spec({ image: `acme/web:v2@${digest}` }), never);
    expect((await scene.containerOf('pr-42'))?.image).toBe(`acme/web:v2@${digest}`);
    await expect(scene.engine().deploy(scene.spec({ image: `acme/web@${digest}` }), never)).rejects.toThrow(
      'has no tag for "image.tag"; give name:tag@digest',
    );
  });

  test('gives way to a later run, and is replaced by one', async () => {
    const early = scene.spec();
    const later = scene.spec({ image: 'acme/web:v3' });
    await scene.engine().deploy(later, never);
    expect(await scene.engine().deploy(early, never)).toEqual({ kind: 'superseded', by: later });
    expect(await scene.engine().check(early, never)).toEqual({ kind: 'replaced', by: later });
    expect(await scene.engine().remove({ record: early, where: '' }, never)).toMatchObject({
      kind: 'changed',
    });
    expect((await scene.containerOf('pr-42'))?.image).toBe('acme/web:v3');
  });

  test('a name that is too long is shortened to one that everything takes', async () => {
    const subject = {
      pullRequest: 42,
      service: 'a-very-long-name-of-a-service-that-nobody-can-remember-really',
    };
    const name = previewName('pr-{{pr}}-{{service}}', subject);
    expect(name).toHaveLength(53);
    const wanted = scene.spec({ ...subject, name });
    await scene.engine().deploy(wanted, never);
    const { previews } = await scene.engine().list(never);
    expect(previews.map(({ record }) => record)).toContainEqual(wanted);
    expect(await scene.engine().remove({ record: wanted, where: '' }, never)).toEqual({
      kind: 'removed',
      leftovers: [],
    });
  });
});
