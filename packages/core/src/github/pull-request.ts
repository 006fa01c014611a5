import { explain } from './failure.ts';
import type { GitHub } from './octokit.ts';
import { fullName, type RepositoryName } from './repository-name.ts';

/** What the actions need to know of a pull request, read in one request. */
export interface PullRequest {
  readonly number: number;
  readonly state: 'open' | 'closed' | 'merged';
  readonly isDraft: boolean;
  /** The head's commit, not the merge commit that `GITHUB_SHA` names. */
  readonly headSha: string;
  readonly headRef: string;
  /** The head lives in another repository, or in one that was deleted. */
  readonly isFork: boolean;
  /** Not everybody may read the repository. False in doubt. */
  readonly isPrivate: boolean;
  readonly labels: readonly string[];
  /** Login of the author; empty when the account is gone. */
  readonly author: string;
}

/**
 * Reads a pull request as it is now. https://docs.github.com/rest/pulls/pulls#get-a-pull-request
 *
 * @throws ConfigurationError naming the permission, or that there is no such pull request
 */
export async function readPullRequest(
  github: GitHub,
  repository: RepositoryName,
  number: number,
): Promise<PullRequest> {
  try {
    const { data } = await github.rest.pulls.get({ ...repository, pull_number: number });
    if (textAt(data, 'head', 'sha') === undefined || textAt(data, 'state') === undefined) {
      throw new Error('GitHub answered without it');
    }
    return {
      number,
      state: data.merged ? 'merged' : data.state,
      isDraft: data.draft === true,
      headSha: data.head.sha,
      headRef: data.head.ref,
      isFork: data.head.repo?.id !== data.base.repo.id,
      isPrivate: data.base.repo.private === true,
      labels: data.labels.map((label) => label.name),
      author: data.user?.login ?? '',
    };
  } catch (error) {
    throw explain(error, `read pull request ${number} of ${fullName(repository)}`, 'pull-requests: read');
  }
}

/** The value at a path of keys in a payload; undefined where the path ends early. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  );
}

/** The text at a path of keys; undefined when it is missing, empty or not a text. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The whole number at a path of keys; undefined when there is none. */
export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' && Number.isSafeInteger(found) ? found : undefined;
}
