import { setTimeout as sleep } from 'node:timers/promises';
import { type Log, messageOf } from '../action/index.ts';
import type { Cluster } from './cluster.ts';
import { explainCluster } from './cluster-error.ts';

/** Tells when something may have changed. */
export interface Changes {
  /** Resolves at the first change since the call before, or at once when there was one. May be early; never rejects. */
  next(): Promise<void>;
}

export interface WatchOptions {
  /** Ends the watch and its programs. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Between a watch that ended and the next one; milliseconds, doubled while it keeps ending at once. Default 1000. */
  readonly pause?: number;
}

const PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
/** A watch that lived this long was a good one. */
const GOOD = 10_000;

/**
 * Watches collections, with one kubectl for each that runs until the signal is aborted. The API server ends a watch after
 * half an hour or more; then it is begun anew. https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 *
 * @param paths of collections, with a query if any: `/apis/apps/v1/namespaces/shop/deployments?labelSelector=app%3Dweb`
 * @returns changes of all of them; where watching is not allowed there are none, so look from time to time too
 */
export function watchChanges(cluster: Cluster, paths: readonly string[], options: WatchOptions): Changes {
  let isChanged = false;
  let waiting: (() => void) | undefined;
  const tell = () => {
    isChanged = true;
    waiting?.();
  };
  for (const path of paths) void keepWatching(cluster, path, options, tell);
  return {
    next: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting = resolve;
      if (isChanged) resolve();
      await promise;
      isChanged = false;
    },
  };
}

async function keepWatching(
  cluster: Cluster,
  path: string,
  { signal, log, pause = PAUSE }: WatchOptions,
  tell: () => void,
): Promise<void> {
  const raw = `${path}${path.includes('?') ? '&' : '?'}watch=true`;
  for (let wait = pause; !signal.aborted; wait = Math.min(LONGEST_PAUSE, wait * 2)) {
    const began = performance.now();
    try {
      const command = { program: 'kubectl', args: ['get', '--raw', raw], env: cluster.env };
      const { exitCode, stderr } = await cluster.exec({ ...command, signal, onOutput: tell });
      const { reason, message } = explainCluster(stderr);
      if (exitCode !== 0 && reason !== 'Unavailable' && reason !== 'Other') {
        log.debug(`Changes of ${path} are not watched: ${message}`);
        return;
      }
      if (performance.now() - began > GOOD) wait = pause;
      tell();
      await sleep(wait, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) log.debug(`Changes of ${path} are not watched: ${messageOf(error)}`);
      return;
    }
  }
}
