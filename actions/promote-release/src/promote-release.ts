import type { ActionContext, ActionResult } from '@gitops-actions/core/action';
import { deliver, onlyOnce, openTarget } from '@gitops-actions/core/delivery';
import { callOff } from './call-off.ts';
import type { Inputs } from './inputs.ts';
import { promotionEdit } from './promotion-edit.ts';
import { resultOf } from './result.ts';
import { openSource } from './source.ts';
import { Unverified } from './verified.ts';

/** Reads the source at one commit, and lands its releases in the target; or, dry, only says what would be landed. */
export async function promoteRelease(inputs: Inputs, given: ActionContext): Promise<ActionResult> {
  const context = { ...given, log: onlyOnce(given.log) };
  const source = await openSource(inputs, context);
  const { edit, moves, standing } = promotionEdit(inputs, source, context);
  await using repository = await openTarget(inputs.target, context);
  const outcome = await deliver(repository, edit, inputs, context).catch(async (error: unknown) => {
    throw error instanceof Unverified ? await callOff(error, inputs, source, repository, context) : error;
  });
  context.log.info(outcome.sentence);
  return resultOf(outcome, { moves: moves(), standing: standing() }, source, repository.name);
}
