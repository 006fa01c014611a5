import { explain, failureKind } from './failure.ts';
import type { GitHub } from './octokit.ts';
import { fullName, type RepositoryName } from './repository-name.ts';

/** What a GitHub Deployment is made of. */
export interface NewDeployment {
  /** Commit id. */
  readonly ref: string;
  /** Keys deployments within an environment: `preview:pr-42`. */
  readonly task: string;
  readonly environment: string;
  readonly description: string;
  readonly runId: number;
  readonly runAttempt: number;
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
 * deployments of other pull requests that share the environment.
 * https://docs.github.com/rest/deployments/deployments#create-a-deployment
 *
 * @returns its id
 */
export async function createDeployment(
  github: GitHub,
  repository: RepositoryName,
  deployment: NewDeployment,
): Promise<number> {
  const { runId, runAttempt, description, ...keys } = deployment;
  const create = async () => {
    const { data } = await github.rest.repos.createDeployment({
      ...repository,
      ...keys,
      description: shortened(description),
      payload: { run_id: runId, run_attempt: runAttempt },
      auto_merge: false,
      required_contexts: [],
      transient_environment: false,
      production_environment: false,
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

/** After a lost answer: ours is the one that carries this run and attempt. */
async function findDeployment(github: GitHub, repository: RepositoryName, wanted: NewDeployment) {
  const { task, environment, ref } = wanted;
  const { data } = await github.rest.repos.listDeployments({ ...repository, task, environment, sha: ref });
  return data.find(({ payload }) => {
    const carried = typeof payload === 'object' ? payload : {};
    return carried.run_id === wanted.runId && carried.run_attempt === wanted.runAttempt;
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

/** Which Deployments to retire. */
export interface Retirement {
  readonly task: string;
  readonly environment: string;
  /** Only older ones than this id; then it stops at the first that is inactive already, as earlier runs have seen to the rest. */
  readonly olderThan?: number;
  readonly logUrl: string;
  readonly description: string;
}

/**
 * Makes the Deployments of one task inactive, all pages of them.
 *
 * @returns how many it retired
 */
export async function retireDeployments(
  github: GitHub,
  repository: RepositoryName,
  { task, environment, olderThan, logUrl, description }: Retirement,
): Promise<number> {
  let retired = 0;
  for (const id of await deploymentIds(github, repository, { task, environment })) {
    if (olderThan !== undefined && id >= olderThan) continue;
    if ((await deploymentState(github, repository, id)) !== 'inactive') {
      await setDeploymentStatus(github, repository, id, { state: 'inactive', logUrl, description });
      retired++;
    } else if (olderThan !== undefined) break;
  }
  return retired;
}

/** Newest first. https://docs.github.com/rest/deployments/deployments#list-deployments */
async function deploymentIds(
  github: GitHub,
  repository: RepositoryName,
  filter: { readonly task: string; readonly environment: string },
): Promise<readonly number[]> {
  const listed = await github
    .paginate(github.rest.repos.listDeployments, { ...repository, ...filter, per_page: 100 })
    .catch((error: unknown) => {
      throw explain(error, `list deployments of ${fullName(repository)}`, 'deployments: read');
    });
  return listed.map(({ id }) => id).sort((a, b) => b - a);
}

async function deploymentState(
  github: GitHub,
  repository: RepositoryName,
  id: number,
): Promise<string | undefined> {
  const { data } = await github.rest.repos
    .listDeploymentStatuses({ ...repository, deployment_id: id, per_page: 1 })
    .catch((error: unknown) => {
      throw explain(error, `read deployment ${id} of ${fullName(repository)}`, 'deployments: read');
    });
  return data[0]?.state;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_DESCRIPTION ? `${line.slice(0, LONGEST_DESCRIPTION - 1)}…` : line;
}
