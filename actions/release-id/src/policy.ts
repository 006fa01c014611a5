import type { Log } from '@gitops-actions/core/action';
import { fluxImagePolicy, formatPolicy, overlaps } from '@gitops-actions/core/release';
import type { Inputs } from './inputs.ts';
import type { Source } from './source.ts';

/**
 * The Flux policy for the releases of this branch as YAML; empty when their ids hold no order. Empty as well, with a
 * notice, when previews can have ids that it would match: Flux would deploy them.
 */
export function policyOf({ format, previewFormat, version }: Inputs, source: Source, log: Log): string {
  const branch = source.isPreview ? undefined : source.branch;
  const prereleases = version !== undefined && version.preRelease !== '';
  const policy = fluxImagePolicy(format.format, { branch, prereleases });
  if (policy === undefined) return '';
  if (!overlaps(format.format, previewFormat.format, { branch, prereleases })) return formatPolicy(policy);
  // A preview is the wrong place to mend it.
  if (source.isPreview) return '';
  log.notice(
    `The output "flux-image-policy" is empty, because previews can have ids like those of releases; begin "preview-format" with a text that "format" does not have, such as pr-{{pr}}-.`,
  );
  return '';
}
