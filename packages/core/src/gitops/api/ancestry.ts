import { compareCommits, explain, type GitHub, type RepositoryName } from '../../github/index.ts';
import { isCommitId, unknownCommit } from '../commit-id.ts';

interface ObjectAnswer {
  readonly repository: { readonly object: { readonly oid?: string } | null };
}

const QUERY = `query FindCommit($owner: String!, $repo: String!, $oid: GitObjectID!) {
  repository(owner: $owner, name: $repo) { object(oid: $oid) { ... on Commit { oid } } }
}`;

/** A repository, and how messages call it. */
export interface ApiAncestry {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  readonly name: string;
  readonly signal: AbortSignal;
}

/**
 * Whether a candidate is a commit or comes after it, in one request; two when nobody can tell at once.
 *
 * @throws ConfigurationError when the repository does not have the commit
 */
export async function isCommitAtOrAfter(
  target: ApiAncestry,
  commit: string,
  candidate: string,
): Promise<boolean> {
  const { github, repository, name, signal } = target;
  if (!isCommitId(commit)) throw unknownCommit(commit, name);
  try {
    const isKnown = isCommitId(candidate);
    const ancestry = isKnown ? await compareCommits(github, repository, commit, candidate) : 'unknown';
    if (ancestry !== 'unknown') return ancestry !== 'older';
    // One of them may not be there at all, and only the candidate may be missing.
    const variables = { ...repository, oid: commit, request: { signal } };
    const answer = await github.graphql<ObjectAnswer>(QUERY, variables);
    if (answer.repository.object?.oid !== undefined) return false;
  } catch (error) {
    throw explain(error, `compare commits of ${name}`, 'contents: read');
  }
  throw unknownCommit(commit, name);
}
