import {
  type Cluster,
  ClusterError,
  failureReasons,
  type KubernetesObject,
  plainLine,
  readLive,
} from '../kubernetes/index.ts';
import type { Reconciliation } from './controller.ts';
import type { PreviewSpec } from './engine.ts';

const MOST_COMPLAINTS = 5;

interface Addressed extends KubernetesObject {
  readonly spec?: { readonly type?: string };
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly unknown[] } };
}

/**
 * Why a preview is not ready, from what the controller says of it and from its pods. What may not be read is left out.
 *
 * @returns plain text, one block an entry: fence it before it is Markdown
 */
export async function controllerReasons(
  cluster: Cluster,
  { namespace }: PreviewSpec,
  { complaints, inventory }: Reconciliation,
  { logLines, signal }: { readonly logLines: number; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const own = inventory.filter((reference) => reference.namespace === namespace);
  const fromPods = async () => {
    const objects = await readLive(cluster, own, namespace, signal);
    const reasons = await failureReasons(cluster, { namespace, objects, logLines, signal });
    return [...reasons, ...objects.filter(waitsForAddress).map(addressLine)];
  };
  const pods = await fromPods().catch((error: unknown) => {
    if (error instanceof ClusterError) return [];
    throw error;
  });
  return [...complaints.slice(0, MOST_COMPLAINTS).map(plainLine), ...pods];
}

/** Argo CD takes these for progressing: https://argo-cd.readthedocs.io/en/stable/operator-manual/health/ */
function waitsForAddress(object: KubernetesObject): boolean {
  const { kind, spec, status } = object as Addressed;
  const isMeant = kind === 'Ingress' || (kind === 'Service' && spec?.type === 'LoadBalancer');
  return isMeant && (status?.loadBalancer?.ingress ?? []).length === 0;
}

function addressLine({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.name} has no address yet (status.loadBalancer is empty); what serves it must publish one.`;
}
