import { type DeployedRelease, releaseIn } from './deployment-payload.ts';
import { explain } from './failure.ts';
import type { GitHub } from './octokit.ts';
import { at, textAt } from './pull-request.ts';
import { fullName, type RepositoryName } from './repository-name.ts';

/** A release that was verified, or not, in an environment. */
export interface ReleaseDeployment extends DeployedRelease {
  /** `verified`: it reached success, whatever replaced it later. `failed`: it was found broken. `open`: neither was said. */
  readonly outcome: 'verified' | 'failed' | 'open';
  /** ISO 8601. */
  readonly createdAt: string;
}

/** https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#node-limit */
const PAGE = 100;
const MOST_PAGES = 10;
/** How many Deployments of an environment are looked at: with those that GitHub makes for jobs with `environment:`. */
export const MOST_DEPLOYMENTS = PAGE * MOST_PAGES;
/** A Deployment of these actions has two or three. */
const STATUSES = 20;

// No `databaseId`: the schema has 32 bits for it, and ids of Deployments need more.
const QUERY = `query ReleaseDeployments($owner: String!, $repo: String!, $environment: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    deployments(
      environments: [$environment], first: ${PAGE}, after: $after, orderBy: { field: CREATED_AT, direction: DESC }
    ) {
      nodes { task payload createdAt statuses(first: ${STATUSES}) { nodes { state } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/**
 * The releases that were deployed to an environment, newest first: its Deployments with `task: deploy` that
 * `createDeployment` made for a release. A page of 100 is read when the caller gets that far, the last 1,000 in all.
 *
 * @throws ConfigurationError when the token may not read deployments
 */
export async function* releaseDeployments(
  github: GitHub,
  repository: RepositoryName,
  environment: string,
): AsyncGenerator<ReleaseDeployment, void, undefined> {
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const found = at(await read(github, { ...repository, environment, after }), 'repository', 'deployments');
    const nodes = at(found, 'nodes');
    for (const node of Array.isArray(nodes) ? nodes : []) {
      const release = releaseIn(at(node, 'payload'));
      if (release === undefined || at(node, 'task') !== 'deploy') continue;
      yield { ...release, outcome: outcomeOf(node), createdAt: textAt(node, 'createdAt') ?? '' };
    }
    after = textAt(found, 'pageInfo', 'endCursor');
    if (at(found, 'pageInfo', 'hasNextPage') !== true || after === undefined) return;
  }
}

interface Variables extends RepositoryName {
  readonly environment: string;
  readonly after: string | undefined;
  readonly [name: string]: unknown;
}

async function read(github: GitHub, variables: Variables): Promise<unknown> {
  try {
    return await github.graphql(QUERY, variables);
  } catch (error) {
    const doing = `read the deployments of ${fullName(variables)}`;
    throw explain(error, doing, 'deployments: read');
  }
}

/** The order of the statuses is not documented, and none is needed: what was found broken is not verified. */
function outcomeOf(node: unknown): ReleaseDeployment['outcome'] {
  const nodes = at(node, 'statuses', 'nodes');
  const states = (Array.isArray(nodes) ? nodes : []).map((status: unknown) => at(status, 'state'));
  if (states.includes('FAILURE')) return 'failed';
  return states.includes('SUCCESS') ? 'verified' : 'open';
}
