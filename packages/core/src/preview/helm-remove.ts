import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../action/index.ts';
import {
  deleteLive,
  describeLive,
  formatReferences,
  type HelmRevision,
  helm,
  isClusterError,
  isPending,
  type ObjectReference,
  parseReferences,
  readLive,
  readRevisions,
  referenceOf,
} from '../kubernetes/index.ts';
import { carries, previewLabels } from './cluster-mark.ts';
import { readRecordAgain } from './cluster-record.ts';
import { changedSince, finishRemoval, markRemoval } from './cluster-removal.ts';
import type { LivePreview, Removal } from './engine.ts';
import { helmDuration, isAbandoned } from './helm-heal.ts';
import { inventoryOf } from './helm-inventory.ts';
import { type HelmJob, whereIs } from './helm-job.ts';
import { isSameDeployment, type PreviewRecord } from './record.ts';

/** What is just going is waited for; milliseconds. */
const PAUSE = 1000;
const LONGEST_GOODBYE = 20_000;

/**
 * Removes exactly this deployment: marks its record, so that nobody deploys meanwhile, uninstalls the release, looks at
 * what is left of everything that it had, and removes the record last. What is left keeps the record, so that the
 * preview stays visible and the next clean-up looks again.
 *
 * @throws ConfigurationError for a release that does not carry the preview's labels
 */
export async function removeHelmPreview(job: HelmJob, { record }: LivePreview): Promise<Removal> {
  const { cluster, signal } = job;
  const stored = await readRecordAgain(cluster, record, signal);
  if (stored === undefined) return { kind: 'removed', leftovers: [] };
  if (!isSameDeployment(stored.record, record)) return changedSince(whereIs(record));
  const [latest] = await readRevisions(cluster, record, signal);
  if (latest && !carries(latest.labels, previewLabels(record))) throw notOurs(record);
  if (latest && isPending(latest) && !(await isAbandoned(job, latest)))
    return { kind: 'changed', reason: `${whereIs(record)} is ${latest.status}: a run is at it` };
  const inventory = await inventoryOf(job, record, latest, parseReferences(stored.inventory));
  const marked = await markRemoval(job, stored, formatReferences(inventory));
  if (marked === undefined) return changedSince(whereIs(record));
  await uninstall(job, record, latest);
  return finishRemoval(job, marked, whereIs(record), async () => ({
    leftovers: await leftBehind(job, record, inventory),
    inventory: marked.inventory,
  }));
}

function notOurs(record: PreviewRecord): ConfigurationError {
  return new ConfigurationError(
    `The ${whereIs(record)} does not carry the labels of the preview, so it was left alone; look at who made it, and remove it or the preview's ConfigMap by hand.`,
  );
}

async function uninstall(
  { cluster, timeout, signal }: HelmJob,
  { name, namespace }: PreviewRecord,
  latest: HelmRevision | undefined,
): Promise<void> {
  if (latest === undefined) return;
  const args = ['uninstall', name, '--namespace', namespace, '--wait', '--timeout', helmDuration(timeout)];
  await helm(cluster, args, { signal }).catch((error: unknown) => {
    if (isClusterError(error, 'NotFound')) return;
    // Helm gave up waiting: what is left is named below.
    if (isClusterError(error, 'Other') && /timed out|context deadline exceeded|not ready/.test(String(error)))
      return;
    throw error;
  });
}

/** Helm does not remove what its hooks made. That, and only that, is removed here; the rest is named. */
async function leftBehind(
  { cluster, timeout, signal }: HelmJob,
  { namespace }: PreviewRecord,
  inventory: readonly ObjectReference[],
): Promise<readonly string[]> {
  const limit = Math.min(timeout, LONGEST_GOODBYE);
  const end = Date.now() + limit;
  const first = await readLive(cluster, inventory, namespace, signal);
  const hooks = first.filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] !== undefined);
  await deleteLive(cluster, hooks.map(referenceOf), namespace, { signal, timeout: limit });
  let live = first;
  for (let isStale = hooks.length > 0; ; isStale = true) {
    if (isStale) live = await readLive(cluster, inventory, namespace, signal);
    const isOnlyGoing = live.every(({ metadata }) => metadata.deletionTimestamp !== undefined);
    if (live.length === 0 || !isOnlyGoing || Date.now() > end) return live.map(describeLive);
    await sleep(PAUSE, undefined, { signal });
  }
}
