import type { Cluster } from '../kubernetes/index.ts';
import { deleteClusterRecord, readRecordAgain, replaceClusterRecord } from './cluster-record.ts';
import type { Removal } from './engine.ts';
import { removeOwnNamespace } from './own-namespace.ts';
import { isSameDeployment, type PreviewRecord } from './record.ts';
import type { ClusterRecord, Remover } from './record-config-map.ts';

/** What both engines' clean-ups have in common. */
export interface RemovalJob {
  readonly cluster: Cluster;
  readonly ownsNamespace: boolean;
  /** Milliseconds. */
  readonly timeout: number;
  /** The run that this is. */
  readonly run: Pick<PreviewRecord, 'runId' | 'runAttempt'>;
  readonly signal: AbortSignal;
}

/**
 * Marks a record, so that nobody deploys meanwhile.
 *
 * @param inventory what there is to remove, for the next clean-up if this one does not get to its end
 * @returns undefined when it is not this deployment's any more
 */
export async function markRemoval(
  { cluster, run, signal }: RemovalJob,
  stored: ClusterRecord,
  inventory = stored.inventory,
): Promise<ClusterRecord | undefined> {
  const { record } = stored;
  const removing: Remover = { ...run, since: Math.floor(Date.now() / 1000) };
  for (let read: ClusterRecord | undefined = stored; read && isSameDeployment(read.record, record); ) {
    const written = await replaceClusterRecord(cluster, read, { inventory, removing }, signal);
    if (written) return written;
    read = await readRecordAgain(cluster, record, signal);
  }
  return undefined;
}

/**
 * Ends a removal: the preview's own namespace goes, or what is left is looked for, and the record goes last. What is
 * left keeps the record, so that the preview stays visible and the next clean-up looks again.
 *
 * @param where the preview, for people
 * @param look what is left, for people, and the inventory to keep then
 */
export async function finishRemoval(
  job: RemovalJob,
  marked: ClusterRecord,
  where: string,
  look: () => Promise<{ readonly leftovers: readonly string[]; readonly inventory: string }>,
): Promise<Removal> {
  const { cluster, signal } = job;
  const gone = await removeOwnNamespace(job, marked.record);
  if (gone) return { kind: 'removed', leftovers: gone };
  const { leftovers, inventory } = await look();
  if (leftovers.length > 0) {
    await replaceClusterRecord(cluster, marked, { inventory, removing: undefined }, signal);
    return { kind: 'removed', leftovers };
  }
  if (!(await deleteClusterRecord(cluster, marked, signal))) return changedSince(where);
  // Two clean-ups at once may each have seen the other's preview in it.
  const left = (await removeOwnNamespace(job, marked.record)) ?? [];
  return { kind: 'removed', leftovers: left };
}

/** The preview is not what was looked at. */
export function changedSince(where: string): Removal {
  return { kind: 'changed', reason: `${where} was deployed anew while it was looked at` };
}
