import { ConfigurationError } from '../action/index.ts';
import type { Cluster } from './cluster.ts';
import { describeReference } from './manifest.ts';
import { type KubernetesObject, readObject } from './objects.ts';

/** Kinds that live in a namespace, by group: asking the cluster about them is not needed. */
const NAMESPACED: ReadonlyMap<string, readonly string[]> = new Map([
  [
    '',
    [
      ...['ConfigMap', 'Endpoints', 'Event', 'LimitRange', 'PersistentVolumeClaim', 'Pod', 'PodTemplate'],
      ...['ReplicationController', 'ResourceQuota', 'Secret', 'Service', 'ServiceAccount'],
    ],
  ],
  ['apps', ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ControllerRevision']],
  ['batch', ['Job', 'CronJob']],
  ['autoscaling', ['HorizontalPodAutoscaler']],
  ['policy', ['PodDisruptionBudget']],
  ['networking.k8s.io', ['Ingress', 'NetworkPolicy']],
  ['rbac.authorization.k8s.io', ['Role', 'RoleBinding']],
  ['coordination.k8s.io', ['Lease']],
]);

interface ResourceList {
  readonly resources?: readonly { readonly kind: string; readonly namespaced: boolean }[];
}

/**
 * Refuses rendered objects that would leave the preview's namespace: a preview shares its cluster with others.
 * What renders to nothing without a cluster (`lookup`, capabilities) is not seen; the account's rights are the fence.
 *
 * @throws ConfigurationError that names the object
 */
export async function refuseOutsiders(
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  for (const { kind, metadata } of objects) {
    // Charts render an empty one, or null, for "where the release is".
    if ((metadata.namespace ?? '') !== '' && metadata.namespace !== namespace) {
      throw new ConfigurationError(
        `The preview renders ${describeReference({ kind, name: metadata.name })} in the namespace "${metadata.namespace}"; a preview may only hold objects of its own namespace "${namespace}", so nothing was applied.`,
      );
    }
  }
  const odd = objects.filter(({ apiVersion, kind }) => !NAMESPACED.get(groupOf(apiVersion))?.includes(kind));
  const groups = [...new Set(odd.map(({ apiVersion }) => apiVersion))];
  const lists = new Map(
    await Promise.all(
      groups.map(async (group) => [group, await resourcesOf(cluster, group, signal)] as const),
    ),
  );
  for (const { apiVersion, kind, metadata } of odd) {
    const known = lists.get(apiVersion)?.resources?.find((resource) => resource.kind === kind);
    if (known?.namespaced === false) {
      throw new ConfigurationError(
        `The preview renders ${describeReference({ kind, name: metadata.name })}, which belongs to the whole cluster; a preview may only hold objects of its namespace, so nothing was applied. Leave it out of the chart or the overlay.`,
      );
    }
  }
}

/** An unknown kind is left to the apply, whose message says so. */
function resourcesOf(
  cluster: Cluster,
  apiVersion: string,
  signal: AbortSignal,
): Promise<ResourceList | undefined> {
  const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return readObject<ResourceList>(cluster, path, signal);
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
