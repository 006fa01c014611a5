import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnExec } from '@gitops-actions/core/exec';
import { expect, test } from '@jest/globals';
import { never } from './helm-stage.ts';
import { ALL, GONE, NAMESPACE, onKustomize } from './kustomize-scene.ts';
import { type KustomizeStage, kustomizeStage } from './kustomize-stage.ts';
import { deployment } from './workloads.ts';

const web = deployment('', 'web', 'acme/web:old');
const slow = deployment('', 'web', 'acme/web:old', { annotations: { 'test.gitops/ready-after': '4s' } });
const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: {} };

onKustomize('kustomize previews that are disturbed', (scene) => {
  test('a cancelled deployment leaves nothing that the next one or a clean-up does not know', async () => {
    const cancel = new AbortController();
    const engine = await scene.stage().with([web, settings]);
    const deploying = engine.deploy(scene.spec({ image: 'acme/web:2-never-ready' }), cancel.signal);
    const ended = expect(deploying).rejects.toThrow(/cancelled|aborted/);
    await scene.appears('deployment', 'web');
    cancel.abort(new Error('cancelled'));
    await ended;
    const smaller = await scene.stage().with([web]);
    const next = scene.spec();
    await smaller.deploy(next, never);
    expect(await scene.isThere('configmap', 'settings')).toBe(false);
    expect(await scene.remove(smaller, next)).toEqual(GONE);
    expect(await scene.labelled(`${ALL},configmaps`)).toEqual([]);
  });

  test.each([1, 2, 3, 4, 5])('kubectl killed at its write %i: a clean-up finds everything', async (call) => {
    let calls = 0;
    const cut = await kustomizeStage(scene.cluster(), NAMESPACE, {
      exec: (command) => {
        const isWrite = /^(?:apply|replace|create|delete)$/.test(command.args[0] ?? '');
        if (!isWrite || ++calls !== call) return spawnExec(command);
        return spawnExec({ ...command, grace: 0, signal: AbortSignal.timeout(60) });
      },
    });
    await (await scene.stage().with([web, settings])).deploy(scene.spec(), never);
    const next = scene.spec({ image: 'acme/web:v2' });
    await (await cut.with([web])).deploy(next, never).catch(() => undefined);
    expect(calls).toBeGreaterThanOrEqual(call);
    const engine = scene.stage().engine();
    const { previews } = await engine.list(never);
    const found = previews.filter(({ record }) => record.name === scene.name());
    expect(await Promise.all(found.map(({ record }) => scene.remove(engine, record)))).toEqual([GONE]);
    expect(await scene.labelled(`${ALL},configmaps`)).toEqual([]);
  });

  test('two runs at once end with the objects of the later one', async () => {
    const engine = await scene.stage().with([web]);
    const early = scene.spec({ image: 'acme/web:early' });
    const later = scene.spec({ image: 'acme/web:later' });
    const [first, second] = await Promise.all([engine.deploy(early, never), engine.deploy(later, never)]);
    expect(second).toMatchObject({ kind: 'deployed' });
    const isOvertaken = first.kind === 'superseded' || (await engine.check(early, never)).kind === 'replaced';
    expect(isOvertaken).toBe(true);
    expect(await scene.image()).toBe('acme/web:later');
    expect(await engine.check(later, never)).toEqual({ kind: 'standing' });
  });

  test('an earlier run that applies its objects late is overwritten by the later one', async () => {
    const engine = await scene.stage().with([slow]);
    const early = scene.spec({ image: 'acme/web:early' });
    await engine.deploy(early, never);
    const stale = JSON.parse(
      await scene
        .cluster()
        .kubectl('get', 'deployment', `${scene.name()}-web`, '-n', NAMESPACE, '-o', 'json'),
    );
    const { apiVersion, kind, metadata, spec } = stale;
    const { name, namespace, labels } = metadata;
    const file = join(scene.stage().workspace, 'late.json');
    await writeFile(file, JSON.stringify({ apiVersion, kind, metadata: { name, namespace, labels }, spec }));
    const deploying = engine.deploy(scene.spec({ image: 'acme/web:later' }), never);
    while ((await scene.image()) !== 'acme/web:later') await sleep(100);
    const late = [
      'apply',
      '--server-side',
      '--force-conflicts',
      '--field-manager=gitops-actions',
      '-f',
      file,
    ];
    await scene.cluster().kubectl(...late);
    expect(await deploying).toMatchObject({ kind: 'deployed' });
    const again = `Somebody changed what was applied for ${scene.name()}; applying it again.`;
    expect(scene.stage().said).toContain(again);
    expect(await scene.image()).toBe('acme/web:later');
  });

  test('a clean-up in the middle of a deployment ends with nothing', async () => {
    const engine = await scene.stage().with([slow, settings]);
    const wanted = scene.spec();
    const deploying = engine.deploy(wanted, never);
    await scene.appears('deployment', 'web');
    expect(await scene.remove(engine, wanted)).toEqual(GONE);
    await deploying;
    expect(await engine.check(wanted, never)).toEqual({ kind: 'gone' });
    expect(await scene.labelled(`${ALL},configmaps`)).toEqual([]);
  });

  test('goes on when the API server is away for a while', async () => {
    const engine = await scene.stage().with([slow], { timeout: 60_000 });
    const deploying = engine.deploy(scene.spec(), never);
    await scene.appears('deployment', 'web');
    await scene.cluster().programs.restart('kube-apiserver');
    expect(await deploying).toMatchObject({ kind: 'deployed' });
    await scene.cluster().ready();
    expect(await scene.image()).toBe('acme/web:v1');
  });

  test('objects that are applied after a clean-up go too', async () => {
    const engine = await scene.stage().with([web, settings]);
    const wanted = scene.spec();
    const late = await lateStage(async () => {
      expect(await scene.remove(engine, wanted)).toEqual(GONE);
    });
    await (await late.with([web, settings])).deploy(wanted, never);
    expect(late.said.at(-1)).toContain('was removed while it came up; what was applied since goes too.');
    expect(await scene.labelled(`${ALL},configmaps`)).toEqual([]);
  });

  test('objects that are applied after a later run has ended are not passed over in silence', async () => {
    const engine = await scene.stage().with([web]);
    const early = scene.spec({ image: 'acme/web:early' });
    const later = scene.spec({ image: 'acme/web:later' });
    const late = await lateStage(() => engine.deploy(later, never));
    await expect((await late.with([web])).deploy(early, never)).rejects.toThrow(
      `Run ${later.runId}, a later one, has the preview ${scene.name()}, but this run applied Deployment ${scene.name()}-web after it; re-run run ${later.runId}.`,
    );
  });

  /** A stage whose first apply waits for something else to happen. */
  async function lateStage(first: () => Promise<unknown>): Promise<KustomizeStage> {
    let isDone = false;
    return kustomizeStage(scene.cluster(), NAMESPACE, {
      exec: async (command) => {
        if (command.args[0] === 'apply' && !command.args.includes('--dry-run=server') && !isDone) {
          isDone = true;
          await first();
        }
        return spawnExec(command);
      },
    });
  }
});
