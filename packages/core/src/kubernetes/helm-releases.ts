import { ConfigurationError } from '../action/index.ts';
import type { Cluster } from './cluster.ts';
import { corePath, type KubernetesObject, type Labels, listObjects } from './objects.ts';

/** One revision of a release. */
export interface HelmRevision {
  readonly revision: number;
  /** Such as `deployed`, `failed`, `pending-upgrade`. https://pkg.go.dev/helm.sh/helm/v3/pkg/release#Status */
  readonly status: string;
  readonly labels: Labels;
  /** When it was begun, by the cluster's clock; epoch seconds. */
  readonly since: number;
}

/** Where helm keeps its releases, by HELM_DRIVER. https://helm.sh/docs/topics/advanced/#storage-backends */
const STORES: Readonly<Record<string, 'secrets' | 'configmaps'>> = {
  '': 'secrets',
  secret: 'secrets',
  secrets: 'secrets',
  configmap: 'configmaps',
  configmaps: 'configmaps',
};

/**
 * The revisions of a release, newest first, without those that were superseded unless all are wanted. Read where helm keeps them, because
 * helm 3 prints no labels.
 *
 * @throws ConfigurationError for a HELM_DRIVER that keeps them elsewhere
 */
export async function readRevisions(
  cluster: Cluster,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  signal: AbortSignal,
  which: 'current' | 'all' = 'current',
): Promise<readonly HelmRevision[]> {
  const driver = cluster.env.HELM_DRIVER ?? '';
  const store = STORES[driver];
  if (store === undefined)
    throw new ConfigurationError(
      `The variable HELM_DRIVER is "${driver}"; previews need "secret" or "configmap".`,
    );
  const labelSelector = `owner=helm,name=${name}${which === 'all' ? '' : ',status!=superseded'}`;
  const path = corePath(store, namespace);
  const found = await listObjects<KubernetesObject>(cluster, path, { labelSelector }, signal);
  return found
    .map(({ metadata: { labels = {}, creationTimestamp = '' } }) => ({
      revision: Number(labels.version),
      status: labels.status ?? '',
      labels,
      since: Math.floor(Date.parse(creationTimestamp) / 1000),
    }))
    .sort((a, b) => b.revision - a.revision);
}

/** Whether a helm is at work on the release, or was when it was killed. */
export function isPending({ status }: HelmRevision): boolean {
  return status.startsWith('pending-') || status === 'uninstalling';
}
