import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, untilAborted } from '@gitops-actions/core/action';
import { type GitHub, parseRepositoryName, readPullRequest } from '@gitops-actions/core/github';
import { httpGet, probe } from '@gitops-actions/core/preview';
import { conclude, laterRun, retreat } from './conclude.ts';
import { describe, type PreviewDeployment, previewDeployments } from './deployment.ts';
import type { Job, Landed, Progress } from './job.ts';
import type { Outcome } from './outcome.ts';

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
  const github = await job.connect(signal);
  const deployment = await create(job, github);
  const progress: Progress = { isWriting: false, landed: undefined };
  try {
    return await untilAborted(deploy(job, github, deployment, progress), signal);
  } catch (error) {
    const said = messageOf(signal.aborted ? signal.reason : error);
    const reason = [said.replace(/\.?$/, '.'), ...aboutFiles(job, progress)].join(' ');
    await sayLast(job, deployment, signal.aborted ? 'error' : 'failure', reason);
    const written = progress.landed && writtenBy(progress.landed);
    return { status: 'failed', preview, reason, deployment: deployment.id, failure: reason, ...written };
  }
}

function writtenBy({ where, commit, url }: Landed): Pick<Outcome, 'where' | 'commit'> {
  return { where, commit: { id: commit, url } };
}

function aboutFiles({ inputs, plan, signal }: Job, { landed, isWriting }: Progress): readonly string[] {
  if (landed) return [`Its files are in ${landed.where}.`];
  return isWriting && signal.aborted ? [`Its files may be in ${inputs.path}/${plan.preview.name}.`] : [];
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
  await deployment.set(github, 'in_progress', describe(plan.preview));
  progress.isWriting = true;
  const deployed = await engine.deploy(plan.preview, signal);
  if (deployed.kind === 'superseded')
    return retreat(github, deployment, {
      status: 'superseded',
      preview: plan.preview,
      reason: laterRun(deployed.by),
    });
  progress.landed = deployed;
  job.log.info(
    `${deployed.where} is written (${deployed.commit.slice(0, 7)}); waiting for ${plan.probeUrl}.`,
  );
  const health = await waitForUrl(job);
  const name = parseRepositoryName(run.repository, 'repository');
  const pullRequest = await readPullRequest(github, name, plan.preview.pullRequest);
  return conclude(job, github, { deployment, landed: deployed, health, pullRequest, progress });
}

function waitForUrl({ plan, inputs, signal, log }: Job) {
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
