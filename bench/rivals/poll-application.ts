import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, program, runProgram } from '@gitops-actions/testkit';

/** What a loop takes for "it runs": with the revision, or, as many write it, without. */
export type Sign = 'revision' | 'health';

export interface Polling {
  readonly cluster: Cluster;
  /** Path of a kubeconfig. */
  readonly kubeconfig: string;
  readonly name: string;
  readonly commit: string;
  /** Milliseconds. */
  readonly interval: number;
  readonly sign: Sign;
}

interface Application {
  readonly status?: {
    readonly sync?: { readonly status?: string; readonly revision?: string };
    readonly health?: { readonly status?: string };
  };
}

/** As `argocd app wait --sync --health` does it with kubectl: ask once for a look, then read until both are good. */
export async function pollApplication(polling: Polling): Promise<boolean> {
  const { cluster, kubeconfig, name, interval } = polling;
  const env = { ...cluster.env, KUBECONFIG: kubeconfig };
  const kubectl = async (...args: string[]) =>
    (await runProgram(program('kubernetes', 'kubectl'), args, { cwd: cluster.folder, env })).stdout;
  const where = ['applications.argoproj.io', name, '-n', 'argocd'];
  await kubectl('annotate', ...where, '--overwrite', 'argocd.argoproj.io/refresh=normal');
  const end = performance.now() + 60_000;
  while (performance.now() < end) {
    const { status } = JSON.parse(await kubectl('get', ...where, '-o', 'json')) as Application;
    if (isGreen(polling, status)) return true;
    if (status?.health?.status === 'Degraded') return false;
    await sleep(interval);
  }
  return false;
}

function isGreen({ commit, sign }: Polling, status: Application['status']): boolean {
  const isRevision = sign === 'health' || status?.sync?.revision === commit;
  return isRevision && status?.sync?.status === 'Synced' && status.health?.status === 'Healthy';
}
