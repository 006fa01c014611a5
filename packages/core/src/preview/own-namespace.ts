import { type Cluster, removeNamespace } from '../kubernetes/index.ts';
import { markLabels, RECORD_LABEL } from './cluster-mark.ts';
import { listClusterRecords } from './cluster-record.ts';
import type { PreviewRecord } from './record.ts';

/**
 * Removes a preview's own namespace when it holds no other preview, whatever is in it.
 *
 * @returns what is left; undefined when the namespace stays, because others are in it or it was not made for previews
 */
export async function removeOwnNamespace(
  {
    cluster,
    ownsNamespace,
    timeout,
    signal,
  }: { cluster: Cluster; ownsNamespace: boolean; timeout: number; signal: AbortSignal },
  record: PreviewRecord,
): Promise<readonly string[] | undefined> {
  if (!ownsNamespace) return undefined;
  const { namespace, name } = record;
  const others = await listClusterRecords(cluster, namespace, RECORD_LABEL, signal);
  if (others.some((one) => !('record' in one) || one.record.name !== name)) return undefined;
  return removeNamespace(cluster, namespace, markLabels(record), { signal, timeout });
}
