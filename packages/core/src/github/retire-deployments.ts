import { isLaterRun, type RunAttempt } from '../release/index.ts';
import { runIn } from './deployment-payload.ts';
import { setDeploymentStatus } from './deployments.ts';
import { explain } from './failure.ts';
import type { GitHub } from './octokit.ts';
import { fullName, type RepositoryName } from './repository-name.ts';

/** Which Deployments to retire. */
export interface Retirement {
  readonly task: string;
  readonly environment: string;
  /** Only older ones than this id. The first that was replaced before vouches for all before it. */
  readonly olderThan?: number;
  /** One in success of a later run than this stays: it shows what was deployed anew. */
  readonly upTo?: RunAttempt;
  readonly logUrl: string;
  /** Default: `Replaced by deployment <olderThan>.` */
  readonly description?: string;
}

const REPLACED = 'Replaced by deployment';

/**
 * Makes the Deployments of one task inactive, all pages of them.
 *
 * @param active what `activeDeployments` found a while ago; default: it looks now
 * @returns how many it retired
 */
export async function retireDeployments(
  github: GitHub,
  repository: RepositoryName,
  retirement: Retirement,
  active: Promise<readonly number[]> = activeDeployments(github, repository, retirement),
): Promise<number> {
  const { olderThan, logUrl, description = `${REPLACED} ${olderThan}.` } = retirement;
  const found = await active;
  // From the oldest: when this run ends halfway, a replaced one still has none but inactive ones before it.
  for (const id of found.toReversed()) {
    await setDeploymentStatus(github, repository, id, { state: 'inactive', logUrl, description });
  }
  return found.length;
}

/** Ids of those that are to be retired, newest first. It only reads, so it may be begun before there is a reason to retire. */
export async function activeDeployments(
  github: GitHub,
  repository: RepositoryName,
  { task, environment, olderThan, upTo }: Retirement,
): Promise<readonly number[]> {
  const active: number[] = [];
  for (const { id, run } of await listDeployments(github, repository, { task, environment })) {
    if (olderThan !== undefined && id >= olderThan) continue;
    const { state, description } = await lastStatus(github, repository, id);
    const isAnew = upTo !== undefined && state === 'success' && isLaterRun(run, upTo);
    if (state !== 'inactive' && !isAnew) active.push(id);
    // One that a withdrawn or superseded run left inactive says nothing about those before it.
    if (olderThan !== undefined && state === 'inactive' && description.startsWith(REPLACED)) break;
  }
  return active;
}

/** Newest first. https://docs.github.com/rest/deployments/deployments#list-deployments */
async function listDeployments(
  github: GitHub,
  repository: RepositoryName,
  filter: { readonly task: string; readonly environment: string },
): Promise<readonly { readonly id: number; readonly run: RunAttempt }[]> {
  const listed = await github
    .paginate(github.rest.repos.listDeployments, { ...repository, ...filter, per_page: 100 })
    .catch((error: unknown) => {
      throw explain(error, `list deployments of ${fullName(repository)}`, 'deployments: read');
    });
  return listed.map(({ id, payload }) => ({ id, run: runIn(payload) })).sort((a, b) => b.id - a.id);
}

async function lastStatus(
  github: GitHub,
  repository: RepositoryName,
  id: number,
): Promise<{ readonly state: string | undefined; readonly description: string }> {
  const { data } = await github.rest.repos
    .listDeploymentStatuses({ ...repository, deployment_id: id, per_page: 1 })
    .catch((error: unknown) => {
      throw explain(error, `read deployment ${id} of ${fullName(repository)}`, 'deployments: read');
    });
  return { state: data[0]?.state, description: data[0]?.description ?? '' };
}
