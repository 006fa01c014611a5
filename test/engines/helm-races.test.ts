import { setTimeout as sleep } from 'node:timers/promises';
import { type Exec, spawnExec } from '@gitops-actions/core/exec';
import { expect, test } from '@jest/globals';
import { untilPending } from './helm-kill.ts';
import { onHelm } from './helm-scene.ts';
import { never } from './helm-stage.ts';

const isOver = { isRunOver: async () => true };

onHelm('helm previews under way together', (scene) => {
  test.each(['first', 'second'])(
    'a cancellation in the middle of the %s release leaves nothing pending',
    async (which) => {
      const one = scene.fresh();
      if (which === 'second') {
        const good = scene.spec({ ...one, image: 'acme/web:1' });
        await scene.engineOf(good).deploy(good, never);
      }
      const cancel = new AbortController();
      const record = scene.spec({ ...one, image: 'acme/web:2-never-ready' });
      const deploying = scene.engineOf(record).deploy(record, cancel.signal);
      const failed = expect(deploying).rejects.toThrow('cancelled');
      await untilPending(scene, one.name);
      cancel.abort(new Error('cancelled'));
      await failed;
      expect((await scene.statuses(one.name)).at(-1)).toBe('failed');
      const next = scene.spec({ ...one, image: 'acme/web:3' });
      await scene.engineOf(next).deploy(next, never);
      expect(await scene.containerOf(one.name)).toMatchObject({ image: 'acme/web:3' });
    },
  );

  test('an early run whose helm comes last brings the later one back', async () => {
    const one = scene.fresh();
    const early = scene.spec({ ...one, image: 'acme/web:early' });
    const later = scene.spec({ ...one, image: 'acme/web:later' });
    const overtaken: Exec = async (command) => {
      if (command.args[0] === 'upgrade') await scene.engineOf(later).deploy(later, never);
      return spawnExec(command);
    };
    const slow = scene.engineOf(early, { cluster: { ...scene.stage().core, exec: overtaken } });
    await slow.deploy(early, never);
    expect(await scene.containerOf(one.name)).toMatchObject({ image: 'acme/web:early' });
    expect(await slow.check(early, never)).toEqual({ kind: 'replaced', by: later });
    expect(await scene.containerOf(one.name)).toMatchObject({ image: 'acme/web:later' });
    expect(await scene.engineOf(later).check(later, never)).toEqual({ kind: 'standing' });
  });

  test('three runs at once: the last one stands, the others know, nothing is pending', async () => {
    const one = scene.fresh();
    const runs = ['a', 'b', 'c'].map((tag) => scene.spec({ ...one, image: `acme/web:${tag}` }));
    const last = runs.at(-1);
    const ends = await Promise.all(
      runs.map(async (record) => {
        const engine = scene.engineOf(record, { isRunOver: async () => false, timeout: 60_000 });
        const deployed = await engine.deploy(record, never);
        return deployed.kind === 'superseded' ? 'superseded' : (await engine.check(record, never)).kind;
      }),
    );
    expect(ends.at(-1)).toBe('standing');
    // One that was done before the next began has stood, for a moment.
    for (const end of ends.slice(0, -1)) expect(['superseded', 'replaced', 'standing']).toContain(end);
    expect(await scene.containerOf(one.name)).toMatchObject({ image: last?.image });
    expect((await scene.statuses(one.name)).filter((status) => status.startsWith('pending-'))).toEqual([]);
  }, 120_000);

  test('a deployment waits for a clean-up that is under way', async () => {
    const one = scene.fresh();
    const old = scene.spec({ ...one, image: 'acme/web:old' });
    await scene.engineOf(old).deploy(old, never);
    const anew = scene.spec({ ...one, image: 'acme/web:anew' });
    let deploying: Promise<unknown> = Promise.resolve();
    const racing: Exec = async (command) => {
      if (command.args[0] === 'uninstall') {
        deploying = scene.engineOf(anew, { isRunOver: async () => false }).deploy(anew, never);
        await sleep(1500);
      }
      return spawnExec(command);
    };
    const reaper = scene.spec({});
    const clean = scene.engineOf(reaper, { cluster: { ...scene.stage().core, exec: racing } });
    expect(await clean.remove({ record: old, where: '' }, never)).toEqual({
      kind: 'removed',
      leftovers: [],
    });
    expect(await deploying).toMatchObject({ kind: 'deployed' });
    expect(await scene.containerOf(one.name)).toMatchObject({ image: 'acme/web:anew' });
    expect(await scene.engineOf(anew).check(anew, never)).toEqual({ kind: 'standing' });
  });

  test('a clean-up that was killed does not block a deployment for ever', async () => {
    const one = scene.fresh();
    const old = scene.spec({ ...one, image: 'acme/web:old' });
    await scene.engineOf(old).deploy(old, never);
    const dying: Exec = async (command) => {
      if (command.args[0] === 'uninstall') throw new Error('the runner was killed');
      return spawnExec(command);
    };
    const clean = scene.engineOf(scene.spec({}), { cluster: { ...scene.stage().core, exec: dying } });
    await expect(clean.remove({ record: old, where: '' }, never)).rejects.toThrow('killed');
    const anew = scene.spec({ ...one, image: 'acme/web:anew' });
    await scene.engineOf(anew, isOver).deploy(anew, never);
    expect(await scene.containerOf(one.name)).toMatchObject({ image: 'acme/web:anew' });
    expect(await scene.engineOf(anew).check(anew, never)).toEqual({ kind: 'standing' });
  });

  test('an API server that restarts at any moment is waited for', async () => {
    const one = scene.fresh();
    const good = scene.spec({ ...one, image: 'acme/web:0' });
    await scene.engineOf(good).deploy(good, never);
    for (const [index, after] of [100, 500].entries()) {
      let restarted: Promise<unknown> | undefined;
      const shaken: Exec = async (command) => {
        if (command.args[0] === 'upgrade')
          restarted ??= sleep(after).then(() => scene.cluster().programs.restart('kube-apiserver'));
        return spawnExec(command);
      };
      const record = scene.spec({ ...one, image: `acme/web:${index + 1}` });
      const engine = scene.engineOf(record, {
        cluster: { ...scene.stage().core, exec: shaken },
        // The controllers take their time to find the server again.
        timeout: 90_000,
      });
      expect(await engine.deploy(record, never)).toMatchObject({ kind: 'deployed' });
      await restarted;
      await scene.cluster().ready();
      expect((await scene.statuses(one.name)).at(-1)).toBe('deployed');
      expect(await scene.containerOf(one.name)).toMatchObject({ image: `acme/web:${index + 1}` });
    }
  }, 180_000);
});
