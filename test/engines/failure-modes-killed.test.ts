import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PullRequest } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { onEngines, type Scene } from './failure-scene.ts';

const NEVER_READY = { image: 'acme/web:1-never-ready', timeout: '1m' };

onEngines('a runner that dies in the middle of a helm deployment', ['helm'], (open) => {
  test('leaves the release pending; the next run heals it, and the old Deployment does not stay', async () => {
    await using scene = await open();
    const pull = await scene.open();
    await abandon(scene, pull, 200);
    expect(await statuses(scene)).toEqual(['pending-install']);
    expect(await scene.end(pull)).toMatchObject({ deployments: ['in_progress'], comment: [] });
    scene.shop.addRun({ id: 200, status: 'completed', conclusion: 'cancelled' });
    const next = await scene.deploy(pull, {}, { runId: 201 });
    expect(next.outputs.status).toBe('ready');
    expect(await statuses(scene)).toEqual(['deployed']);
    expect(await scene.end(pull)).toMatchObject({
      running: ['acme/web:v1'],
      deployments: ['inactive', 'success'],
      comment: [expect.stringContaining('is ready')],
    });
  });

  test('no run follows, and its pull request closes: the clean-up brings it to an end', async () => {
    await using scene = await open();
    const pull = await scene.open();
    await abandon(scene, pull, 200);
    scene.shop.addRun({ id: 200, status: 'completed', conclusion: 'cancelled' });
    await pull.close();
    const run = await scene.closed(pull);
    expect(run.annotations).toEqual([]);
    expect(await scene.end(pull)).toEqual({
      running: [],
      objects: [],
      deployments: ['inactive'],
      comment: [],
    });
  });
});

async function statuses({ cluster, namespace }: Scene): Promise<readonly (string | undefined)[]> {
  const found = await cluster.list('secret', namespace, 'owner=helm,name=pr-1');
  return found.map(({ metadata }) => metadata.labels?.status);
}

/** The job's process and all that it started die without a word, once helm is at work. */
async function abandon(scene: Scene, pull: PullRequest, runId: number): Promise<void> {
  const deploying = scene.deploy(pull, NEVER_READY, { runId });
  while (!(await statuses(scene)).includes('pending-install')) await sleep(100);
  for (const pid of await processesOf(scene.namespace)) process.kill(pid, 'SIGKILL');
  expect((await deploying).signal).toBe('SIGKILL');
}

/** The job that upgrades pr-1 in this namespace, which is no other test's, and then what it started. */
async function processesOf(namespace: string): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,ppid=,args=']);
  const processes = stdout.split('\n').flatMap((line) => {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+) (.*)/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }];
  });
  const helm = processes.find(
    ({ args }) => args.includes('helm upgrade pr-1 ') && args.includes(`--namespace ${namespace} `),
  );
  if (helm === undefined) throw new Error(`No helm upgrades pr-1 in ${namespace}.`);
  return [helm.parent, ...processes.filter(({ parent }) => parent === helm.parent).map(({ pid }) => pid)];
}
