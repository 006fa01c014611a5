import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { openActions } from './helm-action-scene.ts';
import { onHelm } from './helm-scene.ts';

onHelm('the actions with the engine helm', (helm) => {
  const { namespace } = helm;

  test('the recipe: release pr-N, image.tag, ingress.host, and away when the pull request closes', async () => {
    await using scene = await openActions(helm, 1);
    const run = await scene.deploy({ image: 'ghcr.io/acme/web:1e5' });
    expect(run.annotations).toEqual([]);
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({
      status: 'ready',
      url: 'https://pr-1.preview.example.com',
      host: 'pr-1.preview.example.com',
      name: 'pr-1',
      namespace,
      reason: '',
    });
    expect(run.summary).toContain(`\`Helm release pr-1 in namespace ${namespace}\``);
    expect(await helm.statuses('pr-1')).toEqual(['deployed']);
    expect(await helm.cluster().get('ingress', namespace, 'pr-1')).toMatchObject({
      spec: { rules: [{ host: 'pr-1.preview.example.com' }] },
    });
    expect(await helm.cluster().get('deployment', namespace, 'pr-1')).toMatchObject({
      spec: { template: { spec: { containers: [{ image: 'ghcr.io/acme/web:1e5' }] } } },
      status: { readyReplicas: 1 },
    });
    expect(scene.shop.deployments()).toMatchObject([
      {
        task: 'preview:pr-1',
        statuses: [
          { state: 'success', environment_url: 'https://pr-1.preview.example.com' },
          { state: 'in_progress' },
        ],
      },
    ]);

    const kept = await scene.cleanUp();
    expect(kept.outputs).toMatchObject({ removed: '[]', failed: '[]' });
    await scene.pull.close();
    const removed = await scene.cleanUp();
    expect(removed.annotations).toEqual([]);
    expect(removed.outputs.removed).toContain('"name":"pr-1"');
    expect(await helm.statuses('pr-1')).toEqual([]);
    expect(await helm.cluster().get('deployment', namespace, 'pr-1')).toBeUndefined();
    expect(await helm.cluster().get('configmap', namespace, 'preview-pr-1')).toBeUndefined();
    expect(scene.shop.deployments()[0]?.statuses[0]).toMatchObject({ state: 'inactive' });
  });

  test('a container that crashes: the reason is the pod’s, with log lines where only members read them', async () => {
    await helm.cluster().setLogs(['now'], ['boom ```', '<script>@everyone']);
    await using scene = await openActions(helm, 2, { private: true });
    const run = await scene.deploy({ image: 'acme/web:1-crash-loop', timeout: '4s' });
    expect(run.exitCode).toBe(1);
    const { reason = '', comment = '', status } = run.outputs;
    expect(status).toBe('failed');
    expect(reason.split('\n')[0]).toMatch(/^Helm could not bring up pr-2: .*context deadline exceeded\.$/);
    expect(reason).toContain('container app: CrashLoopBackOff: ');
    expect(reason).toContain('\n  log boom ```\n  log <script>@everyone');
    expect(comment).toContain(`\`\`\`\`text\n${reason}\n\`\`\`\``);
    expect(run.annotations.map(({ message }) => message)).toEqual([reason.split('\n')[0]]);
    expect(scene.shop.deployments()[0]?.statuses[0]?.state).toBe('failure');
  });

  test('in a public repository there are none', async () => {
    await helm.cluster().setLogs(['now'], ['boom']);
    await using scene = await openActions(helm, 3);
    const run = await scene.deploy({ image: 'acme/web:1-crash-loop', timeout: '4s' });
    expect(run.outputs.reason).toContain('CrashLoopBackOff');
    expect(run.outputs.reason).not.toContain('boom');
  });

  test('credentials of the kubeconfig are masked, and cut out of what a pod logs', async () => {
    const [, token = ''] = /token: (\S+)/.exec(helm.cluster().deployerKubeconfig) ?? [];
    expect(token.length).toBeGreaterThan(3);
    await helm.cluster().setLogs([], [`my token is ${token}`]);
    await using scene = await openActions(helm, 4);
    const run = await scene.deploy({ image: 'acme/web:1-crash-loop', timeout: '4s', 'log-lines': '5' });
    expect(run.masks).toContain(token);
    expect(run.masks).not.toContain('kind: Config');
    expect(run.outputs.reason).toContain('log my token is ***');
    expect(JSON.stringify([run.outputs, run.summary])).not.toContain(token);
  });

  test('a cancellation in the middle: helm is stopped, nothing stays pending, the Deployment says so', async () => {
    await using scene = await openActions(helm, 5);
    const controller = new AbortController();
    const running = scene.deploy({ image: 'acme/web:1-never-ready' }, { signal: controller.signal });
    while (!(await helm.statuses('pr-5')).includes('pending-install')) await sleep(100);
    controller.abort();
    const run = await running;
    expect(run.exitCode).toBe(1);
    expect(await helm.statuses('pr-5')).toEqual(['failed']);
    expect(run.outputs).toMatchObject({
      status: 'failed',
      reason: `Cancelled by the runner (SIGINT). What came up of pr-5 is in namespace ${namespace}.`,
    });
    expect(scene.shop.deployments()[0]?.statuses[0]?.state).toBe('error');
    const next = await scene.deploy({}, { runId: 101 });
    expect(next.outputs).toMatchObject({ status: 'ready' });
  });

  test('a run that was killed is told from one that is at work by what GitHub says of it', async () => {
    await using scene = await openActions(helm, 6);
    const first = scene.deploy({ image: 'acme/web:1-never-ready', timeout: '1m' });
    while (!(await helm.statuses('pr-6')).includes('pending-install')) await sleep(100);
    for (const pid of await helmsOf('pr-6', namespace)) process.kill(pid, 'SIGKILL');
    const run = await first;
    expect(run.exitCode).toBe(1);
    expect(await helm.statuses('pr-6')).toEqual(['pending-install']);
    scene.shop.addRun({ id: 100, status: 'completed', conclusion: 'failure' });
    const next = await scene.deploy({}, { runId: 101 });
    expect(next.outputs).toMatchObject({ status: 'ready' });
    expect(await helm.statuses('pr-6')).toEqual(['deployed']);
  });
});

/** Processes of helm that upgrade this very release. */
async function helmsOf(name: string, namespace: string): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, program, args = ''] = /^\s*(\d+) (\S+) (.*)/.exec(line) ?? [];
    const isMeant = args.startsWith(`upgrade ${name} `) && args.includes(`--namespace ${namespace} `);
    return program?.endsWith('helm') && isMeant ? [Number(pid)] : [];
  });
}
