import type { Action, ActionContext, ActionResult } from '@gitops-actions/core/action';
import { type Inputs, readInputs } from './inputs.ts';

/** cleanup-previews: removes the previews of a closed pull request, or every stale one. */
export const action: Action<Inputs> = { name: 'cleanup-previews', readInputs, work };

async function work(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  // YAML is only loaded once there is work: starting up, and refusing bad input, is faster without it.
  const { cleanupPreviews } = await import(/* webpackMode: "eager" */ './cleanup-previews.ts');
  return cleanupPreviews(inputs, context);
}
