import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ActionRun,
  enginePath,
  type GitHub,
  type Repository,
  runAction,
  startCluster,
  startGitHub,
  temporaryDirectory,
} from '@gitops-actions/testkit';
import { root } from '../scripts/project.ts';
import { addRecords, watchedPrograms } from '../test/engines/reaper-records.ts';

const COUNT = 500;
/** Of the pull requests, this many are closed before the second run. */
const CLOSED = 10;
const LATENCY = 60;
const NAMESPACE = 'previews';
const HEADER = 'engine | what              | previews | gone | requests to GitHub | programs | seconds';

/** A scheduled run of cleanup-previews over 500 previews, with and without something to remove. */
export async function reaper(): Promise<void> {
  console.log(`${LATENCY} ms are added to each request to GitHub\n\n${HEADER}`);
  console.log(HEADER.replace(/[^|]/g, '-').replace(/-\|-/g, ' | '));
  await onHelm();
  await onGitOps();
}

async function onHelm(): Promise<void> {
  await using workspace = await temporaryDirectory();
  await cp(join(root, 'examples/shop/chart'), join(workspace.path, 'chart'), { recursive: true });
  await using github = await startGitHub({ latency: LATENCY });
  const shop = await openShop(github);
  await using cluster = await startCluster();
  await cluster.createNamespace(NAMESPACE);
  await cluster.grant(NAMESPACE);
  await using programs = await watchedPrograms();
  const inputs = { kubeconfig: cluster.deployerKubeconfig, namespace: NAMESPACE };
  await deployFirst(github, shop, {
    inputs: { ...inputs, chart: 'chart' },
    env: { PATH: enginePath(['helm4', 'kubernetes']) },
    workspace: workspace.path,
  });
  await addRecords(cluster, NAMESPACE, COUNT);
  await measure('helm', shop, async () => {
    const before = (await programs.calls()).length;
    const run = await reap(github, shop, inputs, { PATH: programs.path });
    return { run, programs: (await programs.calls()).length - before };
  });
}

async function onGitOps(): Promise<void> {
  await using workspace = await temporaryDirectory();
  await cp(join(root, 'examples/shop/app/preview'), join(workspace.path, 'preview'), { recursive: true });
  await using github = await startGitHub({ latency: LATENCY });
  const shop = await openShop(github);
  const gitops = await github.createRepository('acme/gitops', { files: { 'README.md': 'GitOps\n' } });
  const target = {
    engine: 'gitops',
    repository: gitops.fullName,
    path: 'previews',
    'gitops-token': github.token,
  };
  const deployed = { ...target, template: 'preview', timeout: '1s' };
  await deployFirst(github, shop, { inputs: deployed, workspace: workspace.path });
  const record = await gitops.read('main', 'previews/pr-1/preview.yaml');
  await gitops.commit(
    'main',
    Object.fromEntries(
      Array.from({ length: COUNT - 1 }, (_, index) => {
        const text = record.replaceAll('pr-1', `pr-${index + 2}`);
        return [
          `previews/pr-${index + 2}/preview.yaml`,
          text.replace('pullRequest: "1"', `pullRequest: "${index + 2}"`),
        ];
      }),
    ),
  );
  await measure('gitops', shop, async () => ({ run: await reap(github, shop, target, {}), programs: 0 }));
}

async function openShop(github: GitHub): Promise<Repository> {
  const shop = await github.createRepository('acme/shop');
  for (let number = 1; number <= COUNT; number++)
    await shop.openPullRequest({ head: `feature-${number}`, files: { 'app.txt': String(number) } });
  return shop;
}

type Job = Pick<Parameters<typeof runAction>[1], 'env' | 'workspace'> & {
  readonly inputs: Record<string, string>;
};

/** The preview of which the others are copies; whether it gets ready does not matter. */
async function deployFirst(github: GitHub, repository: Repository, job: Job): Promise<void> {
  const payload = github.event('pull_request', { repository, pullRequest: repository.pullRequest(1) });
  const inputs = { domain: 'preview.shop.test', image: 'acme/web:v1', ...job.inputs };
  await runAction('deploy-preview', {
    ...job,
    github,
    repository,
    event: { name: 'pull_request', payload },
    inputs,
  });
}

function reap(
  github: GitHub,
  repository: Repository,
  inputs: Record<string, string>,
  env: Record<string, string>,
): Promise<ActionRun> {
  const event = { name: 'schedule', payload: github.event('schedule', { repository }) };
  return runAction('cleanup-previews', { github, repository, event, inputs, env, timeout: 600_000 });
}

async function measure(
  engine: string,
  shop: Repository,
  work: () => Promise<{ readonly run: ActionRun; readonly programs: number }>,
): Promise<void> {
  for (const closed of [0, CLOSED]) {
    for (let number = 2; number < 2 + closed; number++) await shop.pullRequest(number).close();
    const { run, programs } = await work();
    const { removed = '[]', failed = '[]' } = run.outputs;
    const gone = (JSON.parse(removed) as unknown[]).length;
    if (failed !== '[]' || gone !== closed) throw new Error(`cleanup-previews: ${run.stdout}${run.stderr}`);
    const cells = [
      engine.padEnd(6),
      (closed === 0 ? 'nothing is stale' : `${closed} are closed`).padEnd(17),
      String(COUNT).padStart(8),
      String(gone).padStart(4),
      String(run.requests.length).padStart(18),
      String(programs).padStart(8),
      (run.ms / 1000).toFixed(1).padStart(7),
    ];
    console.log(cells.join(' | '));
  }
}
