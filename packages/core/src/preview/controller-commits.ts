/** Whether a commit of the GitOps repository comes after another one, or is the same. */
export type Descends = (commit: string, candidate: string) => Promise<boolean>;

/** The commits of which it is known that they hold the preview's files. */
export interface CurrentCommits {
  /** Finds out about commits that were not seen before; one request each. */
  readonly learn: (revisions: readonly string[]) => Promise<void>;
  readonly isCurrent: (revision: string) => boolean;
  /** Whether one that is current was seen. */
  readonly isReached: boolean;
}

/** Others write to the same branch, so the controller may never stop at the very commit: any that follows will do. */
export function currentCommits(descends: Descends, commit: string): CurrentCommits {
  const known = new Map<string, boolean>([[commit, true]]);
  let isReached = false;
  return {
    learn: async (revisions) => {
      for (const revision of new Set(revisions)) {
        // A controller says the name of the branch where it found no commit.
        if (!/^[0-9a-f]{40,64}$/.test(revision)) continue;
        const isCurrent = known.get(revision) ?? (await descends(commit, revision));
        known.set(revision, isCurrent);
        isReached ||= isCurrent;
      }
    },
    isCurrent: (revision) => known.get(revision) === true,
    get isReached() {
      return isReached;
    },
  };
}
