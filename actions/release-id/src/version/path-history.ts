import {
  at,
  explain,
  fullName,
  type RangeCommit,
  type RangePlace,
  UnreadableAnswer,
} from '@gitops-actions/core/github';

interface History {
  readonly totalCount: number;
  readonly nodes: readonly { readonly oid: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface HistoryAnswer {
  readonly repository: { readonly object: { readonly history: History } };
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
 * The commits of a range that touch one of the paths, in their order. A pattern stands for the folder before its first
 * sign: it may count a commit too many, never one too few. Git's own history of a path is asked, which leaves out
 * side branches that came to nothing. https://git-scm.com/docs/git-log#_history_simplification
 *
 * @param paths as `parseServicePaths` gives them; none: all commits
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
  const wild = parts.findIndex((part) => /[*[\]{}]/.test(part));
  return (wild < 0 ? parts : parts.slice(0, wild)).join('/');
}

/** One second earlier: whether GitHub takes `since` itself in is not documented. */
function oldest(commits: readonly RangeCommit[]): string {
  const times = commits.map(({ date }) => Date.parse(date)).filter((time) => !Number.isNaN(time));
  const first = times.length < commits.length ? 0 : times.reduce((a, b) => Math.min(a, b));
  return new Date(Math.max(0, first - 1000)).toISOString();
}

async function historyOf(place: RangePlace, sha: string, path: string, since: string): Promise<string[]> {
  const found: string[] = [];
  let after: string | null = null;
  for (;;) {
    const { nodes, pageInfo, totalCount }: History = await readPage(place, { sha, path, since, after });
    found.push(...nodes.map(({ oid }) => oid));
    if (pageInfo.hasNextPage) {
      after = pageInfo.endCursor;
      continue;
    }
    if (found.length === totalCount) return found;
    throw new Error(
      `GitHub gave ${found.length} of the ${totalCount} commits that touch "${path}" in ${fullName(place.repository)}; re-run the job.`,
    );
  }
}

interface Page {
  readonly sha: string;
  readonly path: string;
  readonly since: string;
  readonly after: string | null;
}

async function readPage({ github, repository, signal }: RangePlace, page: Page): Promise<History> {
  try {
    const variables = { ...repository, ...page, ...(signal && { request: { signal } }) };
    const answer = await github.graphql<HistoryAnswer>(QUERY, variables);
    if (!Array.isArray(at(answer, 'repository', 'object', 'history', 'nodes'))) throw new UnreadableAnswer();
    return answer.repository.object.history;
  } catch (error) {
    const doing = `read the history of "${page.path}" in ${fullName(repository)}`;
    throw explain(error, doing, 'contents: read');
  }
}
