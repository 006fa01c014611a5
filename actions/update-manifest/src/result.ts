import type { ActionResult } from '@gitops-actions/core/action';
import { type Outcome, summarize } from '@gitops-actions/core/delivery';

/** Outputs and job summary. */
export function resultOf(outcome: Outcome, name: string): ActionResult {
  const { result, commit, pullRequest, edited } = outcome;
  return {
    outputs: {
      result,
      commit,
      'pull-request': pullRequest === undefined ? '' : String(pullRequest.number),
      'pull-request-url': pullRequest?.url ?? '',
      changes: JSON.stringify(edited.changes),
      diff: edited.diff,
    },
    summary: summarize('update-manifest', outcome, name),
  };
}
