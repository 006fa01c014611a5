import { type Cluster, labelList } from '../kubernetes/index.ts';
import { type ClusterEngine, recordLabels } from './cluster-mark.ts';
import { listClusterRecords } from './cluster-record.ts';
import type { Listing, LivePreview } from './engine.ts';
import { isOurs, type Mark, type PreviewRecord } from './record.ts';

/**
 * Every preview of a repository that an engine has in a cluster, in one request.
 *
 * @param namespace the input's text: one that holds a placeholder stands for all namespaces
 */
export async function listPreviews(
  cluster: Cluster,
  engine: ClusterEngine,
  { mark, namespace, where }: ListOptions,
  signal: AbortSignal,
): Promise<Listing> {
  const selector = labelList(recordLabels(mark, engine));
  const place = hasPlaceholder(namespace) ? '' : namespace;
  const read = await listClusterRecords(cluster, place, selector, signal);
  const previews: LivePreview[] = [];
  const unreadable = read.flatMap((one) => {
    if (!('record' in one)) return [one];
    if (isOurs(one.record, mark)) previews.push({ record: one.record, where: where(one.record) });
    return [];
  });
  return { previews, unreadable };
}

export interface ListOptions {
  readonly mark: Mark;
  readonly namespace: string;
  /** Where a preview lives, for people. */
  readonly where: (record: PreviewRecord) => string;
}

/** Whether a template of namespaces gives each preview one of its own. */
export function hasPlaceholder(namespace: string): boolean {
  return namespace.includes('{{');
}
