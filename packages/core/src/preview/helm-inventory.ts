import {
  corePath,
  type HelmRevision,
  helm,
  isNumbered,
  type KubernetesObject,
  listObjects,
  type ObjectReference,
  parseManifest,
  referenceOf,
  type Workload,
  workloadsOf,
} from '../kubernetes/index.ts';
import type { HelmJob } from './helm-job.ts';
import type { PreviewRecord } from './record.ts';

/**
 * Everything that a release brought into its namespace: the manifest's objects, those of its hooks, and the claims of
 * its StatefulSets, which no uninstall removes.
 *
 * @param known what an earlier clean-up wrote down: once the release is gone, nobody else knows
 */
export async function inventoryOf(
  job: HelmJob,
  record: PreviewRecord,
  latest: HelmRevision | undefined,
  known: readonly ObjectReference[],
): Promise<readonly ObjectReference[]> {
  if (latest === undefined) return known;
  const { cluster, signal } = job;
  const { name, namespace } = record;
  const get = async (what: string) =>
    parseManifest(await helm(cluster, ['get', what, name, '--namespace', namespace], { signal }));
  const path = corePath('persistentvolumeclaims', namespace);
  const [manifest, hooks, claims] = await Promise.all([
    get('manifest'),
    get('hooks'),
    listObjects<KubernetesObject>(cluster, path, {}, signal),
  ]);
  const workloads = workloadsOf(manifest);
  const own = claims
    .filter(({ metadata }) => isClaimOf(metadata, name, workloads))
    .map(({ metadata }) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata }));
  const found = [...manifest, ...hooks, ...own].map(referenceOf);
  const isFound = (reference: ObjectReference) =>
    found.some(({ kind, name }) => kind === reference.kind && name === reference.name);
  return [...found, ...known.filter((reference) => !isFound(reference))];
}

/** `data-web-0` of the StatefulSet web, and what charts label as the release's. */
function isClaimOf(
  { name, labels }: KubernetesObject['metadata'],
  release: string,
  workloads: readonly Workload[],
): boolean {
  if (labels?.['app.kubernetes.io/instance'] === release) return true;
  return workloads.some(({ name: workload, claimTemplates }) =>
    claimTemplates.some((claim) => isNumbered(name, `${claim}-${workload}`)),
  );
}
