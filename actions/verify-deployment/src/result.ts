import type { ActionResult } from '@gitops-actions/core/action';
import type { Inputs } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import { jobSummary, renderReport, type Verdict } from './report.ts';

/** What outputs say besides the outcome. */
export interface ResultFacts {
  readonly inputs: Inputs;
  /** Id of the GitHub Deployment. */
  readonly deployment: number | undefined;
  /** How long it took. */
  readonly milliseconds: number;
}

const CURES: Readonly<Record<Exclude<Verdict, 'healthy'>, string>> = {
  degraded: 'Roll it back with rollback-release, or land a fix.',
  unknown: 'That says nothing against the release: mend it, and re-run the job.',
};

/** Outputs, summary and failure. */
export function resultOf(outcome: Outcome, { inputs, deployment, milliseconds }: ResultFacts): ActionResult {
  const { verdict, superseded, message, subjects, reasons, smoke } = outcome;
  const revision = [...new Set(subjects.flatMap((one) => one.revision || []))].join('\n');
  const report = {
    verdict,
    superseded,
    reason: message,
    environment: inputs.environment,
    url: inputs.environmentUrl,
    revision,
    subjects,
    reasons,
    smoke,
    milliseconds,
  };
  const outputs = {
    verdict,
    superseded: String(superseded),
    reason: [message, ...reasons].filter((text) => text !== '').join('\n'),
    commit: revision,
    summary: renderReport(report),
    deployment: deployment === undefined ? '' : String(deployment),
    'smoke-results': JSON.stringify(smoke),
  };
  const summary = jobSummary(report);
  if (verdict === 'healthy' || superseded) return { outputs, summary };
  return { outputs, summary, failure: `The release is ${verdict}: ${message} ${CURES[verdict]}` };
}
