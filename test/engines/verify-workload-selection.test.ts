import { expect, test } from '@jest/globals';
import { describeVerification, NAMESPACE } from './verify-workload-scene.ts';
import { deployment, job } from './workloads.ts';

describeVerification('verify-deployment, engine workload: what is meant', [], (scene) => {
  const labelled = (object: object, part: string) => {
    const { metadata } = object as { metadata: object };
    return { ...object, metadata: { ...metadata, labels: { part } } };
  };
  const of = (part: string) => ({ kind: 'selector', selector: `part=${part}` }) as const;

  test('a label selector means all that carry it, in one look, and not what other releases left behind', async () => {
    await scene
      .cluster()
      .apply(
        labelled(deployment(NAMESPACE, 'web', 'acme/web:2'), 'all'),
        labelled(deployment(NAMESPACE, 'cache', 'redis:7'), 'all'),
        labelled(job(NAMESPACE, 'migrate-1', 'acme/web:1-failed'), 'all'),
        labelled(job(NAMESPACE, 'migrate-2', 'acme/web:2'), 'all'),
      );
    await scene.cluster().kubectl('wait', '--for=condition=Failed', 'job/migrate-1', '-n', NAMESPACE);
    const { verdict, states } = await scene.workload({ application: of('all'), images: ['acme/web:2'] });
    expect({ verdict, states: states.toSorted() }).toEqual({
      verdict: 'healthy',
      states: ['Deployment cache', 'Deployment web', 'Job migrate-2'].map(
        (one) => `${one} in namespace shop: ready`,
      ),
    });
  });

  test('one that is not ready is enough', async () => {
    await scene
      .cluster()
      .apply(
        labelled(deployment(NAMESPACE, 'good', 'acme/good:2'), 'half'),
        labelled(deployment(NAMESPACE, 'bad', 'acme/bad:2-crash-loop'), 'half'),
      );
    const { verdict, message, reasons } = await scene.workload({
      application: of('half'),
      images: ['acme/good:2', 'acme/bad:2-crash-loop'],
    });
    expect({ verdict, message }).toEqual({
      verdict: 'degraded',
      message: expect.stringMatching(/^The Deployment bad in namespace shop: /),
    });
    expect(reasons.join('\n')).not.toContain('Pod good');
  });

  test('what a CronJob starts is no part of a release', async () => {
    const { spec } = job(NAMESPACE, 'nightly', 'acme/nightly:1-failed') as { spec: object };
    const jobTemplate = { metadata: { labels: { part: 'cron' } }, spec };
    await scene.cluster().apply(labelled(deployment(NAMESPACE, 'daily', 'acme/daily:2'), 'cron'), {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly', namespace: NAMESPACE },
      spec: { schedule: '0 0 1 1 *', jobTemplate },
    });
    await scene.cluster().kubectl('create', 'job', 'nightly-1', '--from=cronjob/nightly', '-n', NAMESPACE);
    await scene.cluster().kubectl('wait', '--for=condition=Failed', 'job/nightly-1', '-n', NAMESPACE);
    expect(await scene.workload({ application: of('cron'), images: ['acme/daily:2'] })).toMatchObject({
      verdict: 'healthy',
    });
  });

  test('nothing is never healthy', async () => {
    const { verdict, message } = await scene.workload({
      application: of('none'),
      images: ['acme/web:2'],
      timeout: 3000,
    });
    expect({ verdict, message }).toEqual({
      verdict: 'unknown',
      message: expect.stringContaining('no workload found'),
    });
  });

  test('a name that is not there is refused, with the names that are', async () => {
    await scene.cluster().apply(deployment(NAMESPACE, 'orders', 'acme/orders:2'));
    const refusal = (application: string) => scene.workload({ application, images: ['acme/orders:2'] });
    await expect(refusal('deployment/ordres')).rejects.toThrow(
      /^There is no Deployment "ordres" in namespace shop; did you mean "orders"\?/,
    );
    await expect(refusal('statefulset/orders')).rejects.toThrow(
      /^There is no StatefulSet "orders" in namespace shop; there are: .*deployment\/orders/,
    );
  });

  test('a kind that the cluster does not know is refused', async () => {
    const asked = scene.rollout({ application: 'web', images: ['acme/web:2'], asAdmin: true });
    await expect(asked).rejects.toThrow(
      'Argo Rollouts is not installed in this cluster: it does not know the kind Rollout.',
    );
  });

  test('one that is deleted meanwhile is unknown, and one that is replaced is not', async () => {
    const { cluster, workload } = scene;
    const names = ['short', 'replaced'];
    await cluster().apply(...names.map((name) => deployment(NAMESPACE, name, `acme/${name}:1`)));
    const [short, replaced] = names.map((name) =>
      workload({ application: `deployment/${name}`, images: [`acme/${name}:2`], timeout: 30_000 }),
    );
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await cluster().kubectl('delete', 'deployment', ...names, '-n', NAMESPACE);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await cluster().apply(deployment(NAMESPACE, 'replaced', 'acme/replaced:2'));
    expect(await short).toMatchObject({
      verdict: 'unknown',
      message: 'The Deployment short in namespace shop: it was deleted meanwhile.',
    });
    expect(await replaced).toMatchObject({ verdict: 'healthy' });
  });

  test('a missing right is named', async () => {
    await scene.cluster().kubectl('delete', 'rolebinding', 'deployer-view', '-n', NAMESPACE);
    await scene.cluster().programs.until('no right', async () => {
      const can = ['auth', 'can-i', 'get', 'deployments', '-n', NAMESPACE, '--as=deployer'];
      return (
        (await scene
          .cluster()
          .kubectl(...can)
          .catch(() => 'no')) === 'no'
      );
    });
    const refusal = (application: Parameters<typeof scene.workload>[0]['application']) =>
      scene.workload({ application, images: ['acme/web:2'] });
    await expect(refusal('deployment/web')).rejects.toThrow(
      /cannot get resource "deployments" in API group "apps" in the namespace "shop"/,
    );
    await expect(refusal(of('all'))).rejects.toThrow(/User "deployer" cannot list resource/);
  });
});
