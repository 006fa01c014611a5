import { messageOf } from '../action/index.ts';
import { failureKind, UnreadableAnswer } from './failure.ts';
import type { GitHub } from './octokit.ts';
import { textAt } from './pull-request.ts';
import type { RepositoryName } from './repository-name.ts';

/** What a commit changed since another one. */
export interface ChangedFiles {
  /** What the head is to the base; `unrelated` when their histories have no commit in common. */
  readonly status: 'ahead' | 'identical' | 'behind' | 'diverged' | 'unrelated';
  /**
   * Paths that differ between the last common commit and the head, a renamed file under both names. Undefined when
   * there may be more than GitHub told.
   */
  readonly files: readonly string[] | undefined;
}

/** Of more files GitHub tells these only, and pages of the answer hold no others. */
const MOST_FILES = 300;

/**
 * The files that a commit changed since another one, in one request.
 * https://docs.github.com/rest/commits/commits#compare-two-commits
 *
 * @param base branch, tag or commit id
 * @param head branch, tag or commit id
 * @throws what the client throws; for a commit that does not exist, or that the token may not see, it is a 404
 */
export async function readChangedFiles(
  github: GitHub,
  repository: RepositoryName,
  base: string,
  head: string,
): Promise<ChangedFiles> {
  try {
    const basehead = `${base}...${head}`;
    // Commits are not wanted; files are on the first page whatever its size.
    const page = { per_page: 1, page: 1 };
    const { data } = await github.rest.repos.compareCommitsWithBasehead({ ...repository, basehead, ...page });
    if (textAt(data, 'status') === undefined) throw new UnreadableAnswer();
    return { status: data.status, files: namesOf(data.files) };
  } catch (error) {
    const isUnrelated = failureKind(error) === 'not-found' && /no common ancestor/i.test(messageOf(error));
    if (isUnrelated) return { status: 'unrelated', files: undefined };
    throw error;
  }
}

interface NamedFile {
  readonly filename: string;
  readonly previous_filename?: string;
}

function namesOf(files: readonly NamedFile[] | undefined): readonly string[] | undefined {
  if (files === undefined || files.length >= MOST_FILES) return undefined;
  return files.flatMap(({ filename, previous_filename: before }) =>
    before === undefined ? [filename] : [filename, before],
  );
}
