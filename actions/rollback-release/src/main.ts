import type { Action, ActionContext, ActionResult } from '@gitops-actions/core/action';
import { skipReason } from './gates.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { skipped } from './skipped.ts';

/** rollback-release: puts the release before a bad one back into a GitOps repository, and keeps the bad one out. */
export const action: Action<Inputs> = { name: 'rollback-release', readInputs, work };

async function work(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  const reason = skipReason(inputs);
  if (reason !== undefined) {
    context.log.warning(reason);
    return skipped(reason);
  }
  // YAML is only loaded once there is work: starting up, and refusing bad input, is faster without it.
  const { rollbackRelease } = await import(/* webpackMode: "eager" */ './rollback-release.ts');
  return rollbackRelease(inputs, context);
}
