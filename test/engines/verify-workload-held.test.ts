import { expect, test } from '@jest/globals';
import { daemonSet, statefulSet } from './verify-workload-manifests.ts';
import { describeVerification, NAMESPACE } from './verify-workload-scene.ts';

describeVerification('verify-deployment, engine workload: kinds without a deadline', [], (scene) => {
  const rolledOut = (what: string) =>
    scene.cluster().kubectl('rollout', 'status', what, '-n', NAMESPACE, '--timeout=20s');
  // kubectl waits for ever when a pod of the same name is there again before it looks.
  const remove = (...pods: string[]) =>
    scene.cluster().kubectl('delete', 'pod', ...pods, '-n', NAMESPACE, '--wait=false');

  test('a StatefulSet and a DaemonSet whose new pods are stuck are degraded after a while, and not before', async () => {
    const [broken, agent] = [
      statefulSet('broken-db', '2-crash-loop'),
      daemonSet('broken-agent', '2-image-pull'),
    ];
    await scene.cluster().apply(statefulSet('broken-db', '1'), daemonSet('broken-agent', '1'));
    await Promise.all([rolledOut('statefulset/broken-db'), rolledOut('daemonset/broken-agent')]);
    await scene.cluster().apply(broken, agent);
    const [database, early, node] = await Promise.all([
      ...[4000, 60_000].map((stuckFor) =>
        scene.workload({
          application: 'statefulset/broken-db',
          images: ['acme/broken-db:2-crash-loop'],
          ...{ stuckFor, timeout: 12_000 },
        }),
      ),
      scene.workload({
        application: 'daemonset/broken-agent',
        images: ['acme/broken-agent:2-image-pull'],
        stuckFor: 4000,
      }),
    ]);
    expect(database).toMatchObject({
      verdict: 'degraded',
      message: expect.stringMatching(
        /broken-db in namespace shop: Pod broken-db-1, container main: CrashLoopBackOff/,
      ),
    });
    expect(early).toMatchObject({
      verdict: 'unknown',
      message:
        'The StatefulSet broken-db in namespace shop was not healthy after 12s: it has 1 of 2 replicas ready.',
      reasons: [expect.stringContaining('CrashLoopBackOff'), ...(early?.reasons.slice(1) ?? [])],
    });
    expect(node).toMatchObject({
      verdict: 'degraded',
      message: expect.stringMatching(/container main: ImagePullBackOff/),
    });
  });

  test('a StatefulSet that was taken back waits for the bad pod, and that is said', async () => {
    const { cluster, workload } = scene;
    await cluster().apply(statefulSet('taken-back', '1'));
    await rolledOut('statefulset/taken-back');
    await cluster().apply(statefulSet('taken-back', '2-crash-loop'));
    await cluster().programs.until('a bad pod', async () => {
      const pod = await cluster().get('pod', NAMESPACE, 'taken-back-1');
      return JSON.stringify(pod?.status ?? '').includes('CrashLoopBackOff');
    });
    await cluster().apply(statefulSet('taken-back', '1'));
    const request = { application: 'statefulset/taken-back', images: ['acme/taken-back:1'] };
    const { verdict, message } = await workload({ ...request, timeout: 8000, stuckFor: 1000 });
    expect({ verdict, message }).toEqual({
      verdict: 'unknown',
      message: expect.stringMatching(
        /it waits for a pod of the release before, which must be deleted by hand: Pod taken-back-1, container main: CrashLoop/,
      ),
    });
    await remove('taken-back-1');
    expect(await workload(request)).toMatchObject({ verdict: 'healthy' });
  });

  test('what is updated only in part is unknown, and says who holds it back', async () => {
    const partition = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } };
    const byHand = { updateStrategy: { type: 'OnDelete' } };
    const at = (tag: string) => [
      statefulSet('parted', tag, partition),
      statefulSet('manual', tag, byHand),
      daemonSet('manual-agent', tag, byHand),
    ];
    await scene.cluster().apply(...at('1'));
    await Promise.all(['parted', 'manual'].map((name) => ready(name)));
    await scene.cluster().apply(...at('2'));
    const messageOf = async (application: string) => {
      const image = `acme/${application.split('/')[1]}:2`;
      const { verdict, message } = await scene.workload({ application, images: [image], timeout: 7000 });
      expect(verdict).toBe('unknown');
      return message;
    };
    expect(
      await Promise.all(
        ['statefulset/parted', 'statefulset/manual', 'daemonset/manual-agent'].map(messageOf),
      ),
    ).toEqual([
      'The StatefulSet parted in namespace shop was not healthy after 7s: it has 1 of 2 replicas updated, for the partition 1 of its updateStrategy holds the others back.',
      'The StatefulSet manual in namespace shop was not healthy after 7s: it has 0 of 2 replicas updated, which its updateStrategy OnDelete leaves to you.',
      'The DaemonSet manual-agent in namespace shop was not healthy after 7s: it has 0 of 1 replicas updated, which its updateStrategy OnDelete leaves to you.',
    ]);
    await remove('manual-0', 'manual-1');
    const { verdict } = await scene.workload({
      application: 'statefulset/manual',
      images: ['acme/manual:2'],
    });
    expect(verdict).toBe('healthy');
  });

  const ready = (name: string) =>
    scene.cluster().programs.until(`${name} ready`, async () => {
      const found = await scene
        .cluster()
        .get<{ status?: { readyReplicas?: number } }>('statefulset', NAMESPACE, name);
      return found?.status?.readyReplicas === 2;
    });
});
