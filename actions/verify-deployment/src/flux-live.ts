import { kustomizationInventory, listCustom } from '@gitops-actions/core/controller';
import {
  describeReadiness,
  type KubernetesObject,
  type ObjectReference,
  readinessOf,
  readLive,
  workloadsOf,
} from '@gitops-actions/core/kubernetes';
import type { EngineOptions, Judgement } from './engine.ts';
import { type FluxPart, releaseSelector } from './flux-kinds.ts';
import { isWorkload } from './running-kinds.ts';
import { WORKLOADS } from './workload-kinds.ts';

/** What of a part runs containers, as the cluster has it now. */
export async function liveWorkloads(
  { cluster, namespace }: EngineOptions,
  part: FluxPart,
  signal: AbortSignal,
): Promise<readonly KubernetesObject[]> {
  if (part.object === undefined) return [];
  if (part.kind === 'Kustomization') {
    const running = kustomizationInventory(part.object).filter(isRunning);
    const groups = Object.entries(Object.groupBy(running, (reference) => reference.namespace));
    const reads = groups.map(([own, group = []]) => readLive(cluster, group, own, signal));
    return (await Promise.all(reads)).flat();
  }
  const place = { cluster, namespace: part.object.spec?.targetNamespace ?? part.namespace };
  const selector = releaseSelector(part.object, namespace);
  const lists = WORKLOADS.map(async (kind) => {
    const items = await listCustom<KubernetesObject>(place, kind, signal, selector);
    // A list does not say what its items are.
    return items.map((item) => ({ ...item, apiVersion: kind.api, kind: kind.kind }));
  });
  return (await Promise.all(lists)).flat();
}

/** Whether what was applied brings something that runs containers. */
export function bringsWorkload(part: FluxPart): boolean {
  if (part.kind === 'HelmRelease') return part.object !== undefined;
  return (part.object?.status?.inventory?.entries ?? []).some(({ id }) => {
    const [group = '', kind = ''] = id.split('_').slice(-2);
    return isWorkload({ group, kind });
  });
}

/** Whether a Kustomization says of itself that what it applied is healthy. */
export function waitsForHealth(part: FluxPart): boolean {
  if (part.kind === 'HelmRelease') return true;
  const { wait, healthChecks = [] } = part.object?.spec ?? {};
  return wait === true || healthChecks.length > 0;
}

/** For a Kustomization that does not wait for what it applies: what its workloads say. */
export function judgeLive(workloads: readonly KubernetesObject[]): Judgement {
  for (const object of workloads) {
    const readiness = readinessOf(object);
    if (readiness.state === 'failed')
      return { kind: 'broken', what: describeReadiness(object, readiness.why), isFinal: false };
    if (readiness.state === 'waiting')
      return { kind: 'waiting', what: describeReadiness(object, readiness.why) };
  }
  return { kind: 'healthy' };
}

/** References of the images that workloads run. */
export function imagesOf(workloads: readonly KubernetesObject[]): readonly string[] {
  return workloadsOf(workloads).flatMap(({ images }) => images);
}

function isRunning({ apiVersion, kind }: ObjectReference): boolean {
  return isWorkload({ group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '', kind });
}
