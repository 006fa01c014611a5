import type { ActionContext, ActionResult, Run } from '@gitops-actions/core/action';
import { readOnlyCause, type WriteRefused } from '@gitops-actions/core/github';
import type { Inputs } from './inputs.ts';
import { writesText } from './mode.ts';
import { type Subject, skippedReport } from './report.ts';

const RECIPE = 'https://github.com/gitops-actions/gitops-actions/blob/main/docs/fork-pull-requests.md';

/**
 * Why GitHub refused a write, and what helps. In the run of a fork's pull request no permission does.
 *
 * @param place `acme/shop#42`
 */
export function refusalText({ message, reason }: WriteRefused, run: Run, place: string): string {
  const cause = reason === 'forbidden' ? readOnlyCause(run) : undefined;
  if (cause === 'fork')
    return `Cannot comment on ${place}: the run of a fork's pull request gets a token that only reads, whatever \`permissions:\` says. A second workflow can write the comment (${RECIPE}).`;
  if (cause === 'dependabot')
    return `${message} Dependabot started this run, whose token only reads unless the job grants more (${RECIPE}#dependabot).`;
  return message;
}

/** Reports a refusal: a warning, or with `on-locked: fail` a failure; the text is in the summary. */
export function reportRefusal(
  error: WriteRefused,
  { onLocked, mode }: Inputs,
  subject: Subject,
  { run, log }: ActionContext,
): ActionResult {
  const reason = refusalText(error, run, subject.place);
  const skipped = skippedReport(reason, subject);
  if (error.reason === 'locked' && onLocked === 'fail')
    return { ...skipped, failure: `${reason} Unlock it, or set the input "on-locked" to "warn".` };
  log.warning(writesText(mode) ? `${reason} The text is in the job summary.` : reason);
  return skipped;
}
