import type { ActionContext, ActionResult } from '@gitops-actions/core/action';
import { commentOf, summaryOf } from './comment.ts';
import type { Outcome } from './outcome.ts';

/** Outputs, summary and failure of an outcome. A green run without a preview says why on the run's page. */
export function resultOf(outcome: Outcome, { run, log }: ActionContext): ActionResult {
  const { status, preview, deployment, reason, failure } = outcome;
  const isThere = status !== 'skipped' && status !== 'removed';
  if (failure === undefined && reason !== '') log.notice(`Preview ${preview.name} is ${status}: ${reason}`);
  const outputs = {
    status,
    url: isThere ? preview.url : '',
    host: preview.host,
    name: preview.name,
    namespace: preview.namespace,
    deployment: deployment === undefined ? '' : String(deployment),
    reason,
    comment: commentOf(outcome, run),
  };
  return { outputs, summary: summaryOf(outcome, run), ...(failure !== undefined && { failure }) };
}
