import type { RunAttempt } from '../release/index.ts';
import {
  type DeployedRelease,
  deploymentPayload,
  isSameRelease,
  releaseIn,
  runIn,
} from './deployment-payload.ts';
import { explain, failureKind } from './failure.ts';
import type { GitHub } from './octokit.ts';
import { fullName, type RepositoryName } from './repository-name.ts';

/** What a GitHub Deployment is made of. */
export interface NewDeployment extends RunAttempt {
  /** Commit id. */
  readonly ref: string;
  /** Keys deployments within an environment: `preview:pr-42`; of releases `deploy`. */
  readonly task: string;
  readonly environment: string;
  readonly description: string;
  /** What is deployed, with `task: deploy`. Then GitHub decides by its name whether the environment is production. */
  readonly release?: DeployedRelease;
}

export type DeploymentState = 'in_progress' | 'success' | 'failure' | 'error' | 'inactive';

export interface DeploymentStatus {
  readonly state: DeploymentState;
  /** Page of the run. */
  readonly logUrl: string;
  readonly environmentUrl?: string;
  /** Cut at 140 characters. */
  readonly description: string;
}

const NEEDS = 'deployments: write';
/** https://docs.github.com/rest/deployments/statuses#create-a-deployment-status */
const LONGEST_DESCRIPTION = 140;

/**
 * Creates a Deployment that touches no other: with `auto_inactive` or a transient environment GitHub would retire the
 * deployments of other pull requests, or of other applications, that share the environment.
 * https://docs.github.com/rest/deployments/deployments#create-a-deployment
 *
 * @returns its id
 */
export async function createDeployment(
  github: GitHub,
  repository: RepositoryName,
  deployment: NewDeployment,
): Promise<number> {
  const { ref, task, environment, description, release } = deployment;
  const create = async () => {
    const { data } = await github.rest.repos.createDeployment({
      ...repository,
      ref,
      task,
      environment,
      description: shortened(description),
      payload: deploymentPayload(deployment, release),
      auto_merge: false,
      required_contexts: [],
      transient_environment: false,
      ...(release === undefined && { production_environment: false }),
    });
    return 'id' in data ? data.id : undefined;
  };
  try {
    const id = await create().catch(async (error: unknown) => {
      if (failureKind(error) !== 'ambiguous') throw error;
      return (await findDeployment(github, repository, deployment)) ?? (await create());
    });
    if (id !== undefined) return id;
    throw new Error('GitHub answered without a deployment');
  } catch (error) {
    throw explain(error, `create a deployment in ${fullName(repository)}`, NEEDS);
  }
}

/** After a lost answer: ours is the one that carries this run and attempt, and the same release. */
export async function findDeployment(
  github: GitHub,
  repository: RepositoryName,
  wanted: NewDeployment,
): Promise<number | undefined> {
  const { task, environment, ref, release } = wanted;
  const { data } = await github.rest.repos.listDeployments({ ...repository, task, environment, sha: ref });
  return data.find(({ payload, description }) => {
    const { runId, runAttempt } = runIn(payload);
    if (runId !== wanted.runId || runAttempt !== wanted.runAttempt) return false;
    // The jobs of one run's matrix share everything else.
    const isSame =
      isSameRelease(releaseIn(payload), release) && description === shortened(wanted.description);
    return release === undefined || isSame;
  })?.id;
}

/**
 * Sets the state of one Deployment, and of no other. A lost answer is tried once more: the same status twice says the
 * same. https://docs.github.com/rest/deployments/statuses#create-a-deployment-status
 */
export async function setDeploymentStatus(
  github: GitHub,
  repository: RepositoryName,
  id: number,
  status: DeploymentStatus,
): Promise<void> {
  const set = () =>
    github.rest.repos.createDeploymentStatus({
      ...repository,
      deployment_id: id,
      state: status.state,
      log_url: status.logUrl,
      description: shortened(status.description),
      auto_inactive: false,
      ...(status.environmentUrl && { environment_url: status.environmentUrl }),
    });
  await set()
    .catch((error: unknown) => {
      if (failureKind(error) === 'ambiguous') return set();
      throw error;
    })
    .catch((error: unknown) => {
      throw explain(error, `set deployment ${id} of ${fullName(repository)} to ${status.state}`, NEEDS);
    });
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_DESCRIPTION ? `${line.slice(0, LONGEST_DESCRIPTION - 1)}…` : line;
}
