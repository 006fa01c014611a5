import type { Run } from '@gitops-actions/core/action';
import { type PullRequest, textAt } from '@gitops-actions/core/github';

/** Why nothing is deployed. */
export interface Refusal {
  readonly status: 'skipped' | 'superseded' | 'removed';
  readonly reason: string;
}

/**
 * Whether this run may deploy this pull request: it is open, this run's commit is still its head, and the run has the
 * rights. All of these are no fault of anybody's, so the step stays green.
 */
export function gate(run: Run, pullRequest: PullRequest): Refusal | undefined {
  const { number, state } = pullRequest;
  const head = headOfRun(run, pullRequest);
  if (state !== 'open') return { status: 'removed', reason: `Pull request ${number} is ${state}.` };
  if (pullRequest.isFork) {
    return {
      status: 'skipped',
      reason: `Pull request ${number} comes from a fork: its runs get no secrets and a read-only token, and its code is not deployed.`,
    };
  }
  if (textAt(run.event, 'sender', 'login') === 'dependabot[bot]') {
    return { status: 'skipped', reason: 'Runs started by Dependabot get no secrets and a read-only token.' };
  }
  if (head !== pullRequest.headSha) {
    return {
      status: 'superseded',
      reason: `This run is about commit ${head.slice(0, 7)}, but the head of pull request ${number} is ${pullRequest.headSha.slice(0, 7)} by now.`,
    };
  }
  return undefined;
}

/** The commit this run is about, where its event says one of this pull request; otherwise the head as it is now. */
function headOfRun({ event, eventName, ref, sha }: Run, { number, headRef, headSha }: PullRequest): string {
  const carried = event.pull_request;
  if (typeof carried === 'object' && carried !== null && 'number' in carried && carried.number === number) {
    return textAt(carried, 'head', 'sha') ?? headSha;
  }
  if (eventName === 'push' && ref === `refs/heads/${headRef}`) return sha;
  if (eventName === 'workflow_run' && textAt(event, 'workflow_run', 'head_branch') === headRef) {
    return textAt(event, 'workflow_run', 'head_sha') ?? headSha;
  }
  return headSha;
}
