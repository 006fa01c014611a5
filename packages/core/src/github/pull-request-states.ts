import { messageOf } from '../action/index.ts';
import type { GitHub } from './octokit.ts';
import { at, textAt } from './pull-request.ts';
import { fullName, type RepositoryName } from './repository-name.ts';

/** What the API said of a pull request; `unknown` is everything but a clear answer. */
export type PullRequestState =
  | { readonly state: 'open'; readonly labels: readonly string[] }
  | { readonly state: 'closed' | 'merged' }
  | { readonly state: 'unknown'; readonly reason: string };

/** https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#node-limit */
const BATCH = 100;
/** An issue cannot have more. https://docs.github.com/rest/issues/labels#add-labels-to-an-issue */
const MOST_LABELS = 100;

/**
 * Reads the states and labels of many pull requests, 100 to a request. Never throws for an API error: the pull requests it hides are
 * unknown, with the reason. An answer from a repository of another id than expected says nothing either.
 *
 * @param repositoryId the id that the repository must have: its name may have gone to another one
 */
export async function readPullRequestStates(
  github: GitHub,
  repository: RepositoryName,
  repositoryId: number,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, PullRequestState>> {
  const states = new Map<number, PullRequestState>();
  for (let start = 0; start < numbers.length; start += BATCH) {
    const batch = numbers.slice(start, start + BATCH);
    const answer = await ask(github, repository, batch);
    const isSame = at(answer.data, 'repository', 'databaseId') === repositoryId;
    for (const number of batch) {
      const said = isSame ? stateIn(at(answer.data, 'repository', `p${number}`)) : undefined;
      const reason = `the state of pull request ${number} of ${fullName(repository)} could not be read: ${reasonFor(answer, number)}`;
      states.set(number, said ?? { state: 'unknown', reason });
    }
  }
  return states;
}

/** Without its labels an open pull request is unknown: one of them may keep its preview. */
function stateIn(node: unknown): PullRequestState | undefined {
  const state = textAt(node, 'state');
  if (state === 'CLOSED') return { state: 'closed' };
  if (state === 'MERGED') return { state: 'merged' };
  const nodes = at(node, 'labels', 'nodes');
  if (state !== 'OPEN' || !Array.isArray(nodes)) return undefined;
  const labels = nodes.map((label: unknown) => textAt(label, 'name'));
  return labels.every((label) => label !== undefined) ? { state: 'open', labels } : undefined;
}

interface StatesAnswer {
  readonly data: unknown;
  readonly error?: unknown;
}

/** With one number that does not exist, GitHub answers the others and an error that names its alias. */
async function ask(
  github: GitHub,
  repository: RepositoryName,
  numbers: readonly number[],
): Promise<StatesAnswer> {
  const fields = numbers
    .map(
      (number) =>
        `p${number}: pullRequest(number: ${number}) { state labels(first: ${MOST_LABELS}) { nodes { name } } }`,
    )
    .join(' ');
  const query = `query PullRequestStates($owner: String!, $repo: String!) {
    repository(owner: $owner, name: $repo) { databaseId ${fields} }
  }`;
  try {
    return { data: await github.graphql(query, { ...repository }) };
  } catch (error) {
    return { data: at(error, 'data'), error };
  }
}

function reasonFor({ error }: StatesAnswer, number: number): string {
  if (error === undefined) return 'GitHub answered without it';
  const errors = at(error, 'errors');
  const own = Array.isArray(errors)
    ? errors.find((item: unknown) => {
        const path = at(item, 'path');
        return Array.isArray(path) && path.includes(`p${number}`);
      })
    : undefined;
  return textAt(own, 'message') ?? messageOf(error);
}
