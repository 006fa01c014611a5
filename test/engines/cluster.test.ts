import { type Cluster, startCluster } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from './suite.ts';
import { deployment, job, type Pod, statefulSet, writeKubeconfig } from './workloads.ts';

describeOn(['kubernetes', 'kwok'], 'a cluster', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
    await cluster.createNamespace('shop');
  });
  afterAll(() => cluster?.close());

  const podOf = (name: string) =>
    cluster.programs.until(`pod of ${name} with a status`, async () => {
      const [pod] = await cluster.list<Pod>('pods', 'shop', `app=${name}`);
      return pod?.status?.containerStatuses ? pod : undefined;
    });

  test('runs what it is given', async () => {
    await cluster.apply(deployment('shop', 'web', 'acme/web:1'), job('shop', 'migrate', 'acme/web:1'));
    await cluster.kubectl('rollout', 'status', 'deployment/web', '-n', 'shop', '--timeout=20s');
    await cluster.kubectl('wait', '--for=condition=Complete', 'job/migrate', '-n', 'shop', '--timeout=20s');
    expect((await podOf('web')).status).toMatchObject({
      phase: 'Running',
      containerStatuses: [{ ready: true }],
    });
  });

  test.each([
    ['crash-loop', 'Running', { waiting: { reason: 'CrashLoopBackOff' } }, 'BackOff'],
    ['image-pull', 'Pending', { waiting: { reason: 'ImagePullBackOff' } }, 'Failed'],
    ['never-ready', 'Running', { running: {} }, 'Unhealthy'],
  ])('breaks a release whose tag ends in %s', async (fate, phase, state, reason) => {
    const digest = `sha256:${'0'.repeat(64)}`;
    await cluster.apply(deployment('shop', fate, `acme/web:1.2.3-${fate}@${digest}`));
    const pod = await podOf(fate);
    expect(pod.status).toMatchObject({ phase, containerStatuses: [{ ready: false, state }] });
    await cluster.programs.until(`event ${reason}`, async () => {
      const field = `involvedObject.name=${pod.metadata.name},type=Warning,reason=${reason}`;
      const text = await cluster.kubectl(
        'get',
        'events',
        '-n',
        'shop',
        '--field-selector',
        field,
        '-o',
        'name',
      );
      return text !== '';
    });
  });

  test('lets a Job fail, or hang', async () => {
    await cluster.apply(
      job('shop', 'broken', 'acme/web:1-failed'),
      job('shop', 'stuck', 'acme/web:1-never-ready'),
    );
    await cluster.kubectl('wait', '--for=condition=Failed', 'job/broken', '-n', 'shop', '--timeout=20s');
    await podOf('stuck');
    const stuck = await cluster.get<{ status: object }>('job', 'shop', 'stuck');
    expect(stuck?.status).toMatchObject({ active: 1 });
  });

  test('takes its time when an annotation says so', async () => {
    const started = performance.now();
    const annotations = { 'test.gitops/ready-after': '2s' };
    await cluster.apply(deployment('shop', 'slow', 'acme/web:1', { annotations }));
    await cluster.kubectl('rollout', 'status', 'deployment/slow', '-n', 'shop', '--timeout=20s');
    expect(performance.now() - started).toBeGreaterThan(2000);
  });

  test('finds no node for a pod that asks for too much', async () => {
    await cluster.apply(deployment('shop', 'huge', 'acme/web:1', { cpu: '1000' }));
    await cluster.programs.until('FailedScheduling', async () => {
      const text = await cluster.kubectl(
        'get',
        'events',
        '-n',
        'shop',
        '--field-selector',
        'reason=FailedScheduling',
      );
      return text.includes('Insufficient cpu');
    });
  });

  test('shows the logs that the test wrote', async () => {
    await cluster.apply(deployment('shop', 'chatty', 'acme/web:1'));
    await podOf('chatty');
    await cluster.setLogs(['listening', 'boom'], ['the run before']);
    const logs = (...args: string[]) => cluster.kubectl('logs', 'deployment/chatty', '-n', 'shop', ...args);
    expect(await logs()).toBe('listening\nboom\n');
    expect(await logs('--tail=1')).toBe('boom\n');
    expect(await logs('--previous')).toBe('the run before\n');
  });

  test('lets the deployer do what was granted, and nothing else', async () => {
    await cluster.createNamespace('granted');
    await cluster.grant('granted');
    const kubeconfig = await writeKubeconfig(cluster, cluster.deployerKubeconfig);
    const create = (namespace: string) =>
      cluster.kubectl('create', 'configmap', 'web', '-n', namespace, '--kubeconfig', kubeconfig);
    expect(await create('granted')).toContain('created');
    await expect(create('shop')).rejects.toThrow(
      'User "deployer" cannot create resource "configmaps" in API group "" in the namespace "shop"',
    );
  });

  test('binds the claims of a StatefulSet, which outlive it', async () => {
    await cluster.addVolumes(2);
    await cluster.apply(statefulSet('shop', 'database', 'acme/database:1'));
    await cluster.kubectl('rollout', 'status', 'statefulset/database', '-n', 'shop', '--timeout=20s');
    await cluster.kubectl('delete', 'statefulset', 'database', '-n', 'shop');
    expect(await cluster.list('persistentvolumeclaims', 'shop')).toMatchObject([
      { metadata: { name: 'data-database-0' }, status: { phase: 'Bound' } },
    ]);
  });

  test('goes on after its API server was restarted', async () => {
    await cluster.programs.restart('kube-apiserver');
    await cluster.ready();
    await cluster.apply(deployment('shop', 'after', 'acme/web:1'));
    await cluster.kubectl('rollout', 'status', 'deployment/after', '-n', 'shop', '--timeout=30s');
  });
});
