import type { Action, ActionContext, ActionResult } from '@gitops-actions/core/action';
import { type Inputs, readInputs } from './inputs.ts';

/** deploy-preview: brings one pull request's preview up to date and says where it is. */
export const action: Action<Inputs> = { name: 'deploy-preview', readInputs, work };

async function work(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  // YAML is only loaded once there is work: starting up, and refusing bad input, is faster without it.
  const { deployPreview } = await import(/* webpackMode: "eager" */ './deploy-preview.ts');
  return deployPreview(inputs, context);
}
