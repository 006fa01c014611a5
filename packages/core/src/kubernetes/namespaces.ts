import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { ClusterError, isClusterError } from './cluster-error.ts';
import {
  corePath,
  createObject,
  deleteObject,
  type KubernetesObject,
  type Labels,
  readObject,
} from './objects.ts';

interface Namespace extends KubernetesObject {
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly status: string; readonly message?: string }[];
  };
}

export interface NamespaceOptions {
  readonly signal: AbortSignal;
  /** How long a namespace may take to go; milliseconds. */
  readonly timeout: number;
}

const PAUSE = 1000;

/**
 * Makes a namespace, unless it is there. One that is just going is waited for.
 *
 * @param labels what a new one carries
 * @throws ClusterError when it may not be made, or is still going when the time is over
 */
export async function ensureNamespace(
  cluster: Cluster,
  name: string,
  labels: Labels,
  { signal, timeout }: NamespaceOptions,
): Promise<void> {
  const end = Date.now() + timeout;
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  for (;;) {
    const found = await readNamespace(cluster, name, signal);
    if (found && found.status?.phase !== 'Terminating') return;
    if (found === undefined) {
      try {
        await createObject(cluster, corePath('namespaces', ''), object, signal);
        return;
      } catch (error) {
        if (!isClusterError(error, 'AlreadyExists')) throw error;
      }
    } else if (Date.now() > end) {
      const why = stuck(found);
      throw new ClusterError(
        'Other',
        `The namespace ${name} is being removed and does not go${why && ` (${why})`}; look at its finalizers, and re-run the job once it is gone.`,
      );
    } else await sleep(PAUSE, undefined, { signal });
  }
}

/**
 * Removes a namespace if it carries the labels, and waits until it is gone.
 *
 * @returns what is left, for people: empty when it is gone; undefined when it does not carry the labels, and stays
 */
export async function removeNamespace(
  cluster: Cluster,
  name: string,
  labels: Labels,
  { signal, timeout }: NamespaceOptions,
): Promise<readonly string[] | undefined> {
  const end = Date.now() + timeout;
  const found = await readNamespace(cluster, name, signal);
  if (found === undefined) return [];
  const there = found.metadata.labels ?? {};
  if (Object.entries(labels).some(([key, value]) => there[key] !== value)) return undefined;
  await deleteObject(cluster, corePath('namespaces', '', name), { uid: found.metadata.uid }, signal).catch(
    (error: unknown) => {
      // It is gone, or going already.
      if (!isClusterError(error, 'NotFound') && !isClusterError(error, 'Conflict')) throw error;
    },
  );
  for (;;) {
    const left = await readNamespace(cluster, name, signal);
    if (left === undefined || left.metadata.uid !== found.metadata.uid) return [];
    if (Date.now() > end) return [`namespace ${name} (Terminating${stuck(left) && `: ${stuck(left)}`})`];
    await sleep(PAUSE, undefined, { signal });
  }
}

function readNamespace(cluster: Cluster, name: string, signal: AbortSignal): Promise<Namespace | undefined> {
  return readObject<Namespace>(cluster, corePath('namespaces', '', name), signal);
}

/** What the controller says keeps it: `Some content in the namespace has finalizers remaining: …`. */
function stuck({ status }: Namespace): string {
  return (status?.conditions ?? [])
    .filter(({ status }) => status === 'True')
    .flatMap(({ message }) => message ?? [])
    .join('; ');
}
