import { ConfigurationError, type Run } from '../action/index.ts';
import { explain } from './failure.ts';
import type { GitHub } from './octokit.ts';
import { fullName, type RepositoryName } from './repository-name.ts';

/** What the actions need to know of a pull request, read in one request. */
export interface PullRequest {
  readonly number: number;
  readonly state: 'open' | 'closed' | 'merged';
  readonly isDraft: boolean;
  /** The head's commit, not the merge commit that `GITHUB_SHA` names. */
  readonly headSha: string;
  readonly headRef: string;
  /** The head lives in another repository, or in one that was deleted. */
  readonly isFork: boolean;
  readonly labels: readonly string[];
  /** Login of the author; empty when the account is gone. */
  readonly author: string;
}

/**
 * Reads a pull request as it is now. https://docs.github.com/rest/pulls/pulls#get-a-pull-request
 *
 * @throws ConfigurationError naming the permission, or that there is no such pull request
 */
export async function readPullRequest(
  github: GitHub,
  repository: RepositoryName,
  number: number,
): Promise<PullRequest> {
  try {
    const { data } = await github.rest.pulls.get({ ...repository, pull_number: number });
    if (textAt(data, 'head', 'sha') === undefined || textAt(data, 'state') === undefined) {
      throw new Error('GitHub answered without it');
    }
    return {
      number,
      state: data.merged ? 'merged' : data.state,
      isDraft: data.draft === true,
      headSha: data.head.sha,
      headRef: data.head.ref,
      isFork: data.head.repo?.id !== data.base.repo.id,
      labels: data.labels.map((label) => label.name),
      author: data.user?.login ?? '',
    };
  } catch (error) {
    throw explain(error, `read pull request ${number} of ${fullName(repository)}`, 'pull-requests: read');
  }
}

/**
 * The pull request that a run is about: its number from the event where the event says it, otherwise looked up by head
 * repository, branch and commit. Works for pull_request(_target), pull_request_review(_comment), issue_comment,
 * merge_group, push (its open pull request) and workflow_run (also of forks, whose `pull_requests` list is empty).
 *
 * A lookup must leave exactly one open pull request whose head is the run's commit.
 *
 * @param number what the input `pull-request` says, if anything; it wins
 * @throws ConfigurationError when the event is about no pull request, or about more than one
 */
export async function pullRequestNumber(
  github: GitHub,
  repository: RepositoryName,
  run: Run,
  number: number | undefined,
): Promise<number> {
  const known = number ?? numberInEvent(run);
  if (known !== undefined) return known;
  const head = headInEvent(run);
  if (head === undefined) {
    throw new ConfigurationError(
      `The event "${run.eventName}" is not about a pull request; set the input "pull-request", or run on pull_request, issue_comment, merge_group, workflow_run or push.`,
    );
  }
  return lookUp(github, repository, head);
}

function numberInEvent({ eventName, event }: Run): number | undefined {
  const direct = numberAt(event, 'pull_request', 'number');
  if (direct !== undefined) return direct;
  if (eventName === 'issue_comment' && at(event, 'issue', 'pull_request') !== undefined)
    return numberAt(event, 'issue', 'number');
  if (eventName === 'merge_group') return numberOfQueueRef(textAt(event, 'merge_group', 'head_ref'));
  return undefined;
}

/** The pull request of a merge queue's branch: `refs/heads/gh-readonly-queue/main/pr-42-<sha of the base>`. */
export function numberOfQueueRef(ref: string | undefined): number | undefined {
  const [, number] = /\/pr-(\d{1,15})-[0-9a-f]{40,64}$/.exec(ref ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
}

interface Head {
  readonly owner: string;
  readonly branch: string;
  readonly sha: string;
}

function headInEvent({ eventName, event, ref, sha, repository }: Run): Head | undefined {
  if (eventName === 'push' && ref.startsWith('refs/heads/')) {
    return { owner: repository.split('/')[0] ?? '', branch: ref.slice('refs/heads/'.length), sha };
  }
  if (eventName !== 'workflow_run') return undefined;
  const owner = textAt(event, 'workflow_run', 'head_repository', 'owner', 'login');
  const branch = textAt(event, 'workflow_run', 'head_branch');
  const headSha = textAt(event, 'workflow_run', 'head_sha');
  return owner && branch && headSha ? { owner, branch, sha: headSha } : undefined;
}

async function lookUp(github: GitHub, repository: RepositoryName, head: Head): Promise<number> {
  const label = `${head.owner}:${head.branch}`;
  const { data } = await github.rest.pulls
    .list({ ...repository, state: 'open', head: label, per_page: 100 })
    .catch((error: unknown) => {
      throw explain(
        error,
        `look for the pull request of ${label} in ${fullName(repository)}`,
        'pull-requests: read',
      );
    });
  const numbers = data.filter((pull) => pull.head.sha === head.sha).map((pull) => pull.number);
  const [only] = numbers;
  if (only !== undefined && numbers.length === 1) return only;
  const found =
    numbers.length === 0 ? 'no open pull request has' : `pull requests ${numbers.join(', ')} all have`;
  throw new ConfigurationError(
    `In ${fullName(repository)} ${found} ${label} at ${head.sha} as their head; set the input "pull-request".`,
  );
}

/** The value at a path of keys in a payload; undefined where the path ends early. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  );
}

/** The text at a path of keys; undefined when it is missing, empty or not a text. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' && Number.isSafeInteger(found) ? found : undefined;
}
