import type { Commit } from './commit-message.ts';

/**
 * The commits without those that were reverted and their reverts, where both are there and it is clear which is meant:
 * git's `This reverts commit <sha>.`, or GitHub's `Reverts owner/repo#12` with the very title of that pull request.
 *
 * @param commits oldest first
 */
export function withoutReverted(commits: readonly Commit[]): readonly Commit[] {
  const gone = new Set<string>();
  const bySha = new Map(commits.map((commit, index) => [commit.sha, index]));
  const byHeader = new Map(commits.map((commit, index) => [commit.header, index]));
  // Newest first, so that a reverted revert does not revert.
  for (const [index, commit] of [...commits.entries()].reverse()) {
    if (gone.has(commit.sha)) continue;
    const target = revertedSha(commit, bySha) ?? revertedPullRequest(commit, byHeader);
    const reverted = target !== undefined && target < index ? commits[target] : undefined;
    if (reverted === undefined || gone.has(reverted.sha)) continue;
    gone.add(commit.sha).add(reverted.sha);
  }
  return commits.filter(({ sha }) => !gone.has(sha));
}

type Places = ReadonlyMap<string, number>;

/** One commit by its full id; a revert of several is left as it is. */
function revertedSha({ message }: Commit, bySha: Places): number | undefined {
  const named = [...message.matchAll(/^This reverts commit ([0-9a-f]{40,64})\b/gm)];
  return named.length === 1 ? bySha.get(named[0]?.[1] ?? '') : undefined;
}

function revertedPullRequest({ header, message }: Commit, byHeader: Places): number | undefined {
  const [, title] = /^Revert "(.*)"(?: \(#\d+\))?$/.exec(header) ?? [];
  const [, number] = /^Reverts [\w.-]+\/[\w.-]+#(\d+)$/m.exec(message) ?? [];
  if (title === undefined || number === undefined) return undefined;
  // A squash has the number in its title, and the button's title does not always repeat it.
  return (
    byHeader.get(`${title} (#${number})`) ??
    (title.endsWith(` (#${number})`) ? byHeader.get(title) : undefined)
  );
}
