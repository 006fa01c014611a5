import { PreviewFailed } from '@gitops-actions/core/preview';
import { expect, test } from '@jest/globals';
import { onHelm } from './helm-scene.ts';
import { never } from './helm-stage.ts';

onHelm('why a helm preview does not come up', (scene) => {
  const { namespace } = scene;

  async function reasonsOf(tag: string, logLines = 0): Promise<PreviewFailed> {
    const engine = scene.stage().engine({ timeout: 4000, logLines });
    const failure = await engine
      .deploy(scene.spec({ image: `acme/web:${tag}` }), never)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PreviewFailed);
    return failure as PreviewFailed;
  }

  test('an image that cannot be pulled', async () => {
    const { message, reasons } = await reasonsOf('1-image-pull');
    expect(message).toMatch(/^Helm could not bring up pr-42: .*context deadline exceeded/);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(
      /^Pod pr-42-\S+, container web: ImagePullBackOff: Back-off pulling image "acme\/web:1-image-pull"\n {2}event Failed: Error: ImagePullBackOff/,
    );
  });

  test('a container that crashes, with the log of the time before', async () => {
    await scene.cluster().setLogs(['now'], ['one', '\u001b[31mtwo\u001b[0m ```', 'three']);
    const { reasons } = await reasonsOf('2-crash-loop', 2);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(
      /^Pod pr-42-\S+, container web: CrashLoopBackOff: back-off 40s restarting failed container=web; last exit code 1 \(Error\), 4 restarts\n/,
    );
    expect(reasons[0]?.split('\n').slice(1)).toEqual([
      expect.stringMatching(/^ {2}event BackOff: Back-off restarting failed container/),
      '  log two ```',
      '  log three',
    ]);
  });

  test('a container that never gets ready, and the good one that comes after it', async () => {
    const { reasons } = await reasonsOf('3-never-ready');
    expect(reasons[0]).toMatch(
      /^Pod pr-42-\S+, container web: is running, but not ready\n {2}event Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503/,
    );
    const good = scene.spec({ image: 'acme/web:good' });
    expect(await scene.engine().deploy(good, never)).toMatchObject({ kind: 'deployed' });
  });

  test('a pod that cannot be scheduled, and one that a quota forbids', async () => {
    const engine = scene.engine({ timeout: 4000, chart: scene.stage().chart({ text: 'claim: true' }) });
    const wanted = scene.spec({ name: 'pr-50', pullRequest: 50 });
    const unbound = await engine.deploy(wanted, never).catch((error: unknown) => error);
    expect((unbound as PreviewFailed).reasons[0]).toMatch(
      /^Pod pr-50-store-0: cannot be scheduled: .*unbound immediate PersistentVolumeClaims/,
    );
    await engine.remove({ record: wanted, where: '' }, never);
    await scene.cluster().kubectl('create', 'quota', 'none', '--hard=pods=0', '-n', namespace);
    const full = await scene
      .engine({ timeout: 4000 })
      .deploy(scene.spec({ name: 'pr-51', pullRequest: 51 }), never)
      .catch((error: unknown) => error);
    await scene.cluster().kubectl('delete', 'quota', 'none', '-n', namespace);
    expect((full as PreviewFailed).reasons[0]).toMatch(
      /^Deployment pr-51: FailedCreate: Error creating: pods "pr-51-\S+" is forbidden: exceeded quota: none/,
    );
  });
});
