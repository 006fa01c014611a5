import { askApi } from './api-request.ts';
import type { Cluster } from './cluster.ts';
import { isClusterError } from './cluster-error.ts';
import { patiently } from './kubectl.ts';

export type Labels = Readonly<Record<string, string>>;

/** As much of an object's metadata as is read here. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly uid?: string;
  readonly resourceVersion?: string;
  /** Grows with each change of what is wanted. */
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
}

/** An object of a cluster or a manifest. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** Kinds of the core API that are addressed here. */
export type CoreResource =
  | 'configmaps'
  | 'secrets'
  | 'pods'
  | 'events'
  | 'persistentvolumeclaims'
  | 'namespaces';

/** The path of a core resource, such as `/api/v1/namespaces/previews/configmaps/preview-pr-42`. An empty namespace is none. */
export function corePath(resource: CoreResource, namespace: string, name = ''): string {
  const scope = namespace === '' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `/api/v1${scope}/${resource}${name === '' ? '' : `/${encodeURIComponent(name)}`}`;
}

/**
 * Reads one object by its path. Paths spare kubectl the discovery of all APIs, which costs a new runner some hundred requests.
 *
 * @returns undefined when there is none
 * @throws ClusterError otherwise
 */
export async function readObject<Kind>(
  cluster: Cluster,
  path: string,
  signal: AbortSignal,
): Promise<Kind | undefined> {
  try {
    return JSON.parse(await readText(cluster, path, signal)) as Kind;
  } catch (error) {
    if (isClusterError(error, 'NotFound')) return undefined;
    throw error;
  }
}

/**
 * Reads all objects of one resource in one request.
 *
 * @param query such as `{ labelSelector: 'app=web' }`
 */
export async function listObjects<Kind>(
  cluster: Cluster,
  path: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<readonly Kind[]> {
  const search = new URLSearchParams(query).toString();
  const list = JSON.parse(await readText(cluster, search === '' ? path : `${path}?${search}`, signal)) as {
    readonly items?: readonly Kind[] | null;
  };
  return list.items ?? [];
}

/** The answer to a GET as text, such as the log of a container. */
export function readText(cluster: Cluster, path: string, signal: AbortSignal): Promise<string> {
  return patiently(() => askApi(cluster, { method: 'GET', path }, signal), signal);
}

/** @throws ClusterError `AlreadyExists` when it is there already, `NotFound` when its namespace is not */
export async function createObject<Kind extends KubernetesObject>(
  cluster: Cluster,
  path: string,
  object: Kind,
  signal: AbortSignal,
): Promise<Kind> {
  return JSON.parse(await askApi(cluster, { method: 'POST', path, body: object }, signal)) as Kind;
}

/**
 * Replaces an object; with `metadata.resourceVersion` only the version that was read.
 *
 * @throws ClusterError `Conflict` when it was changed since, `NotFound` when it is gone
 */
export async function replaceObject<Kind extends KubernetesObject>(
  cluster: Cluster,
  path: string,
  object: Kind,
  signal: AbortSignal,
): Promise<Kind> {
  return JSON.parse(await askApi(cluster, { method: 'PUT', path, body: object }, signal)) as Kind;
}

/** What must still hold of an object that is deleted; what is left out does not matter. */
export interface Precondition {
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
}

/**
 * Deletes exactly the object that was read, with `resourceVersion` in the version that was read.
 *
 * @throws ClusterError `Conflict` when it was changed since, `NotFound` when it is gone
 */
export async function deleteObject(
  cluster: Cluster,
  path: string,
  { uid, resourceVersion }: Precondition,
  signal: AbortSignal,
): Promise<void> {
  const preconditions = { uid, resourceVersion };
  const options = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions };
  await askApi(cluster, { method: 'DELETE', path, body: options }, signal);
}
