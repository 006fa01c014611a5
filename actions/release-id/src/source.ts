import { ConfigurationError, type Run } from '@gitops-actions/core/action';
import { at, numberAt, numberOfQueueRef, textAt } from '@gitops-actions/core/github';

/** What is being released, or previewed: the commit, and what the event says of it. */
export interface Source {
  /** Full commit id; on pull requests and in the merge queue the head, on `workflow_run` the commit of that run. */
  readonly sha: string;
  /** The commit that the run checks out by itself: the merge of the head into its base. Empty where GitHub makes none. */
  readonly mergeSha: string;
  /** Name of the branch, not its ref. */
  readonly branch: string | undefined;
  /** Name of the git tag. */
  readonly tag: string | undefined;
  readonly pullRequest: number | undefined;
  /** The run is about a pull request, or about one in the merge queue: what it makes is not a release. */
  readonly isPreview: boolean;
}

/** What an event says, where it is about something else than `GITHUB_SHA` on `GITHUB_REF`. */
interface Subject extends Omit<Source, 'mergeSha' | 'sha'> {
  /** Where the commit stands in the event. */
  readonly shaAt: readonly string[];
}

/**
 * Reads the source from the run's variables and its event. No request is made.
 *
 * @throws ConfigurationError when a commit id is missing or is none
 */
export function readSource(run: Run): Source {
  const { eventName, event, ref } = run;
  const checkedOut = commitId(run.sha, 'The variable GITHUB_SHA');
  const subject = subjectOf(run);
  if (subject === undefined) {
    const branch = nameIn(ref, 'refs/heads/');
    const tag = nameIn(ref, 'refs/tags/');
    return { sha: checkedOut, mergeSha: checkedOut, branch, tag, pullRequest: undefined, isPreview: false };
  }
  const { shaAt, ...rest } = subject;
  const sha = commitId(textAt(event, ...shaAt), `The event "${eventName}": its ${shaAt.join('.')}`);
  // On pull_request_target GITHUB_SHA is the base's commit: no merge commit at all.
  return { ...rest, sha, mergeSha: eventName === 'pull_request_target' ? '' : checkedOut };
}

function subjectOf(run: Run): Subject | undefined {
  if (run.eventName.startsWith('pull_request')) return pullRequestIn(run);
  if (run.eventName === 'merge_group') return queueIn(run);
  return run.eventName === 'workflow_run' ? causeIn(run) : undefined;
}

/** The head's own commit: GITHUB_SHA is the merge commit. */
function pullRequestIn({ event }: Run): Subject {
  return {
    shaAt: ['pull_request', 'head', 'sha'],
    branch: textAt(event, 'pull_request', 'head', 'ref'),
    tag: undefined,
    pullRequest: numberAt(event, 'pull_request', 'number'),
    isPreview: true,
  };
}

function queueIn({ event, ref }: Run): Subject {
  return {
    shaAt: ['merge_group', 'head_sha'],
    branch: nameIn(ref, 'refs/heads/'),
    tag: undefined,
    pullRequest: numberOfQueueRef(textAt(event, 'merge_group', 'head_ref')),
    isPreview: true,
  };
}

/**
 * The run that caused this one: GITHUB_SHA is the newest commit of the default branch by now, not the one it checked.
 * Anybody may call the branch of a fork "main": what comes from another repository is never a release.
 */
function causeIn({ event, repository }: Run): Subject {
  const cause = textAt(event, 'workflow_run', 'event') ?? '';
  const home = textAt(event, 'workflow_run', 'head_repository', 'full_name') ?? '';
  const branch = textAt(event, 'workflow_run', 'head_branch');
  const isForeign = home.toLowerCase() !== repository.toLowerCase();
  return {
    // After a pull_request_target head_sha is the base's commit.
    shaAt: ['workflow_run', ...(cause === 'pull_request_target' ? ['head_commit', 'id'] : ['head_sha'])],
    branch,
    tag: undefined,
    pullRequest: cause === 'merge_group' ? numberOfQueueRef(branch) : onlyPullRequestIn(event),
    isPreview: cause.startsWith('pull_request') || cause === 'merge_group' || isForeign,
  };
}

/** GitHub lists the pull requests of the same repository only: none for a fork's. */
function onlyPullRequestIn(event: Run['event']): number | undefined {
  const listed = at(event, 'workflow_run', 'pull_requests');
  const [only, ...others] = Array.isArray(listed) ? listed : [];
  return others.length === 0 ? numberAt(only, 'number') : undefined;
}

function commitId(value: string | undefined, where: string): string {
  if (value !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return value;
  const found = value === undefined ? 'is missing' : `is ${JSON.stringify(value.slice(0, 100))}`;
  throw new ConfigurationError(
    `${where} ${found}; it must be a full commit id, so run this action on an event that GitHub sent.`,
  );
}

function nameIn(ref: string, prefix: string): string | undefined {
  return ref.startsWith(prefix) && ref !== prefix ? ref.slice(prefix.length) : undefined;
}
