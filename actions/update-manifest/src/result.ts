import type { ActionResult } from '@gitops-actions/core/action';
import { type Outcome, outputsOf, summarize } from '@gitops-actions/core/delivery';

/** Outputs and job summary. */
export function resultOf(outcome: Outcome, name: string): ActionResult {
  return { outputs: outputsOf(outcome), summary: summarize('update-manifest', outcome, name) };
}
