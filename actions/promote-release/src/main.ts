import type { Action, ActionContext, ActionResult } from '@gitops-actions/core/action';
import { type Inputs, readInputs } from './inputs.ts';

/** promote-release: writes the images of one environment's manifests into another's. */
export const action: Action<Inputs> = { name: 'promote-release', readInputs, work };

async function work(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  // YAML is only loaded once there is work: starting up, and refusing bad input, is faster without it.
  const { promoteRelease } = await import(/* webpackMode: "eager" */ './promote-release.ts');
  return promoteRelease(inputs, context);
}
