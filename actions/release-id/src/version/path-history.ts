import { explain, fullName, type RangeCommit, type RangePlace } from '@gitops-actions/core/github';

interface HistoryAnswer {
  readonly repository: {
    readonly object: {
      readonly history: {
        readonly totalCount: number;
        readonly nodes: readonly { readonly oid: string }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      };
    } | null;
  };
}

const QUERY = `query PathHistory($owner: String!, $repo: String!, $sha: GitObjectID!, $path: String!, $since: GitTimestamp!, $after: String) {
  repository(owner: $owner, name: $repo) {
    object(oid: $sha) {
      ... on Commit {
        history(first: 100, path: $path, since: $since, after: $after) {
          totalCount nodes { oid } pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
}`;

/**
 * The commits of a range that touch one of the paths, in their order. A glob stands for the folder before its first
 * wildcard: it may count a commit too many, never one too few. Git's own history of a path is asked, which leaves out
 * side branches that came to nothing. https://git-scm.com/docs/git-log#_history_simplification
 *
 * @param paths folders, files or globs; none: all commits
 * @param commits the whole range
 */
export async function commitsTouching(
  place: RangePlace,
  sha: string,
  paths: readonly string[],
  commits: readonly RangeCommit[],
): Promise<readonly RangeCommit[]> {
  const folders = [...new Set(paths.filter((path) => !path.startsWith('!')).map(folderOf))];
  if (commits.length === 0 || folders.length === 0 || folders.includes('')) return commits;
  const since = oldest(commits);
  const touching = new Set(
    (await Promise.all(folders.map((path) => historyOf(place, sha, path, since)))).flat(),
  );
  return commits.filter((commit) => touching.has(commit.sha));
}

/** `services/orders` of `./services/orders/**`; empty for what may be anywhere. */
export function folderOf(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const wild = parts.findIndex((part) => /[*?[\]{}()!+@]/.test(part));
  return (wild < 0 ? parts : parts.slice(0, wild)).join('/');
}

/** One second earlier: whether GitHub takes `since` itself in is not documented. */
function oldest(commits: readonly RangeCommit[]): string {
  const times = commits.map(({ date }) => Date.parse(date)).filter((time) => !Number.isNaN(time));
  const first = times.length < commits.length ? 0 : times.reduce((a, b) => Math.min(a, b));
  return new Date(Math.max(0, first - 1000)).toISOString();
}

async function historyOf(place: RangePlace, sha: string, path: string, since: string): Promise<string[]> {
  const { github, repository, signal } = place;
  const found: string[] = [];
  let after: string | null = null;
  for (;;) {
    const variables = { ...repository, sha, path, since, after, ...(signal && { request: { signal } }) };
    const answer: HistoryAnswer = await github
      .graphql<HistoryAnswer>(QUERY, variables)
      .catch((error: unknown) => {
        throw explain(error, `read the history of "${path}" in ${fullName(repository)}`, 'contents: read');
      });
    const history = answer.repository.object?.history;
    found.push(...(history?.nodes ?? []).map(({ oid }) => oid));
    if (history?.pageInfo.hasNextPage) {
      after = history.pageInfo.endCursor;
      continue;
    }
    if (history !== undefined && found.length === history.totalCount) return found;
    throw new Error(
      `GitHub gave ${found.length} of the ${history?.totalCount ?? 'unknown number of'} commits that touch "${path}" in ${fullName(repository)}; re-run the job.`,
    );
  }
}
