import { setTimeout as sleep } from 'node:timers/promises';
import { type ActionContext, type ActionResult, messageOf, untilAborted } from '@gitops-actions/core/action';
import { type DeploymentRecord, openRecord } from './deployment-record.ts';
import type { Inputs } from './inputs.ts';
import { type Outcome, unknownOutcome } from './outcome.ts';
import { resultOf } from './result.ts';
import { verify } from './verify.ts';

/** How long what was begun may take to end after a cancellation, of the runner's ten seconds; milliseconds. */
const TIDY = 5000;

/**
 * Records the release as in progress, verifies it, and records the verdict. Whatever goes wrong, cancellation too, the
 * verdict is `unknown` then and the outputs are set: a rollback must not take a missing verdict for a bad one.
 */
export async function verifyDeployment(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  const { signal } = context;
  const started = performance.now();
  let record: DeploymentRecord | undefined;
  let verifying: Promise<Outcome> | undefined;
  let outcome: Outcome;
  try {
    record = await openRecord(inputs, context);
    verifying = verify(inputs, context);
    outcome = await untilAborted(verifying, signal);
  } catch (error) {
    outcome = unknownOutcome(messageOf(signal.aborted ? signal.reason : error));
    if (Error.isError(error) && error.stack) context.log.debug(error.stack);
  }
  if (outcome.superseded)
    context.log.notice(
      `${outcome.message} Nothing is known of its health; what took its place is verified on its own.`,
    );
  await Promise.all([record?.conclude(outcome), tidied(verifying)]);
  const milliseconds = performance.now() - started;
  return resultOf(outcome, { inputs, deployment: record?.id, milliseconds });
}

/** A verification that is cancelled still ends its programs and removes the kubeconfig: the process must not end before. */
async function tidied(verifying: Promise<unknown> | undefined): Promise<void> {
  const over = new AbortController();
  const ended = verifying?.then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([ended, sleep(TIDY, undefined, { signal: over.signal }).catch(() => undefined)]);
  over.abort();
}
