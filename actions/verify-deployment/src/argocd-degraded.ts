import { type Application, applicationInventory } from '@gitops-actions/core/controller';
import { type Cluster, ClusterError, readinessOf, readLive } from '@gitops-actions/core/kubernetes';

/** What a release is judged by at once when it is Degraded. */
const WORKLOADS =
  /^(?:apps\/(?:Deployment|StatefulSet|DaemonSet|ReplicaSet)|batch\/Job|\/Pod|argoproj\.io\/Rollout)$/;

/**
 * Whether a workload is why an Application is Degraded: an autoscaler without metrics or a certificate not issued yet is no
 * such sign. Where Argo CD does not keep the health of each object, the workloads themselves are asked. False where they may
 * not be read, or run in another cluster.
 */
export async function hasBadWorkload(
  cluster: Cluster,
  application: Application,
  signal: AbortSignal,
): Promise<boolean> {
  const degraded = (application.status?.resources ?? []).filter(
    ({ health }) => health?.status === 'Degraded',
  );
  if (degraded.length > 0)
    return degraded.some(({ group = '', kind = '' }) => WORKLOADS.test(`${group}/${kind}`));
  const workloads = applicationInventory(application).filter(({ apiVersion, kind }) =>
    WORKLOADS.test(`${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}/${kind}`),
  );
  const groups = Object.entries(Object.groupBy(workloads, ({ namespace, kind }) => `${namespace}/${kind}`));
  const reads = groups.map(async ([key, group = []]) => {
    const live = await readLive(cluster, group, key.split('/')[0] ?? '', signal).catch(noneIfRefused);
    return live.some((object) => readinessOf(object).state === 'failed');
  });
  return (await Promise.all(reads)).includes(true);
}

function noneIfRefused(error: unknown): readonly never[] {
  if (error instanceof ClusterError) return [];
  throw error;
}
