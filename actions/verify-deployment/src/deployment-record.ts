import { setTimeout as sleep } from 'node:timers/promises';
import { type ActionContext, messageOf, untilAborted } from '@gitops-actions/core/action';
import {
  connectGitHub,
  createDeployment,
  type DeploymentState,
  findDeployment,
  type NewDeployment,
  parseRepositoryName,
  setDeploymentStatus,
} from '@gitops-actions/core/github';
import type { Inputs } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import type { Verdict } from './report.ts';
import { written } from './running-images.ts';

/** The GitHub Deployment that records a release and its verdict. */
export interface DeploymentRecord {
  readonly id: number;
  /** Says how it ended, also when the job is cancelled. Never rejects: a second failure must not hide the verdict. */
  conclude(outcome: Outcome): Promise<void>;
}

/** The runner leaves about ten seconds after a cancellation. */
const LAST_WORDS = 7000;
/** What was asked of GitHub before a cancellation may take it so long to do; milliseconds. */
const UNDER_WAY = 1500;
const STATES: Readonly<Record<Verdict, DeploymentState>> = {
  healthy: 'success',
  degraded: 'failure',
  unknown: 'error',
};

/**
 * Makes the Deployment of the input `environment`, in progress.
 *
 * @returns undefined when none is wanted
 * @throws ConfigurationError when the token may not write deployments
 */
export async function openRecord(
  inputs: Inputs,
  context: ActionContext,
): Promise<DeploymentRecord | undefined> {
  if (inputs.environment === '') return undefined;
  const { signal, log } = context;
  const wanted = deploymentOf(inputs, context);
  const set = setterOf(inputs, context);
  const id = await untilAborted(create(inputs, wanted, context), signal).catch(async (error: unknown) => {
    if (signal.aborted) await sayCancelled(inputs, wanted, context).catch(() => undefined);
    throw error;
  });
  const announced = set(id, 'in_progress', wanted.description, signal).catch((error: unknown) => {
    if (!signal.aborted) log.warning(messageOf(error));
  });
  return {
    id,
    conclude: async ({ verdict, superseded, message }) => {
      const text = verdict === 'healthy' ? `${wanted.description} is healthy` : message;
      // No later state may come before it.
      await announced;
      // Neither good nor bad: it is not there any more.
      const state = superseded ? 'inactive' : STATES[verdict];
      await set(id, state, text, AbortSignal.timeout(LAST_WORDS)).catch((error: unknown) =>
        log.warning(messageOf(error)),
      );
    },
  };
}

function deploymentOf(inputs: Inputs, { run }: ActionContext): NewDeployment {
  const { environment, commit, images, selection } = inputs;
  const what = selection.kind === 'selector' ? selection.selector : selection.names.join(', ');
  return {
    ref: run.sha,
    task: 'deploy',
    environment,
    description: `Release of ${what}`,
    runId: run.runId,
    runAttempt: run.runAttempt,
    release: { images: images.map(written), commit },
  };
}

async function create({ token }: Inputs, wanted: NewDeployment, context: ActionContext): Promise<number> {
  const { run, log, signal } = context;
  const github = await connectGitHub(token, { run, log, signal });
  return createDeployment(github, parseRepositoryName(run.repository, 'repository'), wanted);
}

/** A cancellation while it is made leaves a Deployment of which nobody has the id. */
async function sayCancelled(inputs: Inputs, wanted: NewDeployment, context: ActionContext): Promise<void> {
  const { run, log, signal } = context;
  await sleep(UNDER_WAY);
  const within = AbortSignal.timeout(LAST_WORDS - UNDER_WAY);
  const github = await connectGitHub(inputs.token, { run, log, signal: within });
  const id = await findDeployment(github, parseRepositoryName(run.repository, 'repository'), wanted);
  if (id !== undefined) await setterOf(inputs, context)(id, 'error', messageOf(signal.reason), within);
}

function setterOf({ token, environmentUrl }: Inputs, { run, log }: ActionContext) {
  const repository = parseRepositoryName(run.repository, 'repository');
  return async (id: number, state: DeploymentState, description: string, signal: AbortSignal) => {
    const github = await connectGitHub(token, { run, log, signal });
    await setDeploymentStatus(github, repository, id, {
      state,
      logUrl: run.url,
      description,
      ...(state === 'success' && environmentUrl !== '' && { environmentUrl }),
    });
  };
}
