import { ConfigurationError, messageOf } from '../../action/index.ts';
import { explain, failureKind } from '../failure.ts';
import { fullName } from '../repository-name.ts';
import type { OpenPullRequest, ProposalPlace } from './look.ts';

export type AutoMerge = 'none' | 'merge' | 'squash' | 'rebase';

const mutation = `mutation EnableAutoMerge($input: EnablePullRequestAutoMergeInput!) {
  enablePullRequestAutoMerge(input: $input) { pullRequest { id } }
}`;

/**
 * Has GitHub merge the pull request once its requirements are met. Where there is nothing to wait for, GitHub refuses to
 * wait ("clean status"), and the pull request is merged at once: what the requirements ask is done already.
 * https://docs.github.com/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/automatically-merging-a-pull-request
 *
 * @param head the commit that is meant; another one is not merged
 * @returns `waiting`, `merged`, or `unsure` when no answer says so: look before trying again
 */
export async function enableAutoMerge(
  place: ProposalPlace,
  pullRequest: OpenPullRequest,
  method: Exclude<AutoMerge, 'none'>,
  head: string,
): Promise<'waiting' | 'merged' | 'unsure'> {
  const input = {
    pullRequestId: pullRequest.id,
    mergeMethod: method.toUpperCase(),
    expectedHeadOid: head,
  };
  try {
    await place.github.graphql(mutation, { input, request: { signal: place.signal } });
    return 'waiting';
  } catch (error) {
    if (hasNothingToWaitFor(error)) return mergeNow(place, pullRequest.number, method, head);
    if (isUnsure(error)) return 'unsure';
    throw explainMerge(error, place, pullRequest.number, method);
  }
}

/** https://docs.github.com/rest/pulls/pulls#merge-a-pull-request */
async function mergeNow(
  place: ProposalPlace,
  number: number,
  method: Exclude<AutoMerge, 'none'>,
  head: string,
): Promise<'merged' | 'unsure'> {
  try {
    await place.github.rest.pulls.merge({
      ...place.repository,
      pull_number: number,
      merge_method: method,
      sha: head,
      request: { signal: place.signal },
    });
    return 'merged';
  } catch (error) {
    if (isUnsure(error)) return 'unsure';
    throw explainMerge(error, place, number, method);
  }
}

/** A branch without protection has no requirements; `unstable` means that only checks nobody requires are missing. */
function hasNothingToWaitFor(error: unknown): boolean {
  return /in (?:clean|unstable|has_hooks) status|protected branch rules not configured/i.test(
    messageOf(error),
  );
}

function isUnsure(error: unknown): boolean {
  return (
    ['ambiguous', 'stale'].includes(failureKind(error)) ||
    /was modified|head sha|expected head|not in the correct state|is closed|already merged/i.test(
      messageOf(error),
    )
  );
}

function explainMerge(error: unknown, { repository }: ProposalPlace, number: number, method: string): Error {
  const name = `pull request ${number} of ${fullName(repository)}`;
  if (
    /merge method|(?:merge commits|squash merg\w*|rebase merg\w*) (?:is|are) not allowed/i.test(
      messageOf(error),
    )
  ) {
    return new ConfigurationError(
      `The repository does not allow the method "${method}", so ${name} stays open without auto-merge; allow it (Settings → General), or change the input "auto-merge".`,
      { cause: error },
    );
  }
  return explain(error, `turn on auto-merge (${method}) for ${name}`, 'pull-requests: write');
}
