import type { Place } from '@gitops-actions/core/controller';
import { corePath, isClusterError, listObjects, type Pod, stuckPod } from '@gitops-actions/core/kubernetes';
import type { Live } from './workload-judge.ts';

/** Why pods of a workload do not start; it may pass by itself, so once is not enough. */
export interface Stuck {
  /** Of the newest revision. */
  readonly newest?: string;
  /** Of one before, which its controller waits for. */
  readonly older?: string;
}

/** DaemonSets number their templates; their pods have the number as a label. */
const TEMPLATE_NUMBER = 'deprecated.daemonset.template.generation';

/**
 * Why pods do not start of those kinds that have no deadline: a StatefulSet or DaemonSet waits for ever. A StatefulSet even
 * waits for pods of a release that was taken back already.
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback
 */
export async function stuckIn(place: Place, live: Live, signal: AbortSignal): Promise<Stuck> {
  const revision = newestOf(live);
  const { matchLabels = {} } = live.spec?.selector ?? {};
  const labels = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  if (revision === undefined || labels.length === 0) return {};
  const path = corePath('pods', place.namespace);
  const query = { labelSelector: labels.join(',') };
  const pods = await listObjects<Pod>(place.cluster, path, query, signal).catch(noneIfForbidden);
  const isNewest = ({ metadata }: Pod) => metadata.labels?.[revision.label] === revision.value;
  const [newest] = pods.filter(isNewest).flatMap((pod) => stuckPod(pod) ?? []);
  const [older] = pods.filter((pod) => !isNewest(pod)).flatMap((pod) => stuckPod(pod) ?? []);
  return {
    ...(newest !== undefined && { newest }),
    ...(older !== undefined && live.kind === 'StatefulSet' && { older }),
  };
}

/** How pods of the newest revision are known: that an older one's do not start is not this release's fault. */
function newestOf({ kind, metadata, status = {} }: Live) {
  const { updateRevision } = status;
  if (kind === 'StatefulSet' && updateRevision !== undefined)
    return { label: 'controller-revision-hash', value: updateRevision };
  const number = metadata.annotations?.[TEMPLATE_NUMBER];
  if (kind === 'DaemonSet' && number !== undefined)
    return { label: 'pod-template-generation', value: number };
  return undefined;
}

function noneIfForbidden(error: unknown): readonly never[] {
  if (isClusterError(error, 'Forbidden')) return [];
  throw error;
}
