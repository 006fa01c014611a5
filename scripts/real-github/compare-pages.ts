import {
  type GitHub,
  openCommitRange,
  type RepositoryName,
  readChangedFiles,
  readCommitRange,
} from '@gitops-actions/core/github';

/** Commits of one branch. */
export interface Branch {
  readonly head: string;
  /** So far back that the comparison has several pages. */
  readonly far: string;
  /** So near that all its files are told. */
  readonly near: string;
}

/**
 * Whether the pages of a comparison add up to all commits, and files are told on a page of one commit: release-id counts on
 * both.
 *
 * @throws Error that says what was read instead
 */
export async function readComparison(
  github: GitHub,
  repository: RepositoryName,
  { head, far, near }: Branch,
): Promise<string> {
  const place = { github, repository };
  const range = await openCommitRange(place, { name: far, commit: far }, head);
  if (range === undefined) throw new Error(`GitHub says that ${far} is no ancestor of ${head}.`);
  const commits = await readCommitRange(place, range);
  const last = commits.at(-1)?.sha;
  if (last !== head) throw new Error(`The last commit of the last page is ${last}, not ${head}.`);
  const { files } = await readChangedFiles(github, repository, near, head);
  const { data } = await github.rest.repos.compareCommitsWithBasehead({
    ...repository,
    basehead: `${near}...${head}`,
  });
  const all = new Set(data.files?.map(({ filename }) => filename));
  const missing = [...all].filter((name) => files?.includes(name) === false);
  if (files === undefined || missing.length > 0)
    throw new Error(`A page of one commit tells ${files?.length ?? 'no'} files of ${all.size}.`);
  return `${commits.length} commits, ${all.size} files`;
}

/** @returns undefined when the default branch has fewer than 150 commits */
export async function readBranch(github: GitHub, repository: RepositoryName): Promise<Branch | undefined> {
  const commit = async (page: number) => {
    const { data } = await github.rest.repos.listCommits({ ...repository, per_page: 1, page });
    return data[0]?.sha;
  };
  const [head, near, far] = await Promise.all([commit(1), commit(4), commit(150)]);
  return head === undefined || near === undefined || far === undefined ? undefined : { head, near, far };
}
