import { type Cluster, kubectl, listObjects, readObject } from '../kubernetes/index.ts';

/** A cluster and a namespace of it. */
export interface Place {
  readonly cluster: Cluster;
  readonly namespace: string;
}

/** Group and version of an API, and its kind in the plural: `argoproj.io/v1alpha1`, `applications`. */
export interface CustomKind {
  readonly api: string;
  readonly plural: string;
}

/** The path of a kind's objects in a namespace, or of one of them. */
export function customPath({ api, plural }: CustomKind, namespace: string, name = ''): string {
  const all = `/apis/${api}/namespaces/${encodeURIComponent(namespace)}/${plural}`;
  return name === '' ? all : `${all}/${encodeURIComponent(name)}`;
}

/**
 * Reads one object; undefined when it is not there, or its kind is not.
 *
 * @throws ClusterError otherwise
 */
export function readCustom<Kind>(
  { cluster, namespace }: Place,
  kind: CustomKind,
  name: string,
  signal: AbortSignal,
): Promise<Kind | undefined> {
  return readObject<Kind>(cluster, customPath(kind, namespace, name), signal);
}

/**
 * Reads all objects of a kind in a namespace, or those that a label selector names, in one request.
 *
 * @throws ClusterError `NotFound` when the cluster does not know the kind
 */
export function listCustom<Kind>(
  { cluster, namespace }: Place,
  kind: CustomKind,
  signal: AbortSignal,
  labelSelector = '',
): Promise<readonly Kind[]> {
  const query = labelSelector === '' ? {} : { labelSelector };
  return listObjects<Kind>(cluster, customPath(kind, namespace), query, signal);
}

/**
 * Sets an annotation of objects, in one kubectl. https://kubernetes.io/docs/reference/kubectl/generated/kubectl_annotate/
 *
 * @param annotation as `key=value`
 * @throws ClusterError when that is not allowed, or one of them is gone
 */
export async function annotate(
  { cluster, namespace }: Place,
  { api, plural }: CustomKind,
  names: readonly string[],
  annotation: string,
  signal: AbortSignal,
): Promise<void> {
  if (names.length === 0) return;
  const kind = `${plural}.${api.split('/')[0]}`;
  const args = ['annotate', kind, ...names, '--namespace', namespace, '--overwrite', annotation];
  await kubectl(cluster, args, { signal });
}
