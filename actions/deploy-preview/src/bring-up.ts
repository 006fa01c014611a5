import { type Log, messageOf, type Run } from '@gitops-actions/core/action';
import {
  type GitHub,
  type PullRequest,
  parseRepositoryName,
  readPullRequest,
} from '@gitops-actions/core/github';
import { type Deployed, type Health, httpGet, type PreviewEngine, probe } from '@gitops-actions/core/preview';
import { type PreviewDeployment, startDeployment } from './deployment.ts';
import type { Inputs } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';

/** Everything that bringing a preview up needs. */
export interface Job {
  readonly inputs: Inputs;
  readonly run: Run;
  readonly plan: Plan;
  readonly engine: PreviewEngine;
  /** A client that the given signal ends. */
  readonly connect: (signal: AbortSignal) => Promise<GitHub>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** The runner leaves about ten seconds after a cancellation. */
const LAST_WORDS = 7000;

/**
 * Brings a preview up: Deployment in progress → land the files → wait for the URL → is the pull request still open? →
 * Deployment success or failure. Whatever goes wrong after the Deployment was made, the Deployment says so.
 *
 * @throws when the Deployment cannot be made, and when the job is cancelled
 */
export async function bringUp(job: Job): Promise<Outcome> {
  const { run, inputs, plan, signal } = job;
  const github = await job.connect(signal);
  const repository = parseRepositoryName(run.repository, 'repository');
  const deployment = await startDeployment(github, repository, plan.preview, inputs.environment, run);
  try {
    return await deploy(job, github, deployment);
  } catch (error) {
    const reason = signal.aborted ? messageOf(signal.reason) : messageOf(error);
    await sayLast(job, deployment, signal.aborted ? 'error' : 'failure', reason);
    if (signal.aborted) throw error;
    return { status: 'failed', preview: plan.preview, reason, deployment: deployment.id, failure: reason };
  }
}

async function deploy(job: Job, github: GitHub, deployment: PreviewDeployment): Promise<Outcome> {
  const { plan, engine, signal } = job;
  const deployed = await engine.deploy(plan.preview, signal);
  if (deployed.kind === 'superseded') {
    const { runId, runAttempt } = deployed.by;
    const reason = `Run ${runId} (attempt ${runAttempt}), a later one, has deployed this preview already.`;
    return retreat(github, deployment, { status: 'superseded', preview: plan.preview, reason });
  }
  job.log.info(
    `${deployed.where} is written (${deployed.commit.slice(0, 7)}); waiting for ${plan.probeUrl}.`,
  );
  const health = await waitForUrl(job);
  const { repository } = job.run;
  const name = parseRepositoryName(repository, 'repository');
  const pullRequest = await readPullRequest(github, name, plan.preview.pullRequest);
  if (pullRequest.state !== 'open') return withdraw(job, github, deployment, deployed, pullRequest);
  return settle(job, github, deployment, deployed, health, pullRequest);
}

function waitForUrl({ plan, inputs, signal, log }: Job): Promise<Health> {
  const expected = { statuses: inputs.health.statuses, text: plan.healthText };
  return probe({ url: plan.probeUrl, expected, timeout: inputs.timeout, signal, log, get: httpGet });
}

type Landed = Extract<Deployed, { kind: 'deployed' }>;

async function settle(
  { plan, log }: Job,
  github: GitHub,
  deployment: PreviewDeployment,
  { where, commit, url }: Landed,
  health: Health,
  pullRequest: PullRequest,
): Promise<Outcome> {
  const { preview } = plan;
  const ended = { preview, deployment: deployment.id, where, commit: { id: commit, url } };
  if (health.healthy) {
    await deployment.set(github, 'success', `${preview.name} is ready`, preview.url);
    await deployment.retireOlder(github).catch((error: unknown) => log.warning(messageOf(error)));
    return { ...ended, status: 'ready', reason: '' };
  }
  if (pullRequest.headSha !== preview.head) {
    const reason = `Commit ${pullRequest.headSha.slice(0, 7)} became the head of pull request ${preview.pullRequest} meanwhile.`;
    return retreat(github, deployment, { ...ended, status: 'superseded', reason });
  }
  await deployment.set(github, 'failure', health.reason);
  const failure = `Preview ${preview.name} is not ready: ${health.reason} Its files are in ${where}; look at what Argo CD or Flux says of them, or raise "timeout".`;
  return { ...ended, status: 'failed', reason: health.reason, failure };
}

/** The pull request closed while the preview came up: clean-up may have been there already, so it goes right here. */
async function withdraw(
  { plan, engine, signal }: Job,
  github: GitHub,
  deployment: PreviewDeployment,
  { where }: Landed,
  { number, state }: PullRequest,
): Promise<Outcome> {
  const { preview } = plan;
  const removal = await engine.remove({ record: preview, where }, signal);
  const leftovers = removal.kind === 'removed' ? removal.leftovers : [];
  const reason = `Pull request ${number} was ${state} meanwhile.`;
  const outcome = await retreat(github, deployment, { status: 'removed', preview, reason });
  if (leftovers.length === 0) return outcome;
  return {
    ...outcome,
    failure: `${reason} The preview was removed, but is still there: ${leftovers.join(', ')}.`,
  };
}

async function retreat(github: GitHub, deployment: PreviewDeployment, outcome: Outcome): Promise<Outcome> {
  await deployment.set(github, 'inactive', outcome.reason);
  return { ...outcome, deployment: deployment.id };
}

/** A client of its own, because the job's has been aborted; a second failure must not hide the first. */
async function sayLast(
  job: Job,
  deployment: PreviewDeployment,
  state: 'error' | 'failure',
  reason: string,
): Promise<void> {
  const github = await job.connect(AbortSignal.timeout(LAST_WORDS));
  await deployment.set(github, state, reason).catch((error: unknown) => job.log.warning(messageOf(error)));
}
