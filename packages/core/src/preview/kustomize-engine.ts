import { hasPlaceholder, listPreviews } from './cluster-list.ts';
import { earlyWork } from './early-work.ts';
import type { PreviewCleaner, PreviewEngine } from './engine.ts';
import { checkKustomizePreview } from './kustomize-check.ts';
import { deployKustomizePreview } from './kustomize-deploy.ts';
import { type KustomizeEngineOptions, type KustomizeJob, whereIs } from './kustomize-job.ts';
import { prepareObjects } from './kustomize-objects.ts';
import { removeKustomizePreview } from './kustomize-remove.ts';

/**
 * Previews as the objects of a Kustomize overlay, applied on the server's side by the owner `gitops-actions`: every object
 * carries the preview's mark as labels, and a ConfigMap beside them holds the record and the inventory.
 */
export function createKustomizeEngine(options: KustomizeEngineOptions): PreviewEngine {
  const preparation = earlyWork((preview, signal) => prepareObjects(jobOf(options, signal), preview));
  return {
    ...createKustomizeCleaner(options),
    prepare: preparation.begin,
    deploy: async (preview, signal) =>
      deployKustomizePreview(jobOf(options, signal), preview, await preparation.take(preview, signal)),
  };
}

/** The part of the engine that lists, checks and removes; apart, because what only builds would make a clean-up large. */
export function createKustomizeCleaner(options: KustomizeEngineOptions): PreviewCleaner {
  const { cluster, mark, namespace } = options;
  return {
    check: (preview, signal) => checkKustomizePreview(jobOf(options, signal), preview),
    list: (signal) => listPreviews(cluster, 'kustomize', { mark, namespace, where: whereIs }, signal),
    remove: (preview, signal) => removeKustomizePreview(jobOf(options, signal), preview),
  };
}

function jobOf(options: KustomizeEngineOptions, signal: AbortSignal): KustomizeJob {
  return { ...options, ownsNamespace: hasPlaceholder(options.namespace), signal };
}
