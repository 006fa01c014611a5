import type { ActionResult } from '@gitops-actions/core/action';
import { type EditedManifests, type Outcome, outputsOf, summarize } from '@gitops-actions/core/delivery';
import { referenceText } from '@gitops-actions/core/manifest';

/** Outputs and job summary. */
export function resultOf(outcome: Outcome<EditedManifests>, name: string): ActionResult {
  const { result, edited } = outcome;
  const isThere = result !== 'proposed' && result !== 'dry-run';
  const standing = isThere ? edited.standing.map(({ reference }) => referenceText(reference)) : [];
  return {
    outputs: { ...outputsOf(outcome), images: [...new Set(standing)].join('\n') },
    summary: summarize('update-manifest', outcome, name),
  };
}
