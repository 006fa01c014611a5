import { ConfigurationError } from '../action/index.ts';
import { explain, failureKind, UnreadableAnswer } from './failure.ts';
import type { GitHub } from './octokit.ts';
import { at } from './pull-request.ts';
import { fullName, type RepositoryName } from './repository-name.ts';
import type { Tag } from './tags.ts';

export interface RangeCommit {
  readonly sha: string;
  readonly message: string;
  /** When it was committed, ISO 8601; empty where the API does not say. */
  readonly date: string;
  readonly parents: readonly string[];
}

/** The commits that a commit has and a tag has not. */
export interface CommitRange {
  readonly since: Tag;
  readonly to: string;
  /** How many there are. */
  readonly total: number;
  /** The first 100 at most, oldest first. */
  readonly first: readonly RangeCommit[];
}

export interface RangePlace {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  readonly signal?: AbortSignal | undefined;
}

const PAGE = 100;
const AT_ONCE = 8;
/** 200 requests. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api allows a job's token 1,000 an hour. */
const MOST_COMMITS = 20_000;

/**
 * Whether a tag is on a commit or on one of its ancestors, and what came since, in one request.
 * https://docs.github.com/rest/commits/commits#compare-two-commits
 *
 * @param to full commit id
 * @returns undefined when the tag is neither
 * @throws ConfigurationError when the token may not read the commits, or the commit does not exist
 */
export async function openCommitRange(
  place: RangePlace,
  since: Tag,
  to: string,
): Promise<CommitRange | undefined> {
  try {
    const { status, total, commits } = await readPage(place, since, to, 1);
    return status === 'ahead' || status === 'identical' ? { since, to, total, first: commits } : undefined;
  } catch (error) {
    if (failureKind(error) === 'not-found' && /no common ancestor/i.test(String(error))) return undefined;
    throw cannotRead(place, since, to, error);
  }
}

/**
 * All commits of a range. The pages after the first are read 8 at a time.
 *
 * @returns oldest first
 * @throws ConfigurationError when there are more than 20,000
 * @throws Error when the pages do not add up to the number of commits: a part of them must not pass for all
 */
export async function readCommitRange(
  place: RangePlace,
  range: CommitRange,
): Promise<readonly RangeCommit[]> {
  const { since, to, total, first } = range;
  if (total > MOST_COMMITS) throw tooMany(place, range);
  const count = Math.ceil(total / PAGE);
  const numbers = Array.from({ length: Math.max(0, count - 1) }, (_, index) => index + 2);
  const pages = new Map([[1, first]]);
  const queue = numbers.values();
  const work = async () => {
    for (const number of queue) pages.set(number, (await readPage(place, since, to, number)).commits);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work)).catch((error: unknown) => {
    throw cannotRead(place, since, to, error);
  });
  const commits = [1, ...numbers].flatMap((number) => pages.get(number) ?? []);
  const found = new Set(commits.map(({ sha }) => sha)).size;
  if (found === total && commits.length === total) return commits;
  throw new Error(
    `GitHub gave ${found} of the ${total} commits between ${since.name} and ${to} of ${fullName(place.repository)}; re-run the job.`,
  );
}

async function readPage(place: RangePlace, since: Tag, to: string, page: number) {
  const { data } = await place.github.rest.repos.compareCommitsWithBasehead({
    ...place.repository,
    basehead: `${since.commit}...${to}`,
    per_page: PAGE,
    page,
    ...(place.signal && { request: { signal: place.signal } }),
  });
  if (!Array.isArray(at(data, 'commits'))) throw new UnreadableAnswer();
  const commits = data.commits.map(
    ({ sha, commit, parents }): RangeCommit => ({
      sha,
      message: commit.message,
      date: commit.committer?.date ?? '',
      parents: parents.map((parent) => parent.sha),
    }),
  );
  return { status: data.status, total: data.total_commits, commits };
}

function cannotRead({ repository }: RangePlace, since: Tag, to: string, error: unknown): Error {
  return explain(
    error,
    `compare the tag "${since.name}" of ${fullName(repository)} with commit ${to}`,
    'contents: read',
  );
}

function tooMany({ repository }: RangePlace, { since, to, total }: CommitRange): ConfigurationError {
  return new ConfigurationError(
    `${fullName(repository)} has ${total} commits between the tag "${since.name}" and ${to}, and at most ${MOST_COMMITS} are read; tag a newer commit.`,
  );
}
