import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { abandon, killing } from './helm-kill.ts';
import { onHelm } from './helm-scene.ts';
import { never } from './helm-stage.ts';

const isOver = { isRunOver: async () => true };

onHelm('helm releases that were left pending', (scene) => {
  const { version, namespace } = scene;

  test('a first install that was killed is uninstalled and installed anew', async () => {
    const one = scene.fresh();
    await abandon(scene, scene.spec({ ...one, image: 'acme/web:1-never-ready' }));
    expect(await scene.statuses(one.name)).toEqual(['pending-install']);
    const record = scene.spec({ ...one, image: 'acme/web:2' });
    await scene.engineOf(record, isOver).deploy(record, never);
    expect(await scene.statuses(one.name)).toEqual(['deployed']);
    expect(await scene.containerOf(one.name)).toMatchObject({ image: 'acme/web:2' });
  });

  test('an upgrade that was killed is rolled back, then upgraded', async () => {
    const one = scene.fresh();
    const good = scene.spec({ ...one, image: 'acme/web:1' });
    await scene.engineOf(good).deploy(good, never);
    await abandon(scene, scene.spec({ ...one, image: 'acme/web:2-never-ready' }));
    expect(await scene.statuses(one.name)).toEqual(['deployed', 'pending-upgrade']);
    const record = scene.spec({ ...one, image: 'acme/web:3' });
    await scene.engineOf(record, isOver).deploy(record, never);
    expect((await scene.statuses(one.name)).at(-1)).toBe('deployed');
    expect(await scene.containerOf(one.name)).toMatchObject({ image: 'acme/web:3' });
  });

  test('a rollback that was killed is healed too', async () => {
    const one = scene.fresh();
    const good = scene.spec({ ...one, image: 'acme/web:1' });
    await scene.engineOf(good).deploy(good, never);
    const bad = scene.spec({ ...one, image: 'acme/web:2-never-ready' });
    const failing = scene.engineOf(bad, { timeout: 2000 }).deploy(bad, never);
    await expect(failing).rejects.toThrow('could not bring up');
    const again = scene.spec({ ...one, image: 'acme/web:3' });
    await scene.engineOf(again).deploy(again, never);
    const rollback = ['rollback', one.name, '2', '-n', namespace, '--wait', '--timeout', '30s'];
    const { env } = scene.stage().core;
    const command = { program: 'helm', args: rollback, env, signal: never };
    await expect(killing(scene, one.name)(command)).rejects.toThrow('killed');
    expect((await scene.statuses(one.name)).at(-1)).toBe('pending-rollback');
    const record = scene.spec({ ...one, image: 'acme/web:4' });
    await scene.engineOf(record, isOver).deploy(record, never);
    expect((await scene.statuses(one.name)).at(-1)).toBe('deployed');
    expect(await scene.containerOf(one.name)).toMatchObject({ image: 'acme/web:4' });
  });

  test('an uninstall that was killed is brought to its end, by a clean-up or a deployment', async () => {
    const one = scene.fresh();
    const old = scene.spec({ ...one, image: 'acme/web:1' });
    await scene.engineOf(old).deploy(old, never);
    const guard = ['ingress', one.name, '-n', namespace, '--type=merge', '-p'];
    const live = { record: old, where: '' };
    const leave = async () => {
      await scene.cluster().kubectl('patch', ...guard, '{"metadata":{"finalizers":["example.com/guard"]}}');
      const exec = killing(scene, one.name);
      const dying = scene.engineOf(scene.spec(), { cluster: { ...scene.stage().core, exec } });
      await expect(dying.remove(live, never)).rejects.toThrow('killed');
      expect(await scene.statuses(one.name)).toEqual(['uninstalling']);
      await scene.cluster().kubectl('patch', ...guard, '{"metadata":{"finalizers":null}}');
    };
    await leave();
    const anew = scene.spec({ ...one, image: 'acme/web:2' });
    await scene.engineOf(anew, isOver).deploy(anew, never);
    expect(await scene.containerOf(one.name)).toMatchObject({ image: 'acme/web:2' });
    live.record = anew;
    await leave();
    const removal = await scene.engineOf(scene.spec(), isOver).remove(live, never);
    expect(removal).toEqual({ kind: 'removed', leftovers: [] });
    expect(await scene.statuses(one.name)).toEqual([]);
  });

  test('it is left alone while its run is at work', async () => {
    const one = scene.fresh();
    const good = scene.spec({ ...one, image: 'acme/web:1' });
    await scene.engineOf(good).deploy(good, never);
    await abandon(scene, scene.spec({ ...one, image: 'acme/web:2-never-ready' }));
    const record = scene.spec({ ...one, image: 'acme/web:3' });
    const engine = scene.engineOf(record, { isRunOver: async () => false, timeout: 20_000 });
    await expect(engine.deploy(record, never)).rejects.toThrow(
      /is pending-upgrade by run \d+ \(attempt 1\) and was not done after 20s; re-run the job/,
    );
    expect(await engine.remove({ record, where: '' }, never)).toMatchObject({ kind: 'changed' });
    expect(await scene.statuses(one.name)).toEqual(['deployed', 'pending-upgrade']);
  });

  test('nobody is at work any more once it is older than the time there is', async () => {
    const one = scene.fresh();
    await abandon(scene, scene.spec({ ...one, image: 'acme/web:1-never-ready' }));
    const record = scene.spec({ ...one, image: 'acme/web:2' });
    await scene.engineOf(record, { timeout: 6000 }).deploy(record, never);
    expect(await scene.containerOf(one.name)).toMatchObject({ image: 'acme/web:2' });
  });

  test('a run that waits goes on once the other is done', async () => {
    const one = scene.fresh();
    const good = scene.spec({ ...one, image: 'acme/web:1' });
    await scene.engineOf(good).deploy(good, never);
    await abandon(scene, scene.spec({ ...one, image: 'acme/web:2-never-ready' }));
    const record = scene.spec({ ...one, image: 'acme/web:3' });
    const deploying = scene
      .engineOf(record, { isRunOver: async () => false, timeout: 60_000 })
      .deploy(record, never);
    await sleep(3000);
    expect((await scene.statuses(one.name)).at(-1)).toBe('pending-upgrade');
    await scene.cluster().helm(version, 'rollback', one.name, '1', '-n', namespace);
    expect(await deploying).toMatchObject({ kind: 'deployed' });
    expect(await scene.containerOf(one.name)).toMatchObject({ image: 'acme/web:3' });
  });
});
