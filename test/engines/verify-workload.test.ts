import { expect, test } from '@jest/globals';
import { describeVerification, NAMESPACE } from './verify-workload-scene.ts';
import { deployment } from './workloads.ts';

describeVerification('verify-deployment, engine workload: Deployments', [], (scene) => {
  const apply = (name: string, image: string, spec: object = {}) => {
    const object = deployment(NAMESPACE, name, image);
    return scene.cluster().apply({ ...object, spec: { ...object.spec, ...spec } });
  };
  const rolledOut = (name: string) =>
    scene.cluster().kubectl('rollout', 'status', `deployment/${name}`, '-n', NAMESPACE, '--timeout=20s');
  /** One that runs its first release. */
  const running = async (name: string) => {
    await apply(name, name.includes('-') ? 'acme/web:1' : `acme/${name}:1`);
    await rolledOut(name);
  };

  test('a release that runs is healthy', async () => {
    await running('web');
    await apply('web', 'acme/web:2');
    const { verdict, message, states } = await scene.workload({
      application: 'deployment/web',
      images: ['acme/web:2'],
    });
    expect({ verdict, message, states }).toEqual({
      verdict: 'healthy',
      message: '',
      states: ['Deployment web in namespace shop: ready'],
    });
  });

  test('a release that comes while it is waited for is healthy, and the wait says what moved', async () => {
    await running('late');
    const verifying = scene.workload({ application: 'deployment/late', images: ['acme/late:2'] });
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await apply('late', 'acme/late:2');
    const { verdict, said } = await verifying;
    expect(verdict).toBe('healthy');
    expect(said[0]).toBe('Deployment late in namespace shop: its spec still has acme/late:1.');
    expect(said.at(-1)).toBe('Deployment late in namespace shop: ready.');
  });

  test('a release that is replaced while it is waited for is superseded; one that is taken back is waited for', async () => {
    const end = async (name: string, ours: string, next: string) => {
      await running(name);
      const images = [`acme/${name}:${ours}`];
      const verifying = scene.workload({ application: `deployment/${name}`, images, timeout: 8000 });
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await apply(name, `acme/${name}:${ours}`);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await apply(name, `acme/${name}:${next}`);
      const { verdict, message } = await verifying;
      return `${verdict}: ${message}`;
    };
    const ends = [end('passed', '2-never-ready', '3-never-ready'), end('back', '2-never-ready', '1')];
    expect(await Promise.all(ends)).toEqual([
      'unknown: Superseded: acme/passed:3-never-ready took the place of acme/passed:2-never-ready in Deployment passed in namespace shop.',
      'unknown: The Deployment back in namespace shop was not healthy after 8s: its spec still has acme/back:1.',
    ]);
  });

  test('a release whose pods do not start is degraded when Kubernetes says so, with the reason', async () => {
    const fates = {
      'image-pull': /Pod image-pull-\w+-\w+, container main: ImagePullBackOff/,
      'crash-loop': /Pod crash-loop-\w+-\w+, container main: CrashLoopBackOff.*4 restarts/,
      'never-ready': /Pod never-ready-\w+-\w+, container main: is running, but not ready/,
    };
    const ends = Object.entries(fates).map(async ([fate, reason]) => {
      await running(fate);
      const image = `acme/web:2-${fate}`;
      await apply(fate, image);
      const found = await scene.workload({ application: `deployment/${fate}`, images: [image] });
      expect(found).toMatchObject({
        verdict: 'degraded',
        message: expect.stringMatching(
          new RegExp(
            `^The Deployment ${fate} in namespace shop: it does not get on .ProgressDeadlineExceeded`,
          ),
        ),
        reasons: [expect.stringMatching(reason), ...found.reasons.slice(1)],
      });
      expect(await scene.cluster().get('deployment', NAMESPACE, fate)).toMatchObject({
        status: { availableReplicas: 1, unavailableReplicas: 1 },
      });
    });
    await Promise.all(ends);
  });

  test('what has not got there in time is unknown, and says what is missing', async () => {
    const timeout = 7000;
    const messageOf = async (name: string, image: string) => {
      const { verdict, message } = await scene.workload({
        ...{ application: `deployment/${name}`, images: [image], timeout },
      });
      expect(verdict).toBe('unknown');
      return message;
    };
    await Promise.all(['old', 'patient', 'paused'].map(running));
    await apply('patient', 'acme/patient:2-crash-loop', { progressDeadlineSeconds: 600 });
    await apply('paused', 'acme/paused:2', { paused: true });
    await apply('empty', 'acme/empty:2', { replicas: 0 });
    const messages = await Promise.all([
      messageOf('old', 'acme/old:2'),
      messageOf('patient', 'acme/patient:2-crash-loop'),
      messageOf('paused', 'acme/paused:2'),
      messageOf('empty', 'acme/empty:2'),
      messageOf('old', 'acme/other:1'),
    ]);
    const wasNot = 'in namespace shop was not healthy after 7s:';
    expect(messages).toEqual([
      `The Deployment old ${wasNot} its spec still has acme/old:1.`,
      `The Deployment patient ${wasNot} it still has 1 old replicas.`,
      `The Deployment paused ${wasNot} it has 0 of 1 replicas updated, for it is paused.`,
      'The Image acme/empty:2 was not healthy after 7s: Deployment empty has it, but is scaled to 0 replicas.',
      'The Image acme/other:1 was not healthy after 7s: no workload that is verified has it.',
    ]);
  });

  test('a way back to the release before is healthy, although the bad one is still told when it begins', async () => {
    await running('back');
    await apply('back', 'acme/back:2-crash-loop', { progressDeadlineSeconds: 3 });
    await scene.cluster().programs.until('deadline passed', async () => {
      const found = await scene.cluster().get('deployment', NAMESPACE, 'back');
      return JSON.stringify(found?.status).includes('ProgressDeadlineExceeded');
    });
    const verifying = scene.workload({ application: 'deployment/back', images: ['acme/back:1'] });
    await new Promise((resolve) => setTimeout(resolve, 4000));
    await apply('back', 'acme/back:1', { progressDeadlineSeconds: 3 });
    const { verdict, said } = await verifying;
    expect(verdict).toBe('healthy');
    expect(said[0]).toBe('Deployment back in namespace shop: its spec still has acme/back:2-crash-loop.');
    expect(said.at(-1)).toBe('Deployment back in namespace shop: ready.');
  });
});
