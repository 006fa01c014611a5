import { ConfigurationError, messageOf } from '../action/index.ts';
import {
  ClusterError,
  describeReference,
  type KubernetesObject,
  kubectl,
  patiently,
  referenceOf,
} from '../kubernetes/index.ts';
import type { PreviewSpec } from './engine.ts';
import type { KustomizeJob } from './kustomize-job.ts';

/** The owner of the fields that a preview sets. */
const OWNER = 'gitops-actions';

/**
 * Applies objects on the server's side. Doing it again changes nothing, so a cluster that does not answer is asked again.
 *
 * @throws ClusterError with the server's message; what stands before it in the list may have been applied
 */
export async function applyObjects(
  { cluster, signal }: KustomizeJob,
  { namespace }: PreviewSpec,
  objects: readonly KubernetesObject[],
  flags: readonly string[] = [],
): Promise<void> {
  if (objects.length === 0) return;
  const args = ['apply', '--server-side', '--field-manager', OWNER, '--namespace', namespace, '-f', '-'];
  const input = objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('');
  const apply = () => kubectl(cluster, [...args, ...flags], { signal, input });
  await patiently(apply, signal);
}

/**
 * Asks the cluster whether it would take all of it; nothing changes.
 *
 * @param standing objects of the preview that are there already
 * @returns Jobs that must be made anew, because no Job can be changed
 * @throws ConfigurationError with the cluster's reason
 */
export async function rehearse(
  job: KustomizeJob,
  preview: PreviewSpec,
  objects: readonly KubernetesObject[],
  isStanding: (object: KubernetesObject) => boolean,
): Promise<readonly KubernetesObject[]> {
  const jobs = objects.filter((object) => object.kind === 'Job' && isStanding(object));
  const rest = objects.filter((object) => !jobs.includes(object));
  const [, ...fixed] = await Promise.all([
    applyObjects(job, preview, rest, ['--dry-run=server']).catch((error: unknown) => {
      if (!isUnrehearsable(error)) throw refused(error);
    }),
    ...jobs.map((one) => isFixed(job, preview, one)),
  ]);
  return jobs.filter((_, index) => fixed[index]);
}

async function isFixed(job: KustomizeJob, preview: PreviewSpec, one: KubernetesObject): Promise<boolean> {
  try {
    await applyObjects(job, preview, [one], ['--dry-run=server']);
    return false;
  } catch (error) {
    if (error instanceof ClusterError && /field is immutable/.test(error.message)) return true;
    if (isUnrehearsable(error)) return false;
    throw refused(error, one);
  }
}

/** Some admission webhooks cannot tell without doing it. */
function isUnrehearsable(error: unknown): boolean {
  return error instanceof ClusterError && /does not support dry run/.test(error.message);
}

function refused(error: unknown, one?: KubernetesObject): unknown {
  if (!(error instanceof ClusterError) || error.reason === 'Unavailable') return error;
  const subject = one ? `${describeReference(referenceOf(one))}: ` : '';
  const cure = /immutable|updates to .* are forbidden/.test(error.message)
    ? 'delete that object, which is then made anew, or mend the overlay'
    : 'mend the overlay';
  return new ConfigurationError(
    `${subject}${explainApply(error)} Nothing was applied; ${cure} and re-run the job.`,
    { cause: error },
  );
}

/**
 * What an apply says, without kubectl's advice of several lines: it is about flags that nobody can set here. A conflict
 * is told with its cure. https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
 */
export function explainApply(error: unknown): string {
  const said = messageOf(error)
    .replace(/\n?Please review the fields above.*$/s, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.?$/, '.');
  if (!/Apply failed with \d+ conflict/.test(said)) return said;
  return `${said} Another owner has set these fields to something else; leave them out of the overlay, or have that owner give them up.`;
}
