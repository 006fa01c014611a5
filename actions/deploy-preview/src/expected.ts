import type { Run } from '@gitops-actions/core/action';
import { at, numberAt, type PullRequest, textAt } from '@gitops-actions/core/github';

/**
 * The pull request as the run's event has it: how it was when the event happened. Good enough to begin what changes
 * nothing while GitHub is asked how it is now; never a reason to do or to refuse something.
 * https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request
 *
 * @returns undefined when the event carries none of this number
 */
export function pullRequestInEvent({ event }: Run, number: number): PullRequest | undefined {
  const carried = at(event, 'pull_request');
  const headSha = textAt(carried, 'head', 'sha');
  if (numberAt(carried, 'number') !== number || headSha === undefined) return undefined;
  const labels = at(carried, 'labels');
  return {
    number,
    state: at(carried, 'state') === 'open' ? 'open' : 'closed',
    isDraft: at(carried, 'draft') === true,
    headSha,
    headRef: textAt(carried, 'head', 'ref') ?? '',
    isFork: at(carried, 'head', 'repo', 'id') !== at(carried, 'base', 'repo', 'id'),
    isPrivate: at(carried, 'base', 'repo', 'private') === true,
    labels: Array.isArray(labels) ? labels.flatMap((label: unknown) => textAt(label, 'name') ?? []) : [],
    author: textAt(carried, 'user', 'login') ?? '',
  };
}
