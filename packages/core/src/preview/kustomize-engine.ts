import { hasPlaceholder, listPreviews } from './cluster-list.ts';
import type { PreviewCleaner, PreviewEngine, PreviewSpec } from './engine.ts';
import { checkKustomizePreview } from './kustomize-check.ts';
import { deployKustomizePreview } from './kustomize-deploy.ts';
import { type KustomizeEngineOptions, type KustomizeJob, whereIs } from './kustomize-job.ts';
import { type KustomizePreparation, prepareObjects } from './kustomize-objects.ts';
import { removeKustomizePreview } from './kustomize-remove.ts';

/**
 * Previews as the objects of a Kustomize overlay, applied on the server's side by the owner `gitops-actions`: every object
 * carries the preview's mark as labels, and a ConfigMap beside them holds the record and the inventory.
 */
export function createKustomizeEngine(options: KustomizeEngineOptions): PreviewEngine {
  let begun: { readonly of: PreviewSpec; readonly preparation: Promise<KustomizePreparation> } | undefined;
  return {
    ...createKustomizeCleaner(options),
    prepare: (preview, signal) => {
      begun = { of: preview, preparation: prepareObjects(jobOf(options, signal), preview) };
      begun.preparation.catch(() => undefined);
    },
    deploy: async (preview, signal) => {
      const early = begun?.of === preview ? begun.preparation : undefined;
      begun = undefined;
      const job = jobOf(options, signal);
      return deployKustomizePreview(job, preview, await (early ?? prepareObjects(job, preview)));
    },
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
