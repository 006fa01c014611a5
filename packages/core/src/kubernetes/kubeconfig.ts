import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ConfigurationError, type Environment } from '../action/index.ts';
import type { Exec } from '../exec/index.ts';
import type { Cluster } from './cluster.ts';

export interface ClusterOptions {
  /** Content of the input `kubeconfig`; empty takes the job's own. */
  readonly kubeconfig: string;
  /** The job's. */
  readonly environment: Environment;
  /** The job's temporary folder; empty takes the machine's. */
  readonly temp: string;
  readonly exec: Exec;
}

/** A cluster whose kubeconfig is gone once it is disposed of. */
export interface OpenCluster extends Cluster, AsyncDisposable {
  /** A folder that only this user may read, removed in the end: for values files and the like. */
  readonly folder: string;
}

/**
 * Makes kubectl and helm reach a cluster. They get the job's environment, because what logs in (exec plugins, proxies,
 * cloud credentials) is the user's own; only the action's inputs are left out of it.
 *
 * @throws ConfigurationError when the input is no kubeconfig; its text is never shown
 */
export async function openCluster({
  kubeconfig,
  environment,
  temp,
  exec,
}: ClusterOptions): Promise<OpenCluster> {
  if (kubeconfig !== '') refuseOther(kubeconfig);
  // mkdtemp makes the folder with mode 0700.
  const folder = await mkdtemp(join(temp || tmpdir(), 'cluster-'));
  const file = join(folder, 'kubeconfig');
  if (kubeconfig !== '') await writeFile(file, kubeconfig, { mode: 0o600, flag: 'wx' });
  const inherited = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || name.startsWith('INPUT_') ? [] : [[name, value] as const],
  );
  return {
    exec,
    env: { ...Object.fromEntries(inherited), ...(kubeconfig !== '' && { KUBECONFIG: file }) },
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

function refuseOther(kubeconfig: string): void {
  const refuse = (why: string) =>
    new ConfigurationError(
      `Input "kubeconfig" ${why}; give the content of a kubeconfig file, which has "clusters", "users" and "contexts".`,
    );
  let value: unknown;
  try {
    value = parse(kubeconfig);
  } catch {
    // The parser's message would quote the text.
    throw refuse('is not valid YAML');
  }
  if (typeof value === 'object' && value !== null && 'clusters' in value) return;
  if (/^[A-Za-z0-9+/\s]{100,}=*\s*$/.test(kubeconfig)) throw refuse('looks like base64; decode it first');
  throw refuse(/^[^\s:]+$/.test(kubeconfig) ? 'looks like a path' : 'is not a kubeconfig');
}
