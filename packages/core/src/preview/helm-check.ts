import { helm, isPending, readRevisions } from '../kubernetes/index.ts';
import { isLaterRun } from '../release/index.ts';
import { carries, deploymentLabels, previewLabels, runOf } from './cluster-mark.ts';
import { readRecordAgain } from './cluster-record.ts';
import type { PreviewSpec, Standing } from './engine.ts';
import { helmDuration } from './helm-heal.ts';
import { type HelmJob, whereIs } from './helm-job.ts';
import { isSameDeployment, isSamePreview } from './record.ts';

/**
 * Whether this deployment is what stands. When a later run has the record but this run's helm was the last at the
 * release, the later one's revision is brought back: whoever overwrote repairs.
 */
export async function checkHelmPreview(job: HelmJob, preview: PreviewSpec): Promise<Standing> {
  const { cluster, signal } = job;
  const stored = await readRecordAgain(cluster, preview, signal);
  if (stored === undefined || stored.removing) return { kind: 'gone' };
  if (isSameDeployment(stored.record, preview)) return { kind: 'standing' };
  if (!isSamePreview(stored.record, preview)) return { kind: 'gone' };
  await giveBack(job, preview);
  return { kind: 'replaced', by: stored.record };
}

async function giveBack({ cluster, log, signal, timeout }: HelmJob, preview: PreviewSpec): Promise<void> {
  const revisions = await readRevisions(cluster, preview, signal, 'all');
  const [latest, before] = revisions;
  if (latest === undefined || before === undefined || isPending(latest)) return;
  const isOurs = carries(latest.labels, deploymentLabels(preview));
  const later = runOf(before.labels);
  const isOverwritten =
    isOurs &&
    carries(before.labels, previewLabels(preview)) &&
    later !== undefined &&
    isLaterRun(later, preview);
  if (!isOverwritten) return;
  log.info(
    `${whereIs(preview)} was of the later run ${later.runId}; its revision ${before.revision} is brought back.`,
  );
  const { name, namespace } = preview;
  const args = ['rollback', name, String(before.revision), '--namespace', namespace];
  await helm(cluster, [...args, '--timeout', helmDuration(timeout)], { signal });
}
