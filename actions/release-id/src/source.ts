import { ConfigurationError, type Run } from '@gitops-actions/core/action';
import { at, numberOfQueueRef, textAt } from '@gitops-actions/core/github';
import type { ReleaseFacts } from '@gitops-actions/core/release';

/** What is being released, or previewed: the facts of the run and the commit. */
export interface Source extends ReleaseFacts {
  /** The commit that the run checks out by itself: the merge of the head into its base. Empty where GitHub makes none. */
  readonly mergeSha: string;
  /** The run is about a pull request, or about one in the merge queue: what it makes is not a release. */
  readonly isPreview: boolean;
}

/**
 * Reads the source from the run's variables and its event. No request is made.
 *
 * @throws ConfigurationError when a commit id is missing or is none
 */
export function readSource(run: Run): Source {
  const { runNumber, runId, runAttempt, eventName } = run;
  const isPullRequest = eventName.startsWith('pull_request');
  const isQueue = eventName === 'merge_group';
  return {
    runNumber,
    runId,
    runAttempt,
    sha: isPullRequest || isQueue ? headOf(run) : commitId(run.sha, 'The variable GITHUB_SHA'),
    // On pull_request_target GITHUB_SHA is the base's commit: no merge commit at all.
    mergeSha: eventName === 'pull_request_target' ? '' : commitId(run.sha, 'The variable GITHUB_SHA'),
    branch: isPullRequest ? textAt(run.event, 'pull_request', 'head', 'ref') : nameIn(run.ref, 'refs/heads/'),
    tag: isPullRequest ? undefined : nameIn(run.ref, 'refs/tags/'),
    pullRequest: isPullRequest
      ? numberOf(run)
      : isQueue
        ? numberOfQueueRef(textAt(run.event, 'merge_group', 'head_ref'))
        : undefined,
    isPreview: isPullRequest || isQueue,
  };
}

/** The head's own commit: GITHUB_SHA is the merge commit, or on pull_request_target the base's. */
function headOf({ eventName, event }: Run): string {
  const path = eventName === 'merge_group' ? ['merge_group', 'head_sha'] : ['pull_request', 'head', 'sha'];
  return commitId(textAt(event, ...path), `The event "${eventName}": its ${path.join('.')}`);
}

function commitId(value: string | undefined, where: string): string {
  if (value !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return value;
  const found = value === undefined ? 'is missing' : `is ${JSON.stringify(value.slice(0, 100))}`;
  throw new ConfigurationError(
    `${where} ${found}; it must be a full commit id, so run this action on an event that GitHub sent.`,
  );
}

function numberOf({ event }: Run): number | undefined {
  const number = at(event, 'pull_request', 'number');
  return typeof number === 'number' ? number : undefined;
}

function nameIn(ref: string, prefix: string): string | undefined {
  return ref.startsWith(prefix) && ref !== prefix ? ref.slice(prefix.length) : undefined;
}
