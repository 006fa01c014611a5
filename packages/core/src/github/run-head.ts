import { ConfigurationError, type Run } from '../action/index.ts';
import { numberAt, textAt } from './pull-request.ts';

/** The branch and commit a run works on, where its event names no pull request. */
export interface RunHead {
  /** Login of the owner of the branch's repository. */
  readonly owner: string;
  readonly branch: string;
  readonly sha: string;
  /** Id of the branch's repository; undefined: the one that the run is in. */
  readonly repositoryId: number | undefined;
  /** The run was started by a pull request, which may be closed by now. */
  readonly isOfPullRequest: boolean;
}

/** What starts a run on the branch that it is about. Runs of all other events stand on the default branch, whatever they are about. */
const ON_A_BRANCH: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
  'push',
  'workflow_dispatch',
]);

/**
 * The head of a push or of the run that a workflow_run follows; undefined for every other event.
 *
 * @param cure what the error tells to do
 * @throws ConfigurationError for a workflow_run whose run says nothing of a pull request's head
 */
export function headOfRun(
  { eventName, event, ref, sha, repository }: Run,
  cure: string,
): RunHead | undefined {
  if (eventName === 'workflow_run') return headOfFollowed(event, cure);
  if (eventName !== 'push' || !ref.startsWith('refs/heads/')) return undefined;
  const [owner = ''] = repository.split('/');
  const branch = ref.slice('refs/heads/'.length);
  return { owner, branch, sha, repositoryId: undefined, isOfPullRequest: false };
}

function headOfFollowed(event: Run['event'], cure: string): RunHead {
  const startedBy = textAt(event, 'workflow_run', 'event') ?? '';
  if (!ON_A_BRANCH.has(startedBy))
    throw unknownHead(`was started by "${startedBy}", which is about no branch`, cure);
  const owner = textAt(event, 'workflow_run', 'head_repository', 'owner', 'login');
  const repositoryId = numberAt(event, 'workflow_run', 'head_repository', 'id');
  if (owner === undefined || repositoryId === undefined)
    throw unknownHead('comes from a repository that is gone', cure);
  const branch = textAt(event, 'workflow_run', 'head_branch');
  const sha = shaOfFollowed(event, startedBy);
  if (branch === undefined || sha === undefined) throw unknownHead('names no branch and commit', cure);
  return { owner, branch, sha, repositoryId, isOfPullRequest: startedBy.startsWith('pull_request') };
}

/**
 * The head's commit. After a pull_request_target `head_sha` is the base's.
 * https://github.com/actions/checkout/blob/v7.0.1/src/unsafe-pr-checkout-helper.ts
 */
function shaOfFollowed(event: Run['event'], startedBy: string): string | undefined {
  return startedBy === 'pull_request_target'
    ? textAt(event, 'workflow_run', 'head_commit', 'id')
    : textAt(event, 'workflow_run', 'head_sha');
}

function unknownHead(what: string, cure: string): ConfigurationError {
  return new ConfigurationError(
    `The run that this workflow_run follows ${what}, so its pull request cannot be found; ${cure}.`,
  );
}
