import type { Cluster } from './cluster.ts';
import { kubectl, patiently } from './kubectl.ts';
import { describeReference, type ObjectReference } from './manifest.ts';
import type { KubernetesObject } from './objects.ts';

/**
 * Those of the objects that the cluster still has, in one kubectl.
 *
 * @param namespace of those that name none
 */
export async function readLive(
  cluster: Cluster,
  references: readonly ObjectReference[],
  namespace: string,
  signal: AbortSignal,
): Promise<readonly KubernetesObject[]> {
  if (references.length === 0) return [];
  const args = ['get', '-f', '-', '--namespace', namespace, '--ignore-not-found', '--output', 'json'];
  const input = references.map(asDocument).join('');
  const text = await patiently(() => kubectl(cluster, args, { signal, input }), signal);
  if (text.trim() === '') return [];
  const answer = JSON.parse(text) as KubernetesObject & { readonly items?: readonly KubernetesObject[] };
  return answer.items ?? [answer];
}

/** Deletes objects and waits until they are gone, or the time is over. Timeout in milliseconds. */
export async function deleteLive(
  cluster: Cluster,
  references: readonly ObjectReference[],
  namespace: string,
  { signal, timeout }: { readonly signal: AbortSignal; readonly timeout: number },
): Promise<void> {
  if (references.length === 0) return;
  const limit = `${Math.max(1, Math.ceil(timeout / 1000))}s`;
  const args = ['delete', '-f', '-', '--namespace', namespace, '--ignore-not-found', '--timeout', limit];
  await kubectl(cluster, args, { signal, input: references.map(asDocument).join('') });
}

/** For people, with what keeps it: `Deployment web (waits for the finalizer example.com/guard)`. */
export function describeLive({ kind, metadata }: KubernetesObject): string {
  const { name, deletionTimestamp, finalizers = [] } = metadata;
  const subject = describeReference({ kind, name });
  if (deletionTimestamp === undefined) return subject;
  return `${subject} (${finalizers.length > 0 ? `waits for the finalizer ${finalizers.join(', ')}` : 'is going'})`;
}

function asDocument({ apiVersion, kind, namespace, name }: ObjectReference): string {
  const metadata = { name, ...(namespace !== '' && { namespace }) };
  return `---\n${JSON.stringify({ apiVersion, kind, metadata })}\n`;
}
