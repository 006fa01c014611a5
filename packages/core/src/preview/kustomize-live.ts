import {
  ClusterError,
  type KubernetesObject,
  kubectl,
  type Labels,
  type ObjectReference,
  patiently,
  readLive,
  referenceOf,
} from '../kubernetes/index.ts';
import { carries } from './cluster-mark.ts';
import type { KustomizeJob } from './kustomize-job.ts';

/** What tells two objects of a namespace apart; the version of the API does not. */
export function identity({ apiVersion, kind, name }: ObjectReference): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return `${group}/${kind}/${name}`;
}

/** The first of all references to each object. */
export function distinct(references: readonly ObjectReference[]): readonly ObjectReference[] {
  return [...new Map(references.toReversed().map((one) => [identity(one), one])).values()].toReversed();
}

/**
 * Those of the objects that the cluster still has. Of a kind that the cluster does not know any more there are none: its
 * objects went with its definition.
 */
export async function readStanding(
  { cluster, signal }: Pick<KustomizeJob, 'cluster' | 'signal'>,
  references: readonly ObjectReference[],
  namespace: string,
): Promise<readonly KubernetesObject[]> {
  for (let asked = references; ; ) {
    try {
      return await readLive(cluster, asked, namespace, signal);
    } catch (error) {
      const known = error instanceof ClusterError ? withoutUnknown(asked, error.message) : asked;
      if (known.length === asked.length) throw error;
      asked = known;
    }
  }
}

/** As kubectl says it: `no matches for kind "Service" in version "serving.knative.dev/v1"`. */
function withoutUnknown(references: readonly ObjectReference[], message: string): readonly ObjectReference[] {
  const unknown = [...message.matchAll(/no matches for kind "([^"]+)" in version "([^"]+)"/g)];
  return references.filter(
    ({ kind, apiVersion }) => !unknown.some((match) => match[1] === kind && match[2] === apiVersion),
  );
}

/** Those of the objects that carry the labels. */
export async function readOwn(
  job: Pick<KustomizeJob, 'cluster' | 'signal'>,
  references: readonly ObjectReference[],
  namespace: string,
  labels: Labels,
): Promise<readonly KubernetesObject[]> {
  const live = await readStanding(job, references, namespace);
  return live.filter(({ metadata }) => carries(metadata.labels, labels));
}

/**
 * Deletes objects with all that depends on them, and waits until they are gone or the time is over.
 *
 * @param timeout milliseconds
 * @returns whether they are gone
 */
export async function deleteObjects(
  { cluster, signal }: Pick<KustomizeJob, 'cluster' | 'signal'>,
  objects: readonly KubernetesObject[],
  namespace: string,
  timeout: number,
): Promise<boolean> {
  if (objects.length === 0) return true;
  const limit = `${Math.max(1, Math.ceil(timeout / 1000))}s`;
  const args = ['delete', '-f', '-', '--namespace', namespace, '--ignore-not-found', '--cascade=foreground'];
  const input = objects.map((object) => `---\n${JSON.stringify(bare(object))}\n`).join('');
  try {
    await patiently(() => kubectl(cluster, [...args, '--timeout', limit], { signal, input }), signal);
    return true;
  } catch (error) {
    if (error instanceof ClusterError && /timed out waiting/.test(error.message)) return false;
    throw error;
  }
}

function bare(object: KubernetesObject): object {
  const { apiVersion, kind, namespace, name } = referenceOf(object);
  return { apiVersion, kind, metadata: { name, ...(namespace !== '' && { namespace }) } };
}
