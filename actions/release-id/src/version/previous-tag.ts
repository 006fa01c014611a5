import { type CommitRange, openCommitRange, type RangePlace } from '@gitops-actions/core/github';
import type { VersionTag } from './version-tags.ts';

/** The last version in the history of a commit, and the commits since. */
export interface PreviousTag {
  readonly tag: VersionTag;
  readonly range: CommitRange;
}

/** How many requests run at once, round by round: most often the first tag is it, and an old branch has many before its own. */
const ROUNDS = [1, 4, 10, 10, 15, 20, 20, 20];

export interface Search {
  readonly found?: PreviousTag;
  /** How many tags were looked at, and how many there are. */
  readonly tried: number;
  readonly candidates: readonly VersionTag[];
}

/**
 * Looks for the highest version among the ancestors of a commit; a pre-release counts only where there is no release.
 * Looks at 100 tags at most.
 *
 * @param tags highest first
 */
export async function findPreviousTag(
  place: RangePlace,
  tags: readonly VersionTag[],
  sha: string,
): Promise<Search> {
  const candidates = onePerCommit(tags.filter(({ commit }) => commit !== sha));
  let tried = 0;
  for (const size of ROUNDS) {
    const batch = candidates.slice(tried, tried + size);
    const ranges = await Promise.all(batch.map((tag) => openCommitRange(place, tag, sha)));
    tried += batch.length;
    for (const [index, range] of ranges.entries()) {
      const tag = batch[index];
      if (tag !== undefined && range !== undefined) return { found: { tag, range }, tried, candidates };
    }
    if (tried === candidates.length) break;
  }
  return { tried, candidates };
}

/** Releases first, and of several tags on one commit the highest. */
function onePerCommit(tags: readonly VersionTag[]): readonly VersionTag[] {
  const isRelease = ({ version }: VersionTag) => version.prerelease.length === 0;
  const ordered = [...tags.filter(isRelease), ...tags.filter((tag) => !isRelease(tag))];
  const byCommit = new Map<string, VersionTag>();
  for (const tag of ordered) if (!byCommit.has(tag.commit)) byCommit.set(tag.commit, tag);
  return [...byCommit.values()];
}
