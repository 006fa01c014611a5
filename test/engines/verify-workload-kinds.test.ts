import { expect, test } from '@jest/globals';
import { daemonSet, statefulSet } from './verify-workload-manifests.ts';
import { describeVerification, NAMESPACE } from './verify-workload-scene.ts';
import { deployment, job } from './workloads.ts';

describeVerification('verify-deployment, engine workload: other kinds', [], (scene) => {
  const rolledOut = (what: string) =>
    scene.cluster().kubectl('rollout', 'status', what, '-n', NAMESPACE, '--timeout=20s');

  test('a StatefulSet, a DaemonSet and a Job that run are healthy in one and the same look', async () => {
    const { cluster, workload } = scene;
    await cluster().apply(statefulSet('db', '1'), daemonSet('agent', '1'));
    await rolledOut('statefulset/db');
    await cluster().apply(
      statefulSet('db', '2'),
      daemonSet('agent', '2'),
      job(NAMESPACE, 'migrate', 'acme/migrate:2'),
    );
    const names = ['statefulset/db', 'daemonset/agent', 'job/migrate'];
    const images = ['acme/db:2', 'acme/agent:2', 'acme/migrate:2'];
    const { verdict, states } = await workload({ application: { kind: 'names', names }, images });
    expect({ verdict, states }).toEqual({
      verdict: 'healthy',
      states: ['StatefulSet db', 'DaemonSet agent', 'Job migrate'].map(
        (one) => `${one} in namespace shop: ready`,
      ),
    });
    const pods = await cluster().list<{ spec: { containers: { image: string }[] } }>('pods', NAMESPACE);
    expect(new Set(pods.flatMap(({ spec }) => spec.containers.map(({ image }) => image)))).toEqual(
      new Set(images),
    );
  });

  test('a Job that fails is degraded at once', async () => {
    await scene.cluster().apply(job(NAMESPACE, 'broken', 'acme/broken:2-failed'));
    const { verdict, message, reasons } = await scene.workload({
      application: 'job/broken',
      images: ['acme/broken:2-failed'],
    });
    expect({ verdict, message }).toEqual({
      verdict: 'degraded',
      message: expect.stringMatching(/^The Job broken in namespace shop: it failed \(BackoffLimitExceeded/),
    });
    expect(reasons[0]).toMatch(/^Pod broken-\w+, container main: ended with exit code 1/);
  });

  test('a Job that removes itself once it is complete is healthy', async () => {
    const own = job(NAMESPACE, 'brief', 'acme/brief:2') as { spec: object };
    const brief = { ...own, spec: { ...own.spec, ttlSecondsAfterFinished: 3 } };
    await scene.cluster().apply(brief, deployment(NAMESPACE, 'after', 'acme/after:1'));
    const verifying = scene.workload({
      application: { kind: 'names', names: ['job/brief', 'deployment/after'] },
      images: ['acme/brief:2', 'acme/after:2'],
    });
    await scene.cluster().kubectl('wait', '--for=delete', 'job/brief', '-n', NAMESPACE, '--timeout=20s');
    await scene.cluster().apply(deployment(NAMESPACE, 'after', 'acme/after:2'));
    const { verdict, states } = await verifying;
    expect({ verdict, states }).toEqual({
      verdict: 'healthy',
      states: [
        'Deployment after in namespace shop: ready',
        'Job brief in namespace shop: complete, and gone',
      ],
    });
  });
});
