import { hasPlaceholder, listPreviews } from './cluster-list.ts';
import { earlyWork } from './early-work.ts';
import type { PreviewEngine } from './engine.ts';
import { checkHelmPreview } from './helm-check.ts';
import { deployHelmPreview } from './helm-deploy.ts';
import { type HelmEngineOptions, type HelmJob, whereIs } from './helm-job.ts';
import { prepareHelmPreview } from './helm-prepare.ts';
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
  const preparation = earlyWork((preview, signal) => prepareHelmPreview(job(signal), preview));
  return {
    prepare: preparation.begin,
    deploy: async (preview, signal) =>
      deployHelmPreview(job(signal), preview, await preparation.take(preview, signal)),
    check: (preview, signal) => checkHelmPreview(job(signal), preview),
    list: (signal) => listPreviews(cluster, 'helm', { mark, namespace, where: whereIs }, signal),
    remove: (preview, signal) => removeHelmPreview(job(signal), preview),
  };
}
