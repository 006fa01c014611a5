import { ConfigurationError } from '../action/index.ts';
import {
  ClusterError,
  isClusterError,
  type KubernetesObject,
  referenceOf,
  sinceAllowed,
} from '../kubernetes/index.ts';
import { previewLabels } from './cluster-mark.ts';
import { readRecordAgain } from './cluster-record.ts';
import type { PreviewSpec } from './engine.ts';
import { applyObjects, explainApply } from './kustomize-apply.ts';
import type { KustomizeJob } from './kustomize-job.ts';
import { deleteObjects, readOwn } from './kustomize-live.ts';
import type { Stage } from './kustomize-stages.ts';
import { isOf, LONGEST_GOODBYE } from './kustomize-standing.ts';
import { type Waited, type WaitOptions, waitUntilReady } from './kustomize-wait.ts';
import { PreviewFailed } from './preview-failed.ts';

/** How often objects are applied again when an earlier run applied its own over them. */
const MOST_TRIES = 4;

export interface StageOptions extends WaitOptions {
  readonly stage: Stage;
  /** Objects that the cluster cannot change: they are made anew. */
  readonly fixed: ReadonlySet<KubernetesObject>;
}

/**
 * Applies the objects of one stage and waits until they are ready.
 *
 * @throws PreviewFailed with the cluster's reasons
 */
export async function bringUpStage(
  job: KustomizeJob,
  preview: PreviewSpec,
  { stage: { objects, isHook }, fixed, ...waiting }: StageOptions,
): Promise<Exclude<Waited, 'disturbed'>> {
  const { namespace } = preview;
  const anew = isHook ? objects : objects.filter((object) => fixed.has(object));
  const old = await readOwn(job, anew.map(referenceOf), namespace, previewLabels(preview));
  // They might be those of a later run by now.
  if (old.length > 0 && !(await isStanding(job, preview))) return 'taken';
  await deleteObjects(job, old, namespace, LONGEST_GOODBYE);
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    // All of it was allowed when it was rehearsed.
    const apply = sinceAllowed(() => applyObjects(job, preview, objects), job.signal);
    await apply.catch((error: unknown) => {
      throw notApplied(preview, error);
    });
    const waited = await waitUntilReady(job, preview, objects, waiting);
    if (waited !== 'disturbed') return waited;
    job.log.info(`Somebody changed what was applied for ${preview.name}; applying it again.`);
  }
  const what = 'is changed or removed again and again while it comes up';
  throw new PreviewFailed(`Preview ${preview.name} ${what}; look at who does that.`, []);
}

async function isStanding({ cluster, signal }: KustomizeJob, preview: PreviewSpec): Promise<boolean> {
  const stored = await readRecordAgain(cluster, preview, signal);
  return stored !== undefined && isOf(stored, preview);
}

function notApplied({ name }: PreviewSpec, error: unknown): unknown {
  if (!(error instanceof ClusterError)) return error;
  if (isClusterError(error, 'Forbidden') && /cannot/.test(error.message))
    return new ConfigurationError(error.message, { cause: error });
  return new PreviewFailed(`Preview ${name} cannot be applied: ${explainApply(error)}`, [], error);
}
