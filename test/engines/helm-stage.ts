import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { type Exec, spawnExec } from '@gitops-actions/core/exec';
import { type OpenCluster, openCluster } from '@gitops-actions/core/kubernetes';
import {
  createHelmEngine,
  type HelmChart,
  type HelmEngineOptions,
  type PreviewEngine,
  type PreviewSpec,
} from '@gitops-actions/core/preview';
import { type Cluster, enginePath } from '@gitops-actions/testkit';
import { CHART_FILES, writeFiles } from './helm-chart.ts';

export interface HelmStage {
  readonly kubernetes: Cluster;
  readonly core: OpenCluster;
  readonly workspace: string;
  engine(options?: Partial<HelmEngineOptions>): PreviewEngine;
  chart(change?: Partial<HelmChart['values']> & Partial<HelmChart['source']>): HelmChart;
}

/** An engine on a real cluster, as a user who has the role edit in one namespace. */
export async function helmStage(
  kubernetes: Cluster,
  version: 3 | 4,
  namespace: string,
  options: { readonly asAdmin?: boolean; readonly exec?: Exec } = {},
): Promise<HelmStage> {
  const workspace = await mkdtemp(join(kubernetes.folder, 'workspace-'));
  await writeFiles(join(workspace, 'chart'), CHART_FILES);
  const core = await openCluster({
    kubeconfig: options.asAdmin ? kubernetes.kubeconfig : kubernetes.deployerKubeconfig,
    environment: { PATH: enginePath([`helm${version}`, 'kubernetes']), HOME: workspace },
    temp: workspace,
    exec: options.exec ?? spawnExec,
  });
  const chart: HelmStage['chart'] = (change = {}) => ({
    source: { chart: 'chart', repository: '', version: '', ...change },
    values: {
      files: [],
      text: '',
      keys: { image: 'image.repository', tag: 'image.tag', host: 'ingress.host' },
      ...change,
    },
    workspace,
  });
  return {
    kubernetes,
    core,
    workspace,
    chart,
    engine: (more = {}) =>
      createHelmEngine({
        cluster: core,
        mark: { repositoryId: 1, server: 'github.com' },
        namespace,
        chart: chart(),
        timeout: 20_000,
        logLines: 0,
        isRunOver: async () => undefined,
        run: { runId: 100, runAttempt: 1 },
        log: SILENT,
        ...more,
      }),
  };
}

/** A preview of pull request 42 by run 100. */
export function preview(change: Partial<PreviewSpec> = {}): PreviewSpec {
  const now = Math.floor(Date.now() / 1000);
  return {
    name: 'pr-42',
    host: 'pr-42.preview.example.com',
    url: 'https://pr-42.preview.example.com',
    namespace: 'previews',
    image: 'acme/web:v1',
    service: '',
    pullRequest: 42,
    head: 'a'.repeat(40),
    repository: 'acme/shop',
    repositoryId: 1,
    server: 'github.com',
    runId: 100,
    runAttempt: 1,
    deployed: now,
    expires: now + 3600,
    ...change,
  };
}

/** No cancellation. */
export const never: AbortSignal = new AbortController().signal;

const SILENT = { info() {}, debug() {}, notice() {}, warning() {} };
