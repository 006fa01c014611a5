import { messageOf } from '@gitops-actions/core/action';
import type { GitHub, PullRequest } from '@gitops-actions/core/github';
import type { PreviewRecord, Standing } from '@gitops-actions/core/preview';
import type { Health } from '@gitops-actions/core/probe';
import type { PreviewDeployment } from './deployment.ts';
import { exclusion } from './exclusion.ts';
import type { Job, Landed, Progress } from './job.ts';
import type { Outcome } from './outcome.ts';
import { whatVanished, whereToLook, writtenBy } from './place.ts';

/** What is known once the wait for the URL is over. */
export interface Finding {
  readonly deployment: PreviewDeployment;
  /** The Deployments before it. */
  readonly older: Promise<readonly number[]>;
  readonly landed: Landed;
  readonly health: Health;
  readonly pullRequest: PullRequest;
  /** Whether it is this deployment that stands. */
  readonly standing: Promise<Standing>;
  readonly progress: Progress;
}

/** Says how it ended. An answer of the URL only counts for this run while it is this run's files that stand there. */
export async function conclude(job: Job, github: GitHub, finding: Finding): Promise<Outcome> {
  const { plan } = job;
  const { deployment, landed, pullRequest } = finding;
  const { number, state } = pullRequest;
  if (state !== 'open')
    return withdraw(job, github, finding, `Pull request ${number} was ${state} meanwhile`);
  const excluded = exclusion(job.inputs.gates, pullRequest);
  if (excluded !== undefined) return withdraw(job, github, finding, excluded.replace(/\.$/, ''));
  const standing = await finding.standing;
  if (standing.kind === 'standing') return settle(job, github, finding);
  if (standing.kind === 'replaced') {
    const reason = laterRun(standing.by);
    return retreat(github, deployment, { status: 'superseded', preview: plan.preview, reason });
  }
  const reason = whatVanished(landed);
  await deployment.set(github, 'failure', reason);
  return {
    status: 'failed',
    preview: plan.preview,
    deployment: deployment.id,
    reason,
    failure: `Preview ${plan.preview.name} is not ready: ${reason} Look at who did that, and re-run the job.`,
  };
}

/** Why an earlier run leaves a preview alone. */
export function laterRun({ runId, runAttempt }: PreviewRecord): string {
  return `Run ${runId} (attempt ${runAttempt}), a later one, has deployed this preview already.`;
}

async function settle(
  { plan, log }: Job,
  github: GitHub,
  { deployment, older, landed, health, pullRequest }: Finding,
): Promise<Outcome> {
  const { preview } = plan;
  const ended = { preview, deployment: deployment.id, ...writtenBy(landed) };
  if (health.healthy) {
    // Side by side: whatever becomes of this one, what the older ones show is not there any more.
    const retiring = deployment
      .retire(github, older)
      .catch((error: unknown) => log.warning(messageOf(error)));
    const succeeding = deployment.set(github, 'success', `${preview.name} is ready`, preview.url);
    await succeeding.finally(() => retiring);
    return { ...ended, status: 'ready', reason: '' };
  }
  if (pullRequest.headSha !== preview.head) {
    const reason = `Commit ${pullRequest.headSha.slice(0, 7)} became the head of pull request ${preview.pullRequest} meanwhile.`;
    return retreat(github, deployment, { ...ended, status: 'superseded', reason });
  }
  await deployment.set(github, 'failure', health.reason);
  const failure = `Preview ${preview.name} is not ready: ${health.reason} ${whereToLook(landed)}`;
  return { ...ended, status: 'failed', reason: health.reason, failure };
}

/** The pull request closed while the preview came up: clean-up may have been there already, so it goes right here. */
async function withdraw(
  { plan, engine, signal, log }: Job,
  github: GitHub,
  { deployment, older, landed, progress }: Finding,
  closed: string,
): Promise<Outcome> {
  const { preview } = plan;
  const removal = await engine.remove({ record: preview, where: landed.where }, signal);
  if (removal.kind === 'changed') {
    const reason = `${closed}, but ${removal.reason}, so it is left to the run that did.`;
    return retreat(github, deployment, { status: 'superseded', preview, reason });
  }
  progress.landed = undefined;
  const outcome = await retreat(github, deployment, { status: 'removed', preview, reason: `${closed}.` });
  // With the files gone, no clean-up comes by that would retire the Deployments of the runs before.
  await deployment.retire(github, older).catch((error: unknown) => log.warning(messageOf(error)));
  if (removal.leftovers.length === 0) return outcome;
  const failure = `${closed}. The preview was removed, but is still there: ${removal.leftovers.join(', ')}.`;
  return { ...outcome, failure };
}

/** Takes this run's Deployment out of sight. */
export async function retreat(
  github: GitHub,
  deployment: PreviewDeployment,
  outcome: Outcome,
): Promise<Outcome> {
  await deployment.set(github, 'inactive', outcome.reason);
  return { ...outcome, deployment: deployment.id };
}
