import { setTimeout as sleep } from 'node:timers/promises';
import {
  describeReadiness,
  type KubernetesObject,
  readinessOf,
  readLive,
  referenceOf,
} from '../kubernetes/index.ts';
import type { HelmJob } from './helm-job.ts';

const PAUSE = 1000;
const DEFAULT_UNAVAILABLE = '25%';

interface Rolling {
  readonly replicas?: number;
  readonly strategy?: {
    readonly type?: string;
    readonly rollingUpdate?: { readonly maxUnavailable?: number | string } | null;
  } | null;
}

/**
 * Waits for the pods that `helm upgrade --wait` did not wait for: helm 3 is content with all but `maxUnavailable`, which
 * may be none at all. https://github.com/helm/helm/issues/3173
 *
 * @param end when to give up; milliseconds since 1970
 * @returns what is not ready then, such as `Deployment web has 0 of 1 replicas available`; undefined when all is
 */
export async function untilAllPods(
  { cluster, signal }: HelmJob,
  objects: readonly KubernetesObject[],
  { namespace, end }: { readonly namespace: string; readonly end: number },
): Promise<string | undefined> {
  const references = objects.filter(mayLackPods).map(referenceOf);
  for (;;) {
    const live = await readLive(cluster, references, namespace, signal);
    const unready = live.flatMap((object) => {
      const readiness = readinessOf(object);
      return readiness.state === 'ready' ? [] : [{ ...readiness, object }];
    });
    const [first] = unready;
    if (first === undefined) return undefined;
    const isOver = Date.now() >= end || unready.some(({ state }) => state === 'failed');
    if (isOver) return describeReadiness(first.object, first.why);
    await sleep(PAUSE, undefined, { signal });
  }
}

/** Whether helm may call it ready before all of its pods are. */
export function mayLackPods(object: KubernetesObject): boolean {
  if (object.kind === 'DaemonSet') return true;
  if (object.kind !== 'Deployment') return false;
  const { replicas = 1, strategy } = (object as { readonly spec?: Rolling | null }).spec ?? {};
  if (strategy?.type === 'Recreate') return false;
  return lacking(strategy?.rollingUpdate?.maxUnavailable ?? DEFAULT_UNAVAILABLE, replicas) > 0;
}

/** A percentage is rounded down. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable */
function lacking(most: number | string, replicas: number): number {
  const percent = /^(\d+)%$/.exec(String(most))?.[1];
  return percent === undefined ? Number(most) : Math.floor((Number(percent) * replicas) / 100);
}
