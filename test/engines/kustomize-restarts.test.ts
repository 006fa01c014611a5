import { type Command, type Exec, spawnExec } from '@gitops-actions/core/exec';
import { expect, test } from '@jest/globals';
import { never } from './helm-stage.ts';
import { GONE, NAMESPACE, onKustomize } from './kustomize-scene.ts';
import { kustomizeStage } from './kustomize-stage.ts';
import { deployment } from './workloads.ts';

const web = deployment('', 'web', 'acme/web:old');
const REFUSAL = 'configmaps "x" is forbidden: User "deployer" cannot get resource "configmaps"';
const FAULTS = {
  /** As a server that has just started answers, before it has read the rights. */
  refused: async () => said(`Error from server (Forbidden): ${REFUSAL}`),
  /** What was asked is done, but the answer does not arrive. */
  lost: async (command) => {
    await spawnExec(command);
    return said('error: unexpected EOF');
  },
} as const satisfies Readonly<Record<string, Exec>>;

const said = (stderr: string) => ({ exitCode: 1, stdout: Buffer.alloc(0), stderr });
/** Two calls are of one sort when they begin alike. */
const sortOf = ({ args }: Command) => args.slice(0, 3).join(' ').replace(/\?.*/, '');

onKustomize('kustomize previews after an API server came back', (scene) => {
  test.each(['refused', 'lost'] as const)(
    'each first call since the claim is %s: all is done, and once',
    async (fault) => {
      const sorts = new Set<string>();
      let isClaimed = false;
      const stage = await kustomizeStage(scene.cluster(), NAMESPACE, {
        exec: async (command) => {
          const sort = sortOf(command);
          const isRehearsed = command.args.includes('--dry-run=server');
          const isSpared = isRehearsed || (fault === 'refused' && command.args[0] === 'delete');
          if (isClaimed && !isSpared && !sorts.has(sort)) {
            sorts.add(sort);
            return FAULTS[fault](command);
          }
          const finished = await spawnExec(command);
          isClaimed ||= /^(?:create|replace)$/.test(command.args[0] ?? '') && finished.exitCode === 0;
          return finished;
        },
      });
      const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
      const first = scene.spec();
      await (await stage.with([web, settings])).deploy(first, never);
      const engine = await stage.with([web]);
      const wanted = scene.spec({ image: 'acme/web:v2' });
      sorts.clear();
      isClaimed = false;
      expect(await engine.deploy(wanted, never)).toMatchObject({ kind: 'deployed' });
      expect(await engine.check(wanted, never)).toEqual({ kind: 'standing' });
      expect(await scene.image()).toBe('acme/web:v2');
      expect(await scene.isThere('configmap', 'settings')).toBe(false);
      sorts.clear();
      // One that is refused is done by the next clean-up.
      const removal = await scene.remove(engine, wanted).catch(() => scene.remove(engine, wanted));
      expect(removal).toEqual(GONE);
      expect(await scene.recordOf(scene.name())).toBeUndefined();
      expect(sorts.size).toBeGreaterThan(2);
    },
    60_000,
  );
});
