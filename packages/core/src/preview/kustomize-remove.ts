import { setTimeout as sleep } from 'node:timers/promises';
import {
  corePath,
  describeLive,
  formatReferences,
  type KubernetesObject,
  labelList,
  listObjects,
  type ObjectReference,
  parseReferences,
  referenceOf,
} from '../kubernetes/index.ts';
import { carries, previewLabels } from './cluster-mark.ts';
import { readRecordAgain } from './cluster-record.ts';
import { changedSince, finishRemoval, markRemoval } from './cluster-removal.ts';
import type { LivePreview, Removal } from './engine.ts';
import { type KustomizeJob, whereIs } from './kustomize-job.ts';
import { deleteObjects, distinct, readStanding } from './kustomize-live.ts';
import { isSameDeployment, type PreviewRecord } from './record.ts';

/** What is just going is waited for; milliseconds. */
const PAUSE = 1000;
const LONGEST_GOODBYE = 20_000;

/**
 * Removes exactly this deployment: marks its record, so that nobody deploys meanwhile, deletes every object of its
 * inventory and every claim of its StatefulSets that carries its labels, looks again, and removes the record last. What is
 * left keeps the record, so that the preview stays visible and the next clean-up looks again.
 */
export async function removeKustomizePreview(job: KustomizeJob, { record }: LivePreview): Promise<Removal> {
  const { cluster, timeout, signal } = job;
  const stored = await readRecordAgain(cluster, record, signal);
  if (stored === undefined) return { kind: 'removed', leftovers: [] };
  const marked = isSameDeployment(stored.record, record) && (await markRemoval(job, stored));
  if (!marked) return changedSince(whereIs(record));
  const inventory = parseReferences(stored.inventory);
  const own = await ownObjects(job, record, inventory, { warns: true });
  await deleteObjects(job, own, record.namespace, timeout);
  const all = distinct([...inventory, ...own.map(referenceOf)]);
  return finishRemoval(job, marked, whereIs(record), async () => ({
    leftovers: await leftBehind(job, record, all),
    inventory: formatReferences(all),
  }));
}

/** The preview's objects that are there: of its inventory, and the claims, which no StatefulSet takes with it. */
async function ownObjects(
  job: KustomizeJob,
  record: PreviewRecord,
  inventory: readonly ObjectReference[],
  { warns }: { readonly warns: boolean },
): Promise<readonly KubernetesObject[]> {
  const { cluster, log, signal } = job;
  const { namespace } = record;
  const labels = previewLabels(record);
  const query = { labelSelector: labelList(labels) };
  const [live, claims] = await Promise.all([
    readStanding(job, inventory, namespace),
    listObjects<KubernetesObject>(cluster, corePath('persistentvolumeclaims', namespace), query, signal),
  ]);
  const own = live.filter(({ metadata }) => carries(metadata.labels, labels));
  for (const { kind, metadata } of warns ? live.filter((object) => !own.includes(object)) : [])
    log.warning(
      `${kind} ${metadata.name} in namespace ${namespace} does not carry the labels of the preview ${record.name} any more, so it was left alone.`,
    );
  const others = claims.filter(
    ({ metadata }) =>
      !own.some((one) => one.kind === 'PersistentVolumeClaim' && one.metadata.name === metadata.name),
  );
  // A list leaves the kind of its items out.
  return [...own, ...others.map((claim) => ({ ...claim, apiVersion: 'v1', kind: 'PersistentVolumeClaim' }))];
}

async function leftBehind(
  job: KustomizeJob,
  record: PreviewRecord,
  inventory: readonly ObjectReference[],
): Promise<readonly string[]> {
  const { timeout, signal } = job;
  const end = Date.now() + Math.min(timeout, LONGEST_GOODBYE);
  for (;;) {
    const own = await ownObjects(job, record, inventory, { warns: false });
    const isGoing = own.every(({ metadata }) => metadata.deletionTimestamp !== undefined);
    if (own.length === 0 || !isGoing || Date.now() > end) return own.map(describeLive);
    await sleep(PAUSE, undefined, { signal });
  }
}
