/** Whether a commit of the GitOps repository comes after another one, or is the same. */
export type Descends = (commit: string, candidate: string) => Promise<boolean>;

/** The commits of which it is known that they are the wanted one, or have it as an ancestor. */
export interface CurrentCommits {
  /** Finds out about commits that were not seen before; one request each. */
  readonly learn: (revisions: readonly string[]) => Promise<void>;
  readonly isCurrent: (revision: string) => boolean;
  /** Whether one that is current was seen. */
  readonly isReached: boolean;
}

/** A repository may not know for a moment what was pushed to it just now. Milliseconds. */
const DOUBT = 30_000;

/**
 * Others write to the same branch, so the controller may never stop at the very commit: any that follows will do.
 *
 * @param commit full id of the wanted commit
 * @param now clock; milliseconds
 */
export function currentCommits(descends: Descends, commit: string, now = Date.now): CurrentCommits {
  const current = new Set([commit]);
  /** Those that are not, and since when that is known. */
  const other = new Map<string, number>();
  let isReached = false;
  const isNew = (revision: string) => now() - (other.get(revision) ?? Number.NEGATIVE_INFINITY) >= DOUBT;
  return {
    learn: async (revisions) => {
      for (const revision of new Set(revisions)) {
        // A controller says the name of the branch where it found no commit.
        if (!isCommit(revision)) continue;
        if (!current.has(revision) && isNew(revision)) {
          if (await descends(commit, revision)) current.add(revision);
          else other.set(revision, now());
        }
        isReached ||= current.has(revision);
      }
    },
    isCurrent: (revision) => current.has(revision),
    get isReached() {
      return isReached;
    },
  };
}

/** Whether a text is a full commit id. */
export function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(revision);
}

/** A commit id as people read it; anything else, such as the name of a branch, stays as it is. */
export function shortCommit(revision: string): string {
  return isCommit(revision) ? revision.slice(0, 7) : revision;
}
