import type { Action, ActionContext, ActionResult } from '@gitops-actions/core/action';
import { type Inputs, readInputs } from './inputs.ts';

/** update-manifest: writes images and values into the manifests of a GitOps repository. */
export const action: Action<Inputs> = { name: 'update-manifest', readInputs, work };

async function work(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  // YAML is only loaded once there is work: starting up, and refusing bad input, is faster without it.
  const { updateManifest } = await import(/* webpackMode: "eager" */ './update-manifest.ts');
  return updateManifest(inputs, context);
}
