import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ActionRun,
  type GitHub,
  type PullRequest,
  type Repository,
  runAction,
  startGitHub,
} from '@gitops-actions/testkit';
import { root } from '../project.ts';
import { type Cluster, startCluster } from './cluster.ts';
import type { Timeline } from './timeline.ts';

export const SERVICES = ['web', 'orders', 'payments'] as const;
export const OVERLAY = 'apps/shop/overlays/production/kustomization.yaml';
export const DOMAIN = 'preview.shop.test';

/** What the story is about. */
export const CHANGE = {
  head: 'faster-checkout',
  title: 'Faster checkout',
  body: 'Orders and payments answer in one round trip; the page waits for neither.',
  author: 'mona',
} as const;

const SHOP = join(root, 'examples', 'shop');

/** GitHub with the two repositories of the sample, the cluster that follows one of them, and the timeline. */
export interface Stage extends AsyncDisposable {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly gitops: Repository;
  readonly cluster: Cluster;
  readonly timeline: Timeline;
  /** Every action that ran, in order of its end. */
  readonly runs: { readonly action: string; readonly run: ActionRun }[];
}

/** Builds the stage. */
export async function buildStage(timeline: Timeline): Promise<Stage> {
  const github = await startGitHub();
  const shop = await github.createRepository('acme/shop', { files: filesOf(join(SHOP, 'app')) });
  const gitops = await github.createRepository('acme/gitops', { files: filesOf(join(SHOP, 'gitops')) });
  const cluster = await startCluster(gitops);
  return {
    github,
    shop,
    gitops,
    cluster,
    timeline,
    runs: [],
    async [Symbol.asyncDispose]() {
      await cluster[Symbol.asyncDispose]();
      await github.close();
    },
  };
}

/** What one job of a workflow knows. */
export interface Job {
  readonly event: 'pull_request' | 'push';
  readonly pullRequest: PullRequest;
  readonly runNumber: number;
  readonly action?: string;
}

/** Runs a committed bundle as the runner does; a red step ends the demo with what it said. */
export async function step(
  stage: Stage,
  action: string,
  job: Job,
  inputs: Record<string, string>,
): Promise<ActionRun> {
  const { github, shop, cluster } = stage;
  const payload = github.event(job.event, {
    repository: shop,
    ...(job.event === 'pull_request' && {
      pullRequest: job.pullRequest,
      action: job.action ?? 'synchronize',
    }),
  });
  const run = await runAction(action, {
    github,
    repository: shop,
    event: { name: job.event, payload },
    runNumber: job.runNumber,
    runId: 9000 + job.runNumber,
    workspace: join(SHOP, 'app'),
    env: { http_proxy: cluster.proxyUrl, no_proxy: '127.0.0.1' },
    inputs,
  });
  stage.runs.push({ action, run });
  if (run.exitCode !== 0) {
    const said =
      run.annotations.map((annotation) => annotation.message).join('\n') || run.stdout + run.stderr;
    throw new Error(`${action} failed: ${said}`);
  }
  return run;
}

function filesOf(directory: string): Record<string, Uint8Array> {
  const paths = globSync('**/*', { cwd: directory }).filter((path) =>
    statSync(join(directory, path)).isFile(),
  );
  return Object.fromEntries(
    paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(directory, path))]),
  );
}
