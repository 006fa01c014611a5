import { type ActionContext, type ActionResult, messageOf, untilAborted } from '@gitops-actions/core/action';
import { type DeploymentRecord, openRecord } from './deployment-record.ts';
import type { Inputs } from './inputs.ts';
import { type Outcome, unknownOutcome } from './outcome.ts';
import { resultOf } from './result.ts';
import { verify } from './verify.ts';

/**
 * Records the release as in progress, verifies it, and records the verdict. Whatever goes wrong, cancellation too, the
 * verdict is `unknown` then and the outputs are set: a rollback must not take a missing verdict for a bad one.
 */
export async function verifyDeployment(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  const { signal } = context;
  const started = performance.now();
  let record: DeploymentRecord | undefined;
  let outcome: Outcome;
  try {
    record = await openRecord(inputs, context);
    outcome = await untilAborted(verify(inputs, context), signal);
  } catch (error) {
    outcome = unknownOutcome(messageOf(signal.aborted ? signal.reason : error));
    if (Error.isError(error) && error.stack) context.log.debug(error.stack);
  }
  await record?.conclude(outcome);
  const milliseconds = performance.now() - started;
  return resultOf(outcome, { inputs, deployment: record?.id, milliseconds });
}
