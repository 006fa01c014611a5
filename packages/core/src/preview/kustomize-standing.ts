import { setTimeout as sleep } from 'node:timers/promises';
import {
  describeReference,
  formatReferences,
  type ObjectReference,
  referenceOf,
} from '../kubernetes/index.ts';
import { isLaterRun } from '../release/index.ts';
import { deploymentLabels } from './cluster-mark.ts';
import { readRecordAgain, replaceClusterRecord } from './cluster-record.ts';
import type { Deployed, PreviewSpec } from './engine.ts';
import { type KustomizeJob, whereIs } from './kustomize-job.ts';
import { deleteObjects, readOwn } from './kustomize-live.ts';
import { isSameDeployment, isSamePreview, type PreviewRecord } from './record.ts';
import type { ClusterRecord } from './record-config-map.ts';

/** What is replaced, pruned or given up must be gone; milliseconds. */
export const LONGEST_GOODBYE = 60_000;
/** How long a later run may take to set right what was applied over its objects; milliseconds. */
const LONGEST_REPAIR = 20_000;
const PAUSE = 1000;

/**
 * Writes an inventory down, if this deployment still is what stands.
 *
 * @returns false when somebody else has the preview, or takes it away
 */
export async function noteInventory(
  { cluster, signal }: KustomizeJob,
  preview: PreviewSpec,
  stored: ClusterRecord,
  references: readonly ObjectReference[],
): Promise<boolean> {
  const inventory = formatReferences(references);
  for (let read: ClusterRecord | undefined = stored; read && isOf(read, preview); ) {
    if (read.inventory === inventory) return true;
    const written = await replaceClusterRecord(cluster, read, { inventory }, signal);
    read = written ?? (await readRecordAgain(cluster, preview, signal));
  }
  return false;
}

/** Whether a record says that this deployment is what stands. */
export function isOf({ record, removing }: ClusterRecord, preview: PreviewSpec): boolean {
  return removing === undefined && isSameDeployment(record, preview);
}

/**
 * Ends a deployment that is not what stands any more. A later run has the preview: it knows of everything that was
 * applied. Or somebody removed the preview meanwhile: what was applied since goes too, or nobody would ever find it.
 *
 * @param how `late` when objects were applied after that
 * @throws Error when they stand over those of a later run that does not set them right
 */
export async function giveWay(
  job: KustomizeJob,
  preview: PreviewSpec,
  references: readonly ObjectReference[],
  how: 'taken' | 'late',
): Promise<Deployed> {
  const stored = await readRecordAgain(job.cluster, preview, job.signal);
  if (stored && isSamePreview(stored.record, preview) && isLaterRun(stored.record, preview)) {
    if (how === 'late') await untilOverwritten(job, preview, references, stored.record);
    return { kind: 'superseded', by: stored.record };
  }
  job.log.info(`${whereIs(preview)} was removed while it came up; what was applied since goes too.`);
  const { namespace } = preview;
  const own = await readOwn(job, references, namespace, deploymentLabels(preview));
  await deleteObjects(job, own, namespace, LONGEST_GOODBYE);
  return { kind: 'deployed', where: whereIs(preview), commit: '', url: '' };
}

/** A later run that is still at work applies its objects again when it sees ours. One that has ended cannot. */
async function untilOverwritten(
  job: KustomizeJob,
  preview: PreviewSpec,
  references: readonly ObjectReference[],
  later: PreviewRecord,
): Promise<void> {
  const end = Date.now() + LONGEST_REPAIR;
  for (;;) {
    const [own] = await readOwn(job, references, preview.namespace, deploymentLabels(preview));
    if (own === undefined) return;
    if (Date.now() > end) {
      const what = describeReference(referenceOf(own));
      throw new Error(
        `Run ${later.runId}, a later one, has the preview ${preview.name}, but this run applied ${what} after it; re-run run ${later.runId}.`,
      );
    }
    await sleep(PAUSE, undefined, { signal: job.signal });
  }
}
