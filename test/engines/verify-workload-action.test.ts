import { expect, test } from '@jest/globals';
import { describeVerification, NAMESPACE } from './verify-workload-scene.ts';
import { deployment } from './workloads.ts';

describeVerification('the action verify-deployment, engine workload', [], (scene) => {
  const apply = (name: string, tag: string) =>
    scene.cluster().apply(deployment(NAMESPACE, name, `ghcr.io/acme/${name}:${tag}`));
  const asked = (name: string, tag: string) => ({
    engine: 'workload',
    application: name,
    images: `ghcr.io/acme/${name}:${tag}`,
  });
  const verify = (name: string, tag: string, inputs: Readonly<Record<string, string>> = {}) =>
    scene.run({ ...asked(name, tag), ...inputs });

  test('a release that comes while it is waited for is healthy, green and recorded', async () => {
    await apply('web', '1');
    const running = scene.start({ ...asked('web', '2'), environment: 'production' });
    await running.said('Deployment web in namespace shop: its spec still has ghcr.io/acme/web:1.');
    await apply('web', '2');
    const { exitCode, outputs } = await running.ended;
    expect({ exitCode, verdict: outputs.verdict, reason: outputs.reason }).toEqual({
      ...{ exitCode: 0, verdict: 'healthy', reason: '' },
    });
    expect(outputs.summary).toContain('Deployment web');
    const [recorded] = scene.repository().deployments();
    expect(recorded?.statuses.map(({ state }) => state)).toEqual(['success', 'in_progress']);
  });

  test('a crash loop is degraded and red, with the reason and its log', async () => {
    await apply('bad', '1');
    await scene.cluster().setLogs(['no database'], ['no database, the time before']);
    await apply('bad', '2-crash-loop');
    const { exitCode, outputs } = await verify('bad', '2-crash-loop', { 'log-lines': '5' });
    expect({ exitCode, verdict: outputs.verdict }).toEqual({ exitCode: 1, verdict: 'degraded' });
    expect(outputs.reason).toContain('ProgressDeadlineExceeded');
    expect(outputs.summary).toContain('CrashLoopBackOff');
    expect(outputs.summary).toContain('no database');
    expect(await scene.cluster().get('deployment', NAMESPACE, 'bad')).toMatchObject({
      status: { availableReplicas: 1, updatedReplicas: 1, unavailableReplicas: 1 },
    });
  });

  test('the release before is unknown and red', async () => {
    await apply('old', '1');
    const { exitCode, outputs } = await verify('old', '2', { timeout: '7s' });
    expect({ exitCode, verdict: outputs.verdict, reason: outputs.reason }).toEqual({
      exitCode: 1,
      verdict: 'unknown',
      reason: expect.stringContaining('its spec still has ghcr.io/acme/old:1'),
    });
  });

  test.each([
    [
      'a near name',
      { application: 'statefulset/cahe' },
      /There is no StatefulSet "cahe".*did you mean "cache"/,
    ],
    ['a missing right', { namespace: 'kube-system' }, /cannot get resource "deployments".*"kube-system"/],
    ['no cluster', { kubeconfig: deadKubeconfig(), timeout: '5s' }, /does not answer/],
  ])('%s is unknown and red', async (_, inputs, sentence) => {
    const { metadata, spec } = deployment(NAMESPACE, 'cache', 'ghcr.io/acme/cache:1');
    const { selector, template } = spec;
    await scene.cluster().apply({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: { serviceName: 'cache', selector, template },
    });
    const { exitCode, outputs } = await verify('cache', '1', inputs);
    expect({ exitCode, verdict: outputs.verdict }).toEqual({ exitCode: 1, verdict: 'unknown' });
    expect(outputs.reason).toMatch(sentence);
  });
});

/** Of a port where nobody listens. */
function deadKubeconfig(): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'dead',
    clusters: [{ name: 'dead', cluster: { server: 'https://127.0.0.1:9' } }],
    users: [{ name: 'dead', user: { token: 'none' } }],
    contexts: [{ name: 'dead', context: { cluster: 'dead', user: 'dead' } }],
  });
}
