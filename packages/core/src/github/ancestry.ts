import { failureKind } from './failure.ts';
import type { GitHub } from './octokit.ts';
import type { RepositoryName } from './repository-name.ts';

/** What one commit is to another in the history of a repository. */
export type Ancestry = 'older' | 'same' | 'newer' | 'unknown';

/**
 * Whether a candidate commit comes after the current one. https://docs.github.com/rest/commits/commits#compare-two-commits
 *
 * @param current commit id, may be short
 * @param candidate commit id, may be short
 * @returns `newer` when the candidate has the current one among its ancestors; `unknown` when they diverged, or when the
 *   repository does not know one of them
 * @throws what the client throws for anything but a missing commit
 */
export async function compareCommits(
  github: GitHub,
  repository: RepositoryName,
  current: string,
  candidate: string,
): Promise<Ancestry> {
  try {
    const basehead = `${current}...${candidate}`;
    const { data } = await github.rest.repos.compareCommitsWithBasehead({
      ...repository,
      basehead,
      per_page: 1,
    });
    const orders = { ahead: 'newer', behind: 'older', identical: 'same', diverged: 'unknown' } as const;
    return orders[data.status];
  } catch (error) {
    if (failureKind(error) === 'not-found') return 'unknown';
    throw error;
  }
}

/**
 * Whether a commit is another one or comes after it.
 *
 * @throws what the client throws for anything but a missing commit
 */
export async function isAtOrAfter(
  github: GitHub,
  repository: RepositoryName,
  commit: string,
  candidate: string,
): Promise<boolean> {
  const ancestry = await compareCommits(github, repository, commit, candidate);
  return ancestry === 'same' || ancestry === 'newer';
}
