import { hasPlaceholder, listPreviews } from './cluster-list.ts';
import type { PreviewEngine, PreviewSpec } from './engine.ts';
import { checkHelmPreview } from './helm-check.ts';
import { deployHelmPreview } from './helm-deploy.ts';
import { type HelmEngineOptions, type HelmJob, whereIs } from './helm-job.ts';
import { type HelmPreparation, prepareHelmPreview } from './helm-prepare.ts';
import { removeHelmPreview } from './helm-remove.ts';

/**
 * Previews as Helm releases: the release carries the preview's name and its mark as labels, and a ConfigMap beside it
 * holds the record.
 */
export function createHelmEngine(options: HelmEngineOptions): PreviewEngine {
  const { cluster, mark, namespace } = options;
  const job = (signal: AbortSignal): HelmJob => ({
    ...options,
    ownsNamespace: hasPlaceholder(namespace),
    signal,
  });
  let begun: { readonly of: PreviewSpec; readonly preparation: Promise<HelmPreparation> } | undefined;
  return {
    prepare: (preview, signal) => {
      begun = { of: preview, preparation: prepareHelmPreview(job(signal), preview) };
      begun.preparation.catch(() => undefined);
    },
    deploy: async (preview, signal) => {
      const early = begun?.of === preview ? begun.preparation : undefined;
      begun = undefined;
      const prepared = await (early ?? prepareHelmPreview(job(signal), preview));
      return deployHelmPreview(job(signal), preview, prepared);
    },
    check: (preview, signal) => checkHelmPreview(job(signal), preview),
    list: (signal) => listPreviews(cluster, 'helm', { mark, namespace, where: whereIs }, signal),
    remove: (preview, signal) => removeHelmPreview(job(signal), preview),
  };
}
