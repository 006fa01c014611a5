import { ConfigurationError } from '../../action/index.ts';
import { explain } from '../failure.ts';
import type { GitHub } from '../octokit.ts';
import { fullName, type RepositoryName } from '../repository-name.ts';
import { type ProposalAnswer, type PullNode, proposalQuery } from './look-query.ts';

/** Where a change is proposed: from one branch of a repository to another of the same repository. */
export interface ProposalPlace {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  /** The branch that the pull request is to be merged into; empty for the default branch. */
  readonly base: string;
  /** The pull request's own branch. */
  readonly branch: string;
  readonly signal: AbortSignal;
}

export interface OpenPullRequest {
  readonly id: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly hasAutoMerge: boolean;
}

/** A branch and its pull request as they are now, from one request. */
export interface ProposalState {
  readonly repositoryId: string;
  /** `acme/gitops`, in the repository's own spelling. */
  readonly repository: string;
  readonly base: { readonly name: string; readonly head: string };
  /** Commit id of the pull request's branch; undefined when there is no such branch. */
  readonly branchHead?: string;
  /** The open pull request of the branch into `base`. */
  readonly pullRequest?: OpenPullRequest;
  /** Closed and merged pull requests that had this branch, newest first. */
  readonly former: readonly FormerPullRequest[];
  /** Whether the repository's setting "Allow auto-merge" is on. */
  readonly allowsAutoMerge: boolean;
  /** Login that the token acts as. */
  readonly login: string;
}

export interface FormerPullRequest {
  readonly number: number;
  readonly head: string;
  /** Commit that merged it; undefined when it was closed without. */
  readonly mergeCommit?: string;
}

/**
 * Reads branch, base and pull request in one request.
 *
 * @throws ConfigurationError when the base cannot be read, is the branch itself, or the branch's open pull request goes
 *   somewhere else
 */
export async function readProposalState(place: ProposalPlace): Promise<ProposalState> {
  const { github, branch, base, signal } = place;
  const refs = { ref: `refs/heads/${branch}`, ...(base !== '' && { baseRef: `refs/heads/${base}` }) };
  const { viewer, repository } = await github
    .graphql<ProposalAnswer>(proposalQuery(base === ''), {
      ...place.repository,
      branch,
      ...refs,
      request: { signal },
    })
    .catch((error: unknown) => {
      const what = `read the pull request of ${branch} in ${fullName(place.repository)}`;
      throw explain(error, what, 'pull-requests: read');
    });
  const name = repository.nameWithOwner;
  if (repository.base === null) throw noBase(name, base);
  const found = { name: repository.base.name, head: repository.base.target.oid };
  if (found.name === branch) {
    throw new ConfigurationError(
      `Input "pull-request-branch" is "${branch}", the very branch of ${name} that the pull request is to be merged into; name another one.`,
    );
  }
  const own = repository.pullRequests.nodes.filter((pull) => !pull.isCrossRepository);
  return {
    repositoryId: repository.id,
    repository: name,
    base: found,
    ...(repository.branch && { branchHead: repository.branch.target.oid }),
    ...openOf(own, found.name, name, branch),
    former: own.filter((pull) => pull.state !== 'OPEN').map(formerOf),
    allowsAutoMerge: repository.autoMergeAllowed,
    login: viewer.login,
  };
}

function openOf(
  pulls: readonly PullNode[],
  base: string,
  repository: string,
  branch: string,
): { pullRequest?: OpenPullRequest } {
  const open = pulls.filter((pull) => pull.state === 'OPEN');
  const found = open.find((pull) => pull.baseRefName === base);
  const [other] = open;
  if (found === undefined && other !== undefined) {
    throw new ConfigurationError(
      `The branch "${branch}" of ${repository} already has pull request ${other.number} into "${other.baseRefName}", not into "${base}"; name another "pull-request-branch".`,
    );
  }
  if (found === undefined) return {};
  const { id, number, url, title, body, labels, autoMergeRequest } = found;
  const names = labels?.nodes.map((label) => label.name) ?? [];
  return {
    pullRequest: { id, number, url, title, body, labels: names, hasAutoMerge: autoMergeRequest !== null },
  };
}

function formerOf({ number, headRefOid, mergeCommit }: PullNode): FormerPullRequest {
  return { number, head: headRefOid, ...(mergeCommit && { mergeCommit: mergeCommit.oid }) };
}

function noBase(repository: string, base: string): ConfigurationError {
  return new ConfigurationError(
    base === ''
      ? `The repository ${repository} has no commits yet; push a first commit.`
      : `The repository ${repository} has no branch "${base}"; create it, or correct the input "branch".`,
  );
}
