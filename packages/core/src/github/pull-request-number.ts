import { ConfigurationError, type Run } from '../action/index.ts';
import { explain, UnreadableAnswer } from './failure.ts';
import type { GitHub } from './octokit.ts';
import { at, numberAt, textAt } from './pull-request.ts';
import { fullName, type RepositoryName } from './repository-name.ts';
import { headOfRun, type RunHead } from './run-head.ts';

/** What an error tells to do, in an action that has the input. */
const CURE = 'set the input "pull-request"';

/**
 * The pull request that a run is about: its number from the event where the event says it, otherwise looked up by head
 * repository, branch and commit. Works for pull_request(_target), pull_request_review(_comment), issue_comment,
 * merge_group, push (its open pull request) and workflow_run (also of forks, whose `pull_requests` list is empty).
 *
 * A lookup must leave exactly one pull request, and its head must be the run's commit. It is an open one; only where a
 * workflow_run follows a pull request's own run, and none is open any more, a closed one.
 *
 * @param number what the input `pull-request` says, if anything; it wins
 * @param cure what an error tells to do, where the action has no such input
 * @throws ConfigurationError when the event is about no pull request, or about more than one
 */
export async function pullRequestNumber(
  github: GitHub,
  repository: RepositoryName,
  run: Run,
  number: number | undefined,
  cure = CURE,
): Promise<number> {
  const known = number ?? numberInEvent(run);
  if (known !== undefined) return known;
  const head = headOfRun(run, cure);
  if (head === undefined) {
    throw new ConfigurationError(
      `The event "${run.eventName}" is not about a pull request; ${cure}, or run on pull_request, issue_comment, merge_group, workflow_run or push.`,
    );
  }
  return lookUp(github, repository, head, cure);
}

function numberInEvent({ eventName, event }: Run): number | undefined {
  const direct = numberAt(event, 'pull_request', 'number');
  if (direct !== undefined) return direct;
  if (eventName === 'issue_comment' && at(event, 'issue', 'pull_request') !== undefined)
    return numberAt(event, 'issue', 'number');
  if (eventName === 'merge_group') return numberOfQueueRef(textAt(event, 'merge_group', 'head_ref'));
  // The run's own event is asked for: a fork can give its branch the name of a queue's.
  if (eventName === 'workflow_run' && textAt(event, 'workflow_run', 'event') === 'merge_group')
    return numberOfQueueRef(textAt(event, 'workflow_run', 'head_branch'));
  return undefined;
}

/** The pull request of a merge queue's branch: `refs/heads/gh-readonly-queue/main/pr-42-<sha of the base>`. */
export function numberOfQueueRef(ref: string | undefined): number | undefined {
  const [, number] = /\/pr-(\d{1,15})-[0-9a-f]{40,64}$/.exec(ref ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
}

async function lookUp(
  github: GitHub,
  repository: RepositoryName,
  head: RunHead,
  cure: string,
): Promise<number> {
  const open = await pullsOf(github, repository, head, 'open');
  const isOver = open.length === 0 && head.isOfPullRequest;
  const pulls = isOver ? await pullsOf(github, repository, head, 'closed') : open;
  const numbers = pulls.filter(({ sha }) => sha === head.sha).map((pull) => pull.number);
  const [only] = numbers;
  if (only !== undefined && numbers.length === 1) return only;
  throw new ConfigurationError(`${problemOf(fullName(repository), head, numbers, open)} ${cure}.`);
}

interface Pull {
  readonly number: number;
  readonly sha: string;
}

/**
 * The pull requests from this branch of this repository. GitHub filters by `owner:branch`, so those of the owner's other
 * forks are among what it answers. https://docs.github.com/rest/pulls/pulls#list-pull-requests
 */
async function pullsOf(
  github: GitHub,
  repository: RepositoryName,
  head: RunHead,
  state: 'open' | 'closed',
): Promise<readonly Pull[]> {
  const label = labelOf(head);
  try {
    const { data } = await github.rest.pulls.list({ ...repository, state, head: label, per_page: 100 });
    if (!Array.isArray(data)) throw new UnreadableAnswer();
    return data
      .filter((pull) => pull.head.repo?.id === (head.repositoryId ?? pull.base.repo.id))
      .map((pull) => ({ number: pull.number, sha: pull.head.sha }));
  } catch (error) {
    const doing = `look for the pull request of ${label} in ${fullName(repository)}`;
    throw explain(error, doing, 'pull-requests: read');
  }
}

function labelOf({ owner, branch }: RunHead): string {
  return `${owner}:${branch}`;
}

/** A sentence up to its cure. */
function problemOf(
  repository: string,
  head: RunHead,
  numbers: readonly number[],
  [moved, ...others]: readonly Pull[],
): string {
  const wanted = `${labelOf(head)} at ${head.sha}`;
  if (numbers.length > 1)
    return `In ${repository} pull requests ${numbers.join(', ')} all have ${wanted} as their head;`;
  if (moved !== undefined && others.length === 0)
    return `This run is about commit ${head.sha}, but the head of pull request ${moved.number} of ${repository} is ${moved.sha} by now; leave it to the run of that commit, or`;
  const any = head.isOfPullRequest ? 'no' : 'no open';
  return `In ${repository} ${any} pull request has ${wanted} as its head;`;
}
