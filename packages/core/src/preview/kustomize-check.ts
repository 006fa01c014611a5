import { readRecordAgain } from './cluster-record.ts';
import type { PreviewSpec, Standing } from './engine.ts';
import type { KustomizeJob } from './kustomize-job.ts';
import { isSameDeployment, isSamePreview } from './record.ts';

/** Whether this deployment is what stands, as its record says. */
export async function checkKustomizePreview(
  { cluster, signal }: KustomizeJob,
  preview: PreviewSpec,
): Promise<Standing> {
  const stored = await readRecordAgain(cluster, preview, signal);
  if (stored === undefined || stored.removing) return { kind: 'gone' };
  if (isSameDeployment(stored.record, preview)) return { kind: 'standing' };
  return isSamePreview(stored.record, preview) ? { kind: 'replaced', by: stored.record } : { kind: 'gone' };
}
