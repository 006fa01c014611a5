/** A pull request of the branch, in whatever state. */
export interface PullNode {
  readonly id: string;
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly baseRefName: string;
  readonly headRefOid: string;
  readonly isCrossRepository: boolean;
  readonly mergeCommit: { readonly oid: string } | null;
  readonly autoMergeRequest: { readonly mergeMethod: string } | null;
  readonly labels: { readonly nodes: readonly { readonly name: string }[] } | null;
}

/** Answer to `proposalQuery`. */
export interface ProposalAnswer {
  readonly viewer: { readonly login: string };
  readonly repository: {
    readonly id: string;
    readonly nameWithOwner: string;
    readonly autoMergeAllowed: boolean;
    readonly base: { readonly name: string; readonly target: { readonly oid: string } } | null;
    readonly branch: { readonly target: { readonly oid: string } } | null;
    readonly pullRequests: { readonly nodes: readonly PullNode[] };
  };
}

/**
 * Base, branch, and the branch's newest 50 pull requests.
 *
 * @param isDefault whether the repository's default branch is the base, whatever its name
 */
export function proposalQuery(isDefault: boolean): string {
  const base = isDefault ? 'defaultBranchRef' : 'ref(qualifiedName: $baseRef)';
  return `query ReadProposal($owner: String!, $repo: String!, $branch: String!, $ref: String!${isDefault ? '' : ', $baseRef: String!'}) {
  viewer { login }
  repository(owner: $owner, name: $repo) {
    id nameWithOwner autoMergeAllowed
    base: ${base} { name target { oid } }
    branch: ref(qualifiedName: $ref) { target { oid } }
    pullRequests(headRefName: $branch, first: 50, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes {
        id number url title body state baseRefName headRefOid isCrossRepository
        mergeCommit { oid } autoMergeRequest { mergeMethod } labels(first: 100) { nodes { name } }
      }
    }
  }
}`;
}
