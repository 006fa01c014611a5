import type { KubernetesObject } from './objects.ts';
import { plainLine } from './pod-problem.ts';
import type { Workload } from './workloads.ts';

/** An event as the API shows it. https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ */
export interface KubernetesEvent extends KubernetesObject {
  readonly involvedObject: { readonly kind: string; readonly name: string };
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
}

/** Lines such as `Failed: Error: ImagePullBackOff (4 times)`, newest first, each said once. */
export function warningLines(
  events: readonly KubernetesEvent[],
  isMeant: (object: KubernetesEvent['involvedObject']) => boolean,
  most: number,
): readonly string[] {
  const counts = new Map<string, number>();
  const meant = events.filter(({ type, involvedObject }) => type !== 'Normal' && isMeant(involvedObject));
  for (const event of meant.toSorted((a, b) => momentOf(b).localeCompare(momentOf(a)))) {
    const message = (event.message ?? '').replace(/^\(combined from similar events\): /, '');
    const line = plainLine(`${event.reason ?? 'Warning'}: ${message}`);
    counts.set(line, (counts.get(line) ?? 0) + (event.count ?? 1));
  }
  return [...counts].slice(0, most).map(([line, count]) => (count > 1 ? `${line} (${count} times)` : line));
}

function momentOf({ eventTime, lastTimestamp, metadata }: KubernetesEvent): string {
  return lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '';
}

/** Whether an object belongs to a workload: itself, a ReplicaSet or pod of it that may be gone already, or a claim of it. */
export function belongsTo(
  { kind, name, claimTemplates }: Workload,
  object: KubernetesEvent['involvedObject'],
): boolean {
  if (object.kind === kind && object.name === name) return true;
  if (object.kind === 'PersistentVolumeClaim')
    return claimTemplates.some((claim) => isNumbered(object.name, `${claim}-${name}`));
  return object.kind === 'ReplicaSet' && isHashed(object.name, name);
}

/** `web-0`, `web-12`. */
export function isNumbered(name: string, stem: string): boolean {
  return name.startsWith(`${stem}-`) && /^\d+$/.test(name.slice(stem.length + 1));
}

/** `web-6d4cf56db6`. */
function isHashed(name: string, stem: string): boolean {
  return name.startsWith(`${stem}-`) && /^[a-z0-9]+$/.test(name.slice(stem.length + 1));
}
