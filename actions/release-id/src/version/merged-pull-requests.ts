import type { RangeCommit } from '@gitops-actions/core/github';

/**
 * The pull request that each commit came with, where it was merged with a merge commit of GitHub's wording.
 *
 * @param range all commits of it
 * @param head the last one
 * @returns numbers by commit id; commits that were made on the branch itself are not in it
 */
export function mergedPullRequests(range: readonly RangeCommit[], head: string): ReadonlyMap<string, number> {
  const commits = new Map(range.map((commit) => [commit.sha, commit]));
  const mainline = firstParents(commits, head);
  const seen = new Set(mainline.map(({ sha }) => sha));
  const numbers = new Map<string, number>();
  // Oldest first: what an earlier merge brought, a later one did not.
  for (const merge of mainline.toReversed()) {
    const number = Number(/^Merge pull request #(\d{1,10}) /.exec(merge.message)?.[1] ?? 0);
    const open = merge.parents.slice(1);
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      const commit = commits.get(sha);
      if (commit === undefined || seen.has(sha)) continue;
      seen.add(sha);
      if (number > 0) numbers.set(sha, number);
      open.push(...commit.parents);
    }
  }
  return numbers;
}

function firstParents(commits: ReadonlyMap<string, RangeCommit>, head: string): readonly RangeCommit[] {
  const line: RangeCommit[] = [];
  for (let next = commits.get(head); next !== undefined; next = commits.get(next.parents[0] ?? '')) {
    line.push(next);
  }
  return line;
}
