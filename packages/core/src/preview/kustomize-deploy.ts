import {
  formatReferences,
  type KubernetesObject,
  type ObjectReference,
  parseReferences,
  readinessOf,
  referenceOf,
} from '../kubernetes/index.ts';
import { claimPreview } from './claim-preview.ts';
import { previewLabels } from './cluster-mark.ts';
import type { Deployed, PreviewSpec } from './engine.ts';
import { rehearse } from './kustomize-apply.ts';
import { bringUpStage } from './kustomize-bring-up.ts';
import { type KustomizeJob, whereIs } from './kustomize-job.ts';
import { deleteObjects, distinct, identity, readOwn } from './kustomize-live.ts';
import type { KustomizePreparation } from './kustomize-objects.ts';
import { type Stage, stagesOf } from './kustomize-stages.ts';
import { giveWay, LONGEST_GOODBYE, noteInventory } from './kustomize-standing.ts';

/**
 * Claims the preview together with the list of what is going to be applied, applies it stage by stage, and removes what it had before and has no more.
 *
 * @throws ConfigurationError before anything was applied
 * @throws PreviewFailed with the cluster's reasons when it does not come up
 */
export async function deployKustomizePreview(
  job: KustomizeJob,
  preview: PreviewSpec,
  { objects, standing, known }: KustomizePreparation,
): Promise<Deployed> {
  const { cluster, ownsNamespace, timeout, isRunOver, log, signal } = job;
  const { stages, skipped } = stagesOf(objects);
  const wanted = stages.flatMap((stage) => stage.objects.map(referenceOf));
  for (const { kind, metadata } of skipped)
    log.info(`${kind} ${metadata.name} is a hook of another moment, so it is not applied.`);
  const claim = await claimPreview(cluster, preview, {
    ...{ engine: 'kustomize', ownsNamespace, timeout, isRunOver, known, log, signal },
    // Written before anything is applied: what a killed run applied is known to the next one.
    inventory: (before) => formatReferences(distinct([...wanted, ...parseReferences(before)])),
  });
  if (claim.kind === 'superseded') return claim;
  const end = Date.now() + timeout;
  const broken = standing.filter((object) => readinessOf(object).state === 'failed');
  const fixed = await rehearseStages(job, preview, stages, standing);
  for (const stage of stages) {
    const brought = await bringUpStage(job, preview, { stage, fixed, end, broken });
    if (brought !== 'ready') return giveWay(job, preview, wanted, brought);
  }
  const left = await prune(job, preview, wanted, parseReferences(claim.stored.inventory));
  const isDone = await noteInventory(job, preview, claim.stored, [...wanted, ...left]);
  if (!isDone) return giveWay(job, preview, wanted, 'taken');
  return { kind: 'deployed', where: whereIs(preview), commit: '', url: '' };
}

async function rehearseStages(
  job: KustomizeJob,
  preview: PreviewSpec,
  stages: readonly Stage[],
  standing: readonly KubernetesObject[],
): Promise<ReadonlySet<KubernetesObject>> {
  const known = new Set(standing.map((object) => identity(referenceOf(object))));
  const isThere = (object: KubernetesObject) => known.has(identity(referenceOf(object)));
  // A hook that is there is deleted first.
  const asked = stages.flatMap(({ objects, isHook }) =>
    isHook ? objects.filter((object) => !isThere(object)) : objects,
  );
  const fixed = await rehearse(job, preview, asked, isThere);
  return new Set([...fixed, ...asked.filter(hasEnded)]);

  /** A Job or pod that failed is not tried again by itself. */
  function hasEnded(object: KubernetesObject): boolean {
    const key = identity(referenceOf(object));
    const found = standing.find((one) => identity(referenceOf(one)) === key);
    return /^(?:Job|Pod)$/.test(object.kind) && found !== undefined && readinessOf(found).state === 'failed';
  }
}

/**
 * Removes what the preview had before and has no more, if it still carries the preview's labels.
 *
 * @returns what does not go, which the next run or a clean-up must know
 */
async function prune(
  job: KustomizeJob,
  preview: PreviewSpec,
  wanted: readonly ObjectReference[],
  before: readonly ObjectReference[],
): Promise<readonly ObjectReference[]> {
  const kept = new Set(wanted.map(identity));
  const gone = before.filter((reference) => !kept.has(identity(reference)));
  const own = await readOwn(job, gone, preview.namespace, previewLabels(preview));
  for (const { kind, metadata } of own)
    job.log.info(`${kind} ${metadata.name} is not in the overlay any more; removing it.`);
  const isGone = await deleteObjects(job, own, preview.namespace, Math.min(job.timeout, LONGEST_GOODBYE));
  return isGone ? [] : own.map(referenceOf);
}
