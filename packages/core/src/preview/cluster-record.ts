import {
  type Cluster,
  corePath,
  createObject,
  deleteObject,
  isClusterError,
  listObjects,
  patiently,
  readObject,
  replaceObject,
  sinceAllowed,
} from '../kubernetes/index.ts';
import type { ClusterEngine } from './cluster-mark.ts';
import type { PreviewRecord } from './record.ts';
import {
  type ClusterRecord,
  type ClusterRecordContent,
  type RecordConfigMap,
  readConfigMap,
  recordConfigMap,
  recordName,
  type UnreadableRecord,
} from './record-config-map.ts';

/** @throws Error when there is a ConfigMap of that name that is no readable record */
export async function readClusterRecord(
  cluster: Cluster,
  { namespace, name }: Pick<PreviewRecord, 'namespace' | 'name'>,
  signal: AbortSignal,
): Promise<ClusterRecord | undefined> {
  const map = await readObject<RecordConfigMap>(cluster, pathOf(namespace, name), signal);
  if (map === undefined) return undefined;
  const read = readConfigMap(map);
  if ('record' in read) return read;
  throw new Error(read.reason);
}

/** As `readClusterRecord`, for a job that has read records before. */
export function readRecordAgain(
  cluster: Cluster,
  preview: Pick<PreviewRecord, 'namespace' | 'name'>,
  signal: AbortSignal,
): Promise<ClusterRecord | undefined> {
  return sinceAllowed(() => readClusterRecord(cluster, preview, signal), signal);
}

/**
 * All records of an engine in a namespace that carry these labels, in one request.
 *
 * @param namespace empty for all
 */
export async function listClusterRecords(
  cluster: Cluster,
  namespace: string,
  labelSelector: string,
  signal: AbortSignal,
): Promise<readonly (ClusterRecord | UnreadableRecord)[]> {
  const path = corePath('configmaps', namespace);
  const maps = await listObjects<RecordConfigMap>(cluster, path, { labelSelector }, signal);
  return maps.map((map) => readConfigMap(map));
}

/**
 * Writes a preview's first record.
 *
 * @returns undefined when somebody was faster
 * @throws ClusterError `NotFound` when the namespace is not there
 */
export async function createClusterRecord(
  cluster: Cluster,
  engine: ClusterEngine,
  content: ClusterRecordContent,
  signal: AbortSignal,
): Promise<ClusterRecord | undefined> {
  const path = corePath('configmaps', content.record.namespace);
  return unless('AlreadyExists', createObject(cluster, path, recordConfigMap(engine, content), signal));
}

/**
 * Writes a record over the one that was read. A write whose answer was lost is tried again, and then looks like
 * somebody else's.
 *
 * @returns undefined when it was changed or removed since: read it again
 */
export async function replaceClusterRecord(
  cluster: Cluster,
  read: ClusterRecord,
  change: Partial<ClusterRecordContent>,
  signal: AbortSignal,
): Promise<ClusterRecord | undefined> {
  const { engine, resourceVersion, uid } = read;
  const map = recordConfigMap(engine, { ...read, ...change });
  const { namespace, name } = read.record;
  const versioned = { ...map, metadata: { ...map.metadata, resourceVersion, uid } };
  const write = () => replaceObject(cluster, pathOf(namespace, name), versioned, signal);
  return unless(
    'Conflict',
    sinceAllowed(() => patiently(write, signal), signal),
  );
}

/** @returns false when it was changed since, and is therefore still there */
export async function deleteClusterRecord(
  cluster: Cluster,
  read: ClusterRecord,
  signal: AbortSignal,
): Promise<boolean> {
  const path = pathOf(read.record.namespace, read.record.name);
  try {
    await patiently(() => deleteObject(cluster, path, read, signal), signal);
    return true;
  } catch (error) {
    if (isClusterError(error, 'NotFound')) return true;
    if (isClusterError(error, 'Conflict')) return false;
    throw error;
  }
}

async function unless(
  reason: 'AlreadyExists' | 'Conflict',
  writing: Promise<RecordConfigMap>,
): Promise<ClusterRecord | undefined> {
  try {
    const read = readConfigMap(await writing);
    return 'record' in read ? read : undefined;
  } catch (error) {
    // A replaced object that is gone: somebody removed it since.
    const isGone = reason === 'Conflict' && isClusterError(error, 'NotFound');
    if (isGone || isClusterError(error, reason)) return undefined;
    throw error;
  }
}

function pathOf(namespace: string, preview: string): string {
  return corePath('configmaps', namespace, recordName(preview));
}
