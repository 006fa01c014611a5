import { type Log, messageOf } from '../action/index.ts';
import {
  type Cluster,
  ClusterError,
  isClusterError,
  kubectl,
  listObjects,
  readObject,
} from '../kubernetes/index.ts';
import { fillPlaceholders } from './placeholders.ts';
import type { PreviewRecord } from './record.ts';

/** Where a controller's objects are, and how they are reached. */
export interface ControllerPlace {
  readonly cluster: Cluster;
  /** Of the controller's objects. */
  readonly namespace: string;
  /** Template of the object's name, with `{{pr}}`, `{{service}}` and `{{name}}`. */
  readonly application: string;
  readonly log: Log;
}

/** The name of the object that brings a preview into the cluster. */
export function objectName({ application }: ControllerPlace, preview: PreviewRecord): string {
  const { pullRequest, service, name } = preview;
  return fillPlaceholders(application, { pr: String(pullRequest), service, name }, 'application');
}

/** Group and version of an API, and its kind in the plural: `argoproj.io/v1alpha1`, `applications`. */
export interface CustomKind {
  readonly api: string;
  readonly plural: string;
}

/** Reads one object; undefined when it is not there. */
export function readCustom<Kind>(
  { cluster, namespace }: ControllerPlace,
  { api, plural }: CustomKind,
  name: string,
  signal: AbortSignal,
): Promise<Kind | undefined> {
  return readObject<Kind>(
    cluster,
    `/apis/${api}/namespaces/${namespace}/${plural}/${encodeURIComponent(name)}`,
    signal,
  );
}

/** Reads all objects of a kind in the controller's namespace; none when that is not allowed. */
export async function listCustom<Kind>(
  { cluster, namespace, log }: ControllerPlace,
  { api, plural }: CustomKind,
  signal: AbortSignal,
): Promise<readonly Kind[]> {
  try {
    return await listObjects<Kind>(cluster, `/apis/${api}/namespaces/${namespace}/${plural}`, {}, signal);
  } catch (error) {
    if (isClusterError(error, 'NotFound')) return [];
    return unlessRefused(error, log);
  }
}

/** Sets an annotation. When that is not allowed, the controller finds out by itself, later. */
export async function annotate(
  { cluster, log }: ControllerPlace,
  { api, plural }: CustomKind,
  {
    namespace,
    name,
    annotation,
  }: { readonly namespace: string; readonly name: string; readonly annotation: string },
  signal: AbortSignal,
): Promise<void> {
  const kind = `${plural}.${api.split('/')[0]}`;
  const args = ['annotate', kind, name, '--namespace', namespace, '--overwrite', annotation];
  try {
    await kubectl(cluster, args, { signal });
  } catch (error) {
    unlessRefused(error, log);
  }
}

function unlessRefused(error: unknown, log: Log): readonly never[] {
  if (!(error instanceof ClusterError)) throw error;
  log.debug(messageOf(error));
  return [];
}
