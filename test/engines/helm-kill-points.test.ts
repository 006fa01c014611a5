import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Exec, spawnExec } from '@gitops-actions/core/exec';
import { expect, test } from '@jest/globals';
import { onHelm } from './helm-scene.ts';
import { never } from './helm-stage.ts';

/** Per helm. More of them are a campaign: 25 take about three minutes. */
const KILLS = 4;
/** An install is done by then; milliseconds. */
const LONGEST = 900;

onHelm('helm previews killed at any moment', (scene) => {
  test(
    'the next run always heals, and nothing stays pending',
    async () => {
      const one = scene.fresh();
      for (let kill = 0; kill < KILLS; kill++) {
        const after = Math.round(Math.random() * LONGEST);
        const killed = scene.spec({ ...one, image: `acme/web:killed-${kill}` });
        const dying: Exec = async (command) => {
          const { program, args, env } = command;
          if (args[0] !== 'upgrade') return spawnExec(command);
          const child = spawn(program, args, { env, stdio: 'ignore' });
          const ended = once(child, 'exit');
          await Promise.race([sleep(after), ended]);
          child.kill('SIGKILL');
          await ended;
          throw new Error('the runner was killed');
        };
        const cluster = { ...scene.stage().core, exec: dying };
        await expect(scene.engineOf(killed, { cluster }).deploy(killed, never)).rejects.toThrow('killed');
        const left = (await scene.statuses(one.name)).at(-1);
        const next = scene.spec({ ...one, image: `acme/web:next-${kill}` });
        const deployed = await scene.engineOf(next, { isRunOver: async () => true }).deploy(next, never);
        const seen = [after, left, deployed.kind, (await scene.statuses(one.name)).at(-1)];
        expect(seen).toEqual([after, left, 'deployed', 'deployed']);
        expect(await scene.containerOf(one.name)).toMatchObject({ image: next.image });
        // Every other round begins with a first install.
        if (kill % 2 === 1) continue;
        const removal = await scene.engineOf(next).remove({ record: next, where: '' }, never);
        expect(removal).toEqual({ kind: 'removed', leftovers: [] });
      }
    },
    KILLS * 30_000,
  );
});
