import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Exec, spawnExec } from '@gitops-actions/core/exec';
import type { PreviewSpec } from '@gitops-actions/core/preview';
import { expect } from '@jest/globals';
import type { HelmScene } from './helm-scene.ts';
import { never } from './helm-stage.ts';

const WRITES = ['upgrade', 'rollback', 'uninstall'];

/** Waits until a helm has written that it is at work on a release. */
export async function untilPending(scene: HelmScene, name: string): Promise<void> {
  while (!(await scene.statuses(name)).some((status) => /^pending-|^uninstalling$/.test(status)))
    await sleep(100);
}

/** Kills helm's upgrade, rollback or uninstall as soon as it has written that it is at work. */
export function killing(scene: HelmScene, name: string): Exec {
  return async (command) => {
    const { program, args, env } = command;
    if (program !== 'helm' || !WRITES.includes(args[0] ?? '')) return spawnExec(command);
    const child = spawn(program, args, { env, stdio: 'ignore' });
    const ended = once(child, 'exit');
    await untilPending(scene, name);
    child.kill('SIGKILL');
    await ended;
    throw new Error('the runner was killed');
  };
}

/** Leaves a release pending, by a run that was killed. */
export async function abandon(scene: HelmScene, record: PreviewSpec): Promise<void> {
  const cluster = { ...scene.stage().core, exec: killing(scene, record.name) };
  const deploying = scene.engineOf(record, { cluster }).deploy(record, never);
  await expect(deploying).rejects.toThrow('the runner was killed');
}
