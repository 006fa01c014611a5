import type { RangeCommit } from '@gitops-actions/core/github';

/** A commit of a range and its ancestors in it. */
export function ancestorsWithin(range: readonly RangeCommit[], sha: string): ReadonlySet<string> {
  const parents = new Map(range.map((commit) => [commit.sha, commit.parents]));
  const found = new Set<string>();
  const open = [sha];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next) || !parents.has(next)) continue;
    found.add(next);
    open.push(...(parents.get(next) ?? []));
  }
  return found;
}
