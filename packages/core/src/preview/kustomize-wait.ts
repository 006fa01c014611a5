import { setTimeout as sleep } from 'node:timers/promises';
import { formatDuration } from '../action/index.ts';
import {
  describeReadiness,
  describeReference,
  failureReasons,
  type KubernetesObject,
  plainLine,
  type Readiness,
  readinessOf,
  referenceOf,
  sinceAllowed,
} from '../kubernetes/index.ts';
import { runOf } from './cluster-mark.ts';
import type { PreviewSpec } from './engine.ts';
import type { KustomizeJob } from './kustomize-job.ts';
import { identity, readStanding } from './kustomize-live.ts';
import { isOf } from './kustomize-standing.ts';
import { PreviewFailed } from './preview-failed.ts';
import { readConfigMap, recordName } from './record-config-map.ts';

/** Between two looks: the first ones sooner, for what is ready at once. Milliseconds. */
const PAUSES = [300, 500];
const PAUSE = 1000;
const MOST_NAMED = 3;

export type Waited =
  | 'ready'
  /** Another run has applied its objects over ours, or somebody removed one. */
  | 'disturbed'
  /** This deployment is not what stands any more. */
  | 'taken'
  /** The same, and perhaps it was so before the objects were applied: they may stand over those of a later run. */
  | 'late';

interface Judged {
  readonly object: KubernetesObject;
  /** As it is in the cluster; undefined when it is gone. */
  readonly live: KubernetesObject | undefined;
  readonly readiness: Readiness;
}

export interface WaitOptions {
  /** When to give up; milliseconds. */
  readonly end: number;
  /** Objects that had failed before they were applied: in the same generation that is no news. */
  readonly broken: readonly KubernetesObject[];
}

/**
 * Waits until objects are ready.
 *
 * @throws PreviewFailed with the cluster's reasons when one fails, or is not ready in time
 */
export async function waitUntilReady(
  job: KustomizeJob,
  preview: PreviewSpec,
  objects: readonly KubernetesObject[],
  { end, broken }: WaitOptions,
): Promise<Waited> {
  const { signal } = job;
  for (let looks = 0; ; looks++) {
    const { live, isStanding } = await look(job, objects, preview);
    if (!isStanding) return looks === 0 ? 'late' : 'taken';
    const judged = objects.flatMap((object) => judge(object, live) ?? []);
    if (judged.length < objects.length || live.some((object) => isOfOther(object, preview)))
      return 'disturbed';
    const unready = judged.filter(({ readiness }) => readiness.state !== 'ready');
    if (unready.length === 0) return 'ready';
    const failing = unready.filter(
      ({ readiness, live }) => readiness.state === 'failed' && !broken.some((one) => isSame(one, live)),
    );
    if (failing.length > 0) throw await failed(job, preview, failing, 'failed');
    if (Date.now() >= end) {
      const late = `is not ready after ${formatDuration(job.timeout)}`;
      throw await failed(job, preview, unready, late);
    }
    await sleep(PAUSES[looks] ?? PAUSE, undefined, { signal });
  }
}

function isSame(before: KubernetesObject, live: KubernetesObject | undefined): boolean {
  const { uid, generation } = before.metadata;
  return live !== undefined && uid === live.metadata.uid && generation === live.metadata.generation;
}

interface Look {
  readonly live: readonly KubernetesObject[];
  /** Whether this deployment still is what the record says. */
  readonly isStanding: boolean;
}

/** Objects and record at the same moment, and in one kubectl. */
async function look(
  job: KustomizeJob,
  objects: readonly KubernetesObject[],
  preview: PreviewSpec,
): Promise<Look> {
  const name = recordName(preview.name);
  const record = { apiVersion: 'v1', kind: 'ConfigMap', namespace: preview.namespace, name };
  const references = [...objects.map(referenceOf), record];
  const found = await sinceAllowed(() => readStanding(job, references, preview.namespace), job.signal);
  const key = identity(record);
  const map = found.find((one) => identity(referenceOf(one)) === key);
  const read = map && readConfigMap(map);
  return {
    live: found.filter((one) => one !== map),
    isStanding: read !== undefined && 'record' in read && isOf(read, preview),
  };
}

function isOfOther({ metadata }: KubernetesObject, { runId, runAttempt }: PreviewSpec): boolean {
  const run = runOf(metadata.labels);
  return run !== undefined && (run.runId !== runId || run.runAttempt !== runAttempt);
}

/** @returns undefined when it is not there */
function judge(object: KubernetesObject, live: readonly KubernetesObject[]): Judged | undefined {
  const key = identity(referenceOf(object));
  const found = live.find((one) => identity(referenceOf(one)) === key);
  if (found) return { object, live: found, readiness: readinessOf(found) };
  // Nobody knows how a Job ended that removes itself.
  const { spec } = object as { readonly spec?: { readonly ttlSecondsAfterFinished?: number } };
  const why = 'is gone before it was seen to end; raise its ttlSecondsAfterFinished';
  if (spec?.ttlSecondsAfterFinished === undefined) return undefined;
  return { object, live: undefined, readiness: { state: 'failed', why } };
}

async function failed(
  { cluster, logLines, signal }: KustomizeJob,
  { name, namespace }: PreviewSpec,
  judged: readonly Judged[],
  what: string,
): Promise<PreviewFailed> {
  const objects = judged.map(({ object }) => object);
  const named = objects.slice(0, MOST_NAMED).map((object) => describeReference(referenceOf(object)));
  const more = objects.length > MOST_NAMED ? ` and ${objects.length - MOST_NAMED} more` : '';
  const whys = judged
    .slice(0, MOST_NAMED)
    .flatMap(({ object, readiness }) =>
      readiness.state === 'ready' ? [] : [plainLine(describeReadiness(object, readiness.why))],
    );
  const options = { namespace, objects, logLines: await logLines, signal };
  const reasons = await failureReasons(cluster, options);
  return new PreviewFailed(`Preview ${name} ${what}: ${named.join(', ')}${more}.`, [...reasons, ...whys]);
}
