import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, formatDuration } from '../action/index.ts';
import { type HelmRevision, helm, isClusterError, isPending, readRevisions } from '../kubernetes/index.ts';
import { carries, ownerIn, previewLabels, runOf } from './cluster-mark.ts';
import type { PreviewSpec } from './engine.ts';
import { type HelmJob, whereIs } from './helm-job.ts';
import type { PreviewRecord } from './record.ts';
import { mayStepIn } from './run-over.ts';

/** Each look may ask GitHub, which counts. */
const PAUSE = 5000;

/**
 * Refuses a release that does not carry the preview's labels: nobody knows whose it is.
 *
 * @throws ConfigurationError that says how to go on
 */
export function refuseForeign(revisions: readonly HelmRevision[], preview: PreviewRecord): void {
  const [latest] = revisions;
  if (latest === undefined || carries(latest.labels, previewLabels(preview))) return;
  const { name, namespace } = preview;
  const owner = ownerIn(latest.labels);
  // Whoever reads this must not remove what somebody else looks at.
  const cure =
    owner === undefined ? `, or remove it with "helm uninstall ${name} --namespace ${namespace}"` : '';
  throw new ConfigurationError(
    `There is a ${whereIs(preview)} that this preview did not make${owner === undefined ? '' : `: it is ${owner}`}; it was left alone. Choose another "name" or "namespace"${cure}.`,
  );
}

/**
 * Makes a release usable that a killed helm left `pending-*`, but only when nobody can be at it any more; otherwise it
 * waits for the other run.
 *
 * Upgrade and rollback: back to the last revision that was deployed. First install: uninstalled. Measured on helm 3
 * and 4; deleting helm's record instead leaves what was applied behind.
 *
 * @param known the revisions as they were read a moment ago
 * @throws ConfigurationError when the other run is not done in time
 */
export async function healRelease(
  job: HelmJob,
  preview: PreviewSpec,
  known: readonly HelmRevision[],
): Promise<void> {
  const { cluster, timeout, signal, log } = job;
  const end = Date.now() + timeout;
  for (let revisions = known; ; revisions = await readRevisions(cluster, preview, signal)) {
    refuseForeign(revisions, preview);
    const [latest] = revisions;
    if (latest === undefined || !isPending(latest)) return;
    if (await isAbandoned(job, latest)) {
      await heal(job, preview, latest, revisions);
      continue;
    }
    if (Date.now() > end) throw stillPending(job, preview, latest);
    log.info(`${whereIs(preview)} is ${latest.status} by ${byWhom(latest)}; waiting until that is done.`);
    await sleep(PAUSE, undefined, { signal });
  }
}

/** Whether nobody can be at a pending release any more. This run itself has no helm under way when it asks. */
export async function isAbandoned(
  { run, timeout, isRunOver }: HelmJob,
  { labels, since }: HelmRevision,
): Promise<boolean> {
  const by = runOf(labels);
  if (by === undefined) return Date.now() - since * 1000 > timeout;
  const isOwn = by.runId === run.runId && by.runAttempt === run.runAttempt;
  return isOwn || mayStepIn({ ...by, since, timeout, isRunOver });
}

async function heal(
  { cluster, signal, log, timeout }: HelmJob,
  preview: PreviewSpec,
  { status, labels }: HelmRevision,
  revisions: readonly HelmRevision[],
): Promise<void> {
  const { name, namespace } = preview;
  const settled = revisions.filter((one) => !isPending(one));
  const target = settled.find((one) => one.status === 'deployed') ?? settled[0];
  const limit = ['--namespace', namespace, '--timeout', helmDuration(timeout)];
  const hasReturn = target !== undefined && status !== 'uninstalling' && target.status !== 'uninstalled';
  log.info(
    `${whereIs(preview)} was left ${status} by ${byWhom({ labels })}; ${hasReturn ? `rolling back to revision ${target.revision}` : 'uninstalling it'}.`,
  );
  const args = hasReturn
    ? ['rollback', name, String(target.revision), ...limit]
    : ['uninstall', name, '--wait', ...limit];
  await helm(cluster, args, { signal }).catch((error: unknown) => {
    // Somebody else healed it, or is at it: the next look says so.
    if (!isClusterError(error, 'NotFound') && !isClusterError(error, 'Conflict')) throw error;
  });
}

function stillPending(
  { timeout }: HelmJob,
  preview: PreviewSpec,
  { status, labels }: HelmRevision,
): ConfigurationError {
  return new ConfigurationError(
    `${whereIs(preview)} is ${status} by ${byWhom({ labels })} and was not done after ${formatDuration(timeout)}; re-run the job once that run is over. With the permission "actions: read" a run that was killed is told from one that is at work.`,
  );
}

function byWhom({ labels }: Pick<HelmRevision, 'labels'>): string {
  const run = runOf(labels);
  return run ? `run ${run.runId} (attempt ${run.runAttempt})` : 'somebody else';
}

/** Milliseconds as helm takes them: whole seconds, at least one. */
export function helmDuration(milliseconds: number): string {
  return `${Math.max(1, Math.ceil(milliseconds / 1000))}s`;
}
