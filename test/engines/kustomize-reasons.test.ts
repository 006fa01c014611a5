import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { never } from './helm-stage.ts';
import { NAMESPACE, onKustomize } from './kustomize-scene.ts';
import { deployment } from './workloads.ts';

const web = deployment('', 'web', 'acme/web:old');

onKustomize('kustomize previews that do not come up', (scene) => {
  test.each([
    ['image-pull', 'ImagePullBackOff'],
    ['crash-loop', 'CrashLoopBackOff'],
    ['never-ready', 'is running, but not ready'],
  ])('a pod that does not start is told: %s', async (fate, reason) => {
    const engine = await scene.stage().with([web]);
    const bad = scene.spec({ image: `acme/web:2-${fate}` });
    await expect(engine.deploy(bad, never)).rejects.toMatchObject({
      name: 'PreviewFailed',
      message: `Preview ${scene.name()} failed: Deployment ${scene.name()}-web.`,
      reasons: [
        expect.stringContaining(reason),
        expect.stringContaining(`Deployment ${scene.name()}-web does not get on (ProgressDeadlineExceeded`),
      ],
    });
    await engine.deploy(scene.spec(), never);
    expect(await scene.image()).toBe('acme/web:v1');
  });

  test('a workload that had failed before is waited for once more, though nothing changed', async () => {
    const engine = await scene.stage().with([web], { timeout: 20_000 });
    const image = 'acme/web:2-never-ready';
    await expect(engine.deploy(scene.spec({ image }), never)).rejects.toMatchObject({
      name: 'PreviewFailed',
    });
    const next = scene.spec({ image });
    const again = engine.deploy(next, never);
    const run = async () =>
      (await scene.get('deployment', 'web'))?.metadata.labels?.['previews.gitops-actions/run-id'];
    while ((await run()) !== String(next.runId)) await sleep(100);
    await sleep(2500);
    // It gets ready by itself, as after a missing Secret was made.
    const [pod = ''] = await scene.labelled('pods');
    const conditions = ['Ready', 'ContainersReady'].map((type) => ({ type, status: 'True' }));
    await scene
      .cluster()
      .kubectl(
        ...[
          'patch',
          'pod',
          pod,
          '-n',
          NAMESPACE,
          '--subresource=status',
          '-p',
          JSON.stringify({ status: { conditions } }),
        ],
      );
    expect(await again).toMatchObject({ kind: 'deployed' });
  });
});
