import { explain, failureKind } from '../failure.ts';
import { fullName } from '../repository-name.ts';
import type { ProposalPlace } from './look.ts';

const NONE = '0'.repeat(40);

const mutation = `mutation MoveBranch($input: UpdateRefsInput!) {
  updateRefs(input: $input) { clientMutationId }
}`;

const headQuery = `query ReadBranch($owner: String!, $repo: String!, $ref: String!) {
  repository(owner: $owner, name: $repo) { ref(qualifiedName: $ref) { target { oid } } }
}`;

interface HeadAnswer {
  readonly repository: { readonly ref: { readonly target: { readonly oid: string } } | null };
}

/** Where a branch must be and where it is to go; undefined stands for a branch that does not exist. */
export interface Move {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/**
 * Creates, moves or deletes the pull request's branch, compare-and-swap: nothing is done unless it still is where it was
 * seen. https://docs.github.com/graphql/reference/git#updaterefs
 *
 * After any answer but a clear yes, and after none, it looks where the branch is before it says anything.
 *
 * @param repositoryId node id
 * @returns false when the branch is elsewhere by now
 */
export async function moveBranch(place: ProposalPlace, repositoryId: string, move: Move): Promise<boolean> {
  const { github, branch, signal } = place;
  const update = {
    name: `refs/heads/${branch}`,
    beforeOid: move.from ?? NONE,
    afterOid: move.to ?? NONE,
    force: true,
  };
  try {
    await github.graphql(mutation, {
      input: { repositoryId, refUpdates: [update] },
      request: { signal },
    });
    return true;
  } catch (error) {
    const doing = `move the branch ${branch} of ${fullName(place.repository)}`;
    if (['forbidden', 'unauthorized', 'rate-limited', 'protected'].includes(failureKind(error)))
      throw explain(error, doing, 'contents: write');
    const head = await readBranchHead(place);
    if (head === move.to) return true;
    if (head === move.from && failureKind(error) !== 'ambiguous')
      throw explain(error, doing, 'contents: write');
    return false;
  }
}

/** Commit id of the pull request's branch; undefined when there is no such branch. */
export async function readBranchHead(place: ProposalPlace): Promise<string | undefined> {
  const { github, branch, signal } = place;
  const variables = { ...place.repository, ref: `refs/heads/${branch}`, request: { signal } };
  const { repository } = await github.graphql<HeadAnswer>(headQuery, variables).catch((error: unknown) => {
    throw explain(error, `read the branch ${branch} of ${fullName(place.repository)}`, 'contents: read');
  });
  return repository.ref?.target.oid;
}
