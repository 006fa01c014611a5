import { messageOf } from '../action/index.ts';
import type { KubernetesObject } from '../kubernetes/index.ts';
import { type ClusterEngine, deploymentLabels, engineOf, recordLabels } from './cluster-mark.ts';
import { formatRecord, type PreviewRecord, parseRecord, RECORD_FILE } from './record.ts';

/** A run that takes a preview away. */
export interface Remover {
  readonly runId: number;
  readonly runAttempt: number;
  /** Epoch seconds. */
  readonly since: number;
}

/** What a preview's ConfigMap says, besides the version in which it was read. */
export interface ClusterRecordContent {
  readonly record: PreviewRecord;
  /** What was applied, in the engine's own format; empty when it keeps none. */
  readonly inventory: string;
  /** Set while somebody takes the preview away: whoever wants to deploy waits. */
  readonly removing: Remover | undefined;
}

/** A preview's ConfigMap as it was read. */
export interface ClusterRecord extends ClusterRecordContent {
  readonly engine: ClusterEngine;
  readonly uid: string;
  readonly resourceVersion: string;
}

/** One whose content nobody can read. */
export interface UnreadableRecord {
  readonly name: string;
  readonly reason: string;
}

/** As it is in the cluster. */
export interface RecordConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

const INVENTORY = 'inventory';
const REMOVING = 'removing';

/** Name of the ConfigMap; names of previews are short enough for it. */
export function recordName(preview: string): string {
  return `preview-${preview}`;
}

/** The ConfigMap that holds a record. */
export function recordConfigMap(
  engine: ClusterEngine,
  { record, inventory, removing }: ClusterRecordContent,
): RecordConfigMap {
  const { namespace, name } = record;
  const labels = { ...recordLabels(record, engine), ...deploymentLabels(record) };
  const data = {
    [RECORD_FILE]: formatRecord(record),
    ...(inventory !== '' && { [INVENTORY]: inventory }),
    ...(removing && { [REMOVING]: JSON.stringify(removing) }),
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: recordName(name), namespace, labels },
    data,
  };
}

/** What a ConfigMap says, or what is wrong with it. */
export function readConfigMap({ metadata, data = {} }: RecordConfigMap): ClusterRecord | UnreadableRecord {
  const { name, namespace = '', labels, uid = '', resourceVersion = '' } = metadata;
  const file = `ConfigMap ${name} in namespace ${namespace}`;
  const engine = engineOf(labels);
  try {
    const record = parseRecord(data[RECORD_FILE] ?? '', file);
    if ((engine !== 'helm' && engine !== 'kustomize') || !isAt(record, name, namespace))
      throw new Error(`${file} is the record of another place or of no known engine.`);
    const removing = removerOf(data[REMOVING]);
    return { record, inventory: data[INVENTORY] ?? '', removing, engine, uid, resourceVersion };
  } catch (error) {
    return { name, reason: messageOf(error) };
  }
}

function isAt(record: PreviewRecord, name: string, namespace: string): boolean {
  return recordName(record.name) === name && record.namespace === namespace;
}

function removerOf(text: string | undefined): Remover | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Remover);
}
