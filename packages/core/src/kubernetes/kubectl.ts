import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../action/index.ts';
import { CommandFailed } from '../exec/index.ts';
import type { Cluster } from './cluster.ts';
import { ClusterError, explainCluster, isClusterError } from './cluster-error.ts';

export interface KubectlOptions {
  readonly signal: AbortSignal;
  /** What kubectl reads from its standard input, for `-f -`. */
  readonly input?: string;
}

/** Between the tries of what nobody answered, or refused for the moment; milliseconds. */
const PAUSES = [500, 1000, 2000, 4000, 8000];

/**
 * Runs kubectl to its end.
 *
 * @returns its standard output
 * @throws ClusterError when it fails, with the API server's reason
 * @throws ConfigurationError when the runner has no kubectl
 */
export async function kubectl(
  cluster: Cluster,
  args: readonly string[],
  options: KubectlOptions,
): Promise<string> {
  const { exitCode, stdout, stderr } = await runKubectl(cluster, args, options);
  if (exitCode !== 0) throw explainCluster(stderr);
  return stdout.toString('utf8');
}

/** As `kubectl`, for what does not ask the cluster: the caller says what a failure means. */
export async function runKubectl({ exec, env }: Cluster, args: readonly string[], options: KubectlOptions) {
  return exec({ program: 'kubectl', args, env, ...options }).catch(refuseMissing('kubectl'));
}

/**
 * Does a read again while the cluster does not answer, for about 15 seconds. For writes only where doing it twice is doing
 * it once, or the second is told from the first: one whose answer was lost may have been done.
 */
export function patiently<Value>(work: () => Promise<Value>, signal: AbortSignal): Promise<Value> {
  return again(work, (error) => isClusterError(error, 'Unavailable'), signal);
}

/**
 * Does again for about 15 seconds what was allowed a moment ago: an API server that has just started refuses everybody
 * until it has read the rights. Not for a first try, whose refusal a user should see at once.
 */
export function sinceAllowed<Value>(work: () => Promise<Value>, signal: AbortSignal): Promise<Value> {
  return again(work, missesRight, signal);
}

async function again<Value>(
  work: () => Promise<Value>,
  mayPass: (error: unknown) => boolean,
  signal: AbortSignal,
): Promise<Value> {
  for (const pause of PAUSES) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error)) throw error;
    }
    await sleep(pause, undefined, { signal });
  }
  return work();
}

/** A quota or an admission rule forbids too, and will again. */
function missesRight(error: unknown): boolean {
  return error instanceof ClusterError && error.reason === 'Forbidden' && / cannot /.test(error.message);
}

/** Turns "there is no such program" into a sentence that says how to get it. */
export function refuseMissing(program: 'kubectl' | 'helm'): (error: unknown) => never {
  return (error) => {
    if (error instanceof CommandFailed && error.code === 'ENOENT') {
      throw new ConfigurationError(
        `This runner has no ${program} on its PATH; add a step with azure/setup-${program} before this one.`,
      );
    }
    throw error;
  };
}
