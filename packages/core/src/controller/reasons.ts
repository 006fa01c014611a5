import {
  type Cluster,
  ClusterError,
  describeReadiness,
  failureReasons,
  isClusterError,
  type KubernetesObject,
  type ObjectReference,
  plainLine,
  readinessOf,
  readLive,
} from '../kubernetes/index.ts';

const MOST_COMPLAINTS = 5;
const MOST_NAMESPACES = 3;

interface Addressed extends KubernetesObject {
  readonly spec?: { readonly type?: string };
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly unknown[] } };
}

/** What a controller applied, and what it complains about; outside text. */
export interface Applied {
  readonly complaints: readonly string[];
  /** All in one namespace. */
  readonly inventory: readonly ObjectReference[];
  readonly namespace: string;
}

/**
 * Why what a controller applied is not ready, from what it says and from the pods. What may not be read is left out.
 *
 * @param options lines of each failing container's log
 * @returns plain text, one block an entry: fence it before it is Markdown
 */
export async function appliedReasons(
  cluster: Cluster,
  { complaints, inventory, namespace }: Applied,
  { logLines, signal }: { readonly logLines: number; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const fromPods = async () => {
    const objects = await readAllowed(cluster, inventory, namespace, signal);
    const reasons = await failureReasons(cluster, { namespace, objects, logLines, signal });
    return [...objects.flatMap(failedLine), ...reasons, ...objects.filter(waitsForAddress).map(addressLine)];
  };
  const pods = await fromPods().catch((error: unknown) => {
    if (error instanceof ClusterError) return [];
    throw error;
  });
  return [...complaints.slice(0, MOST_COMPLAINTS).map(plainLine), ...pods];
}

/** The role `view` holds the kinds of Kubernetes itself, but not those that were added to the cluster. */
async function readAllowed(
  cluster: Cluster,
  inventory: readonly ObjectReference[],
  namespace: string,
  signal: AbortSignal,
): Promise<readonly KubernetesObject[]> {
  return readLive(cluster, inventory, namespace, signal).catch((error: unknown) => {
    if (!isClusterError(error, 'Forbidden')) throw error;
    const builtIn = inventory.filter(({ apiVersion }) => /^(?:v1|apps\/v1|batch\/v1)$/.test(apiVersion));
    return readLive(cluster, builtIn, namespace, signal);
  });
}

/** What an object's own controller says when it has given up. */
function failedLine(object: KubernetesObject): readonly string[] {
  const readiness = readinessOf(object);
  return readiness.state === 'failed' ? [plainLine(describeReadiness(object, readiness.why))] : [];
}

/** As `appliedReasons`, for what is spread over namespaces: at most three of them are looked into. */
export async function inventoryReasons(
  cluster: Cluster,
  inventory: readonly ObjectReference[],
  options: { readonly logLines: number; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const groups = Object.entries(Object.groupBy(inventory, ({ namespace }) => namespace));
  const reasons = groups
    .filter(([namespace]) => namespace !== '')
    .slice(0, MOST_NAMESPACES)
    .map(([namespace, own = []]) =>
      appliedReasons(cluster, { complaints: [], inventory: own, namespace }, options),
    );
  return (await Promise.all(reasons)).flat();
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
