import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, untilAborted } from '@gitops-actions/core/action';
import { type GitHub, parseRepositoryName, readPullRequest } from '@gitops-actions/core/github';
import { PreviewFailed } from '@gitops-actions/core/preview';
import { type Health, httpGet, probe } from '@gitops-actions/core/probe';
import { conclude, laterRun, retreat } from './conclude.ts';
import { describe, type PreviewDeployment, previewDeployments } from './deployment.ts';
import type { Job, Progress } from './job.ts';
import type { Outcome } from './outcome.ts';
import { aboutPlace, whatStands, writtenBy } from './place.ts';

/** The runner leaves about ten seconds after a cancellation. */
const LAST_WORDS = 7000;
/** What was asked of GitHub before a cancellation may take it so long to do; milliseconds. */
const UNDER_WAY = 1500;

/**
 * Brings a preview up: Deployment in progress → land the files → wait for the URL → is the pull request still open, and
 * is it still ours that stands there? → Deployment success or failure. Whatever goes wrong after the Deployment was made,
 * cancellation too, the Deployment says so.
 *
 * @throws when the Deployment cannot be made
 */
export async function bringUp(job: Job): Promise<Outcome> {
  const { signal, plan } = job;
  const { preview } = plan;
  // How it ends `deploy` says.
  void job.engine.prepare?.(preview, signal);
  const github = await job.connect(signal);
  const deployment = await create(job, github);
  const progress: Progress = {
    isWriting: false,
    landed: undefined,
    announced: Promise.resolve(),
    stopped: Promise.resolve(),
  };
  try {
    return await untilAborted(deploy(job, github, deployment, progress), signal);
  } catch (error) {
    const said = messageOf(signal.aborted ? signal.reason : error);
    const failure = [said.replace(/\.?$/, '.'), ...aboutPlace(job, progress)].join(' ');
    const reasons = error instanceof PreviewFailed ? error.reasons : [];
    const state = signal.aborted ? 'error' : 'failure';
    await progress.announced;
    // Once this returns the process may end, and a program that is still stopping would be killed with it.
    const stopped = Promise.race([progress.stopped, sleep(LAST_WORDS, undefined, { ref: false })]);
    await Promise.all([sayLast(job, deployment, state, failure), stopped]);
    const written = progress.landed && writtenBy(progress.landed);
    const reason = [failure, ...reasons].join('\n');
    return { status: 'failed', preview, reason, deployment: deployment.id, failure, ...written };
  }
}

/** A cancellation while it is made leaves a Deployment of which nobody has the id. */
async function create(job: Job, github: GitHub): Promise<PreviewDeployment> {
  const { run, inputs, plan, signal } = job;
  const repository = parseRepositoryName(run.repository, 'repository');
  const deployments = previewDeployments(repository, plan.preview, inputs.environment, run);
  return untilAborted(deployments.create(github), signal).catch(async (error: unknown) => {
    if (signal.aborted) {
      await sleep(UNDER_WAY);
      const found = await deployments.find(await lastClient(job)).catch(() => undefined);
      if (found) await sayLast(job, found, 'error', messageOf(signal.reason));
    }
    throw error;
  });
}

async function deploy(
  job: Job,
  github: GitHub,
  deployment: PreviewDeployment,
  progress: Progress,
): Promise<Outcome> {
  const { plan, engine, signal, run } = job;
  progress.isWriting = true;
  progress.announced = announce(job, github, deployment);
  const older = deployment.older(github);
  // They are waited for once the preview is up.
  older.catch(() => undefined);
  const deploying = engine.deploy(plan.preview, signal);
  progress.stopped = deploying.catch(() => undefined);
  const deployed = await deploying;
  await progress.announced;
  if (deployed.kind === 'superseded')
    return retreat(github, deployment, {
      status: 'superseded',
      preview: plan.preview,
      reason: laterRun(deployed.by),
    });
  progress.landed = deployed;
  job.log.info(`${whatStands(deployed)}${plan.probeUrl === '' ? '' : `; waiting for ${plan.probeUrl}`}.`);
  const health = await waitForUrl(job);
  const name = parseRepositoryName(run.repository, 'repository');
  const standing = engine.check(plan.preview, signal);
  // It is waited for once the pull request is known.
  standing.catch(() => undefined);
  const pullRequest = await readPullRequest(github, name, plan.preview.pullRequest);
  return conclude(job, github, {
    deployment,
    older,
    landed: deployed,
    health,
    pullRequest,
    standing,
    progress,
  });
}

/** Beside the work, which it must not hold up; nor is the work in vain when it fails, for the last word counts. */
async function announce(job: Job, github: GitHub, deployment: PreviewDeployment): Promise<void> {
  const { plan, log, signal } = job;
  await deployment.set(github, 'in_progress', describe(plan.preview)).catch((error: unknown) => {
    if (!signal.aborted) log.warning(messageOf(error));
  });
}

async function waitForUrl({ plan, inputs, signal, log }: Job): Promise<Health> {
  if (plan.probeUrl === '') return { healthy: true };
  const expected = { statuses: inputs.health.statuses, text: plan.healthText };
  return probe({ url: plan.probeUrl, expected, timeout: inputs.timeout, signal, log, get: httpGet });
}

/** A second failure must not hide the first. */
async function sayLast(
  job: Job,
  deployment: PreviewDeployment,
  state: 'error' | 'failure',
  reason: string,
): Promise<void> {
  const github = await lastClient(job);
  await deployment.set(github, state, reason).catch((error: unknown) => job.log.warning(messageOf(error)));
}

/** A client of its own, because the job's has been aborted. */
function lastClient(job: Job): Promise<GitHub> {
  return job.connect(AbortSignal.timeout(LAST_WORDS));
}
