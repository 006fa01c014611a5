import type { Action, ActionContext, ActionResult } from '@gitops-actions/core/action';
import { type Inputs, readInputs } from './inputs.ts';

/** verify-deployment: waits until the cluster runs a release and all of it is healthy, or says what is wrong. */
export const action: Action<Inputs> = { name: 'verify-deployment', readInputs, work };

async function work(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  // YAML is only loaded once there is work: starting up, and refusing bad input, is faster without it.
  const { verifyDeployment } = await import(/* webpackMode: "eager" */ './verify-deployment.ts');
  return verifyDeployment(inputs, context);
}
