import { listTags, type RangeCommit, type RangePlace, readCommitRange } from '@gitops-actions/core/github';
import { type Commit, parseCommit } from './commit-message.ts';
import { mergedPullRequests } from './merged-pull-requests.ts';
import { type Level, lastPreRelease, levelOf, nextPreRelease, nextRelease } from './next-version.ts';
import { commitsTouching } from './path-history.ts';
import { findPreviousTag } from './previous-tag.ts';
import { ancestorsWithin } from './range-ancestors.ts';
import { withoutReverted } from './reverts.ts';
import { noneReachable, noVersion, versionTaken } from './tag-errors.ts';
import { isOfKind, type VersionTag, versionTags } from './version-tags.ts';

export interface VersionRequest extends RangePlace {
  /** The commit that is to get a version, full id. */
  readonly sha: string;
  /** What stands before the version in tags: `v`, `orders-v`, or nothing. */
  readonly tagPrefix: string;
  /** Name of a pre-release such as `rc`; empty: a release. */
  readonly preRelease: string;
  /** As `parseServicePaths` gives them: what commits must touch to count; none: all count. */
  readonly paths: readonly string[];
  /** A preview may take a version that another commit has. */
  readonly isPreview: boolean;
}

export interface Version {
  /** Without the prefix: `1.3.0`, `1.3.0-rc.2`. */
  readonly version: string;
  /** `tagged`: the commit has that tag already. `unchanged`: no commit that counts came since the last version. */
  readonly reason: Level | 'tagged' | 'unchanged';
  /** The last version in the commit's history, on the commit's own tags not counted; not set when there is none. */
  readonly previous?: { readonly tag: string; readonly sha: string; readonly version: string };
  /** Since `previous`, those that count, oldest first; reverted ones and their reverts left out. */
  readonly commits: readonly Commit[];
}

/**
 * The version of a commit, from tags and conventional commits, through the API.
 *
 * The same commit gets the same version before and after it is tagged. Takes one request for 100 tags and one for 100
 * commits; with paths one more for 100 commits of each.
 *
 * @throws ConfigurationError when there is no version to count from, or the next one is taken by another commit
 */
export async function readVersion(request: VersionRequest): Promise<Version> {
  const { github, repository, signal, sha, tagPrefix, preRelease } = request;
  const all = await listTags(github, repository, signal);
  const tags = versionTags(all, tagPrefix);
  if (tags.length === 0) throw noVersion(repository, tagPrefix, all, sha);
  const here = tags.filter((tag) => tag.commit === sha);
  const own = here.find((tag) => isOfKind(tag, preRelease));
  const search = await findPreviousTag(request, tags, sha);
  if (search.found === undefined) {
    const [base] = here;
    if (base === undefined) throw noneReachable(repository, tagPrefix, search, sha);
    const next =
      own === undefined ? nextOf(request, tags, { base, range: [], level: 'patch' }) : taggedAs(own);
    return { ...next, commits: [] };
  }
  const { tag: base, range: opened } = search.found;
  const range = await readCommitRange(request, opened);
  const touching = await commitsTouching(request, sha, request.paths, range);
  const pulls = mergedPullRequests(range, sha);
  const parsed = touching.map(
    (commit): Commit => ({ ...parseCommit(commit.sha, commit.message), pullRequest: pulls.get(commit.sha) }),
  );
  const commits = withoutReverted(parsed);
  const next = () =>
    parsed.length === 0 && isOfKind(base, preRelease)
      ? ({ version: base.version.version, reason: 'unchanged' } as const)
      : nextOf(request, tags, { base, range, level: levelOf(commits, base), touching });
  return {
    ...(own === undefined ? next() : taggedAs(own)),
    previous: { tag: base.name, sha: base.commit, version: base.version.version },
    commits,
  };
}

type Next = Pick<Version, 'version' | 'reason'>;

interface Step {
  readonly base: VersionTag;
  readonly level: Level;
  /** All commits since the base, and those that count. */
  readonly range: readonly RangeCommit[];
  readonly touching?: readonly RangeCommit[];
}

const taggedAs = ({ version }: VersionTag): Next => ({ version: version.version, reason: 'tagged' });

function nextOf(request: VersionRequest, tags: readonly VersionTag[], step: Step): Next {
  const release = nextRelease(step.base, step.level);
  const next: Next =
    request.preRelease === ''
      ? { version: release, reason: step.level }
      : nextBefore(release, request.preRelease, tags, step);
  const taken = tags.find(({ version }) => version.version === next.version);
  if (taken !== undefined && next.reason !== 'unchanged' && !request.isPreview) {
    throw versionTaken(request.repository, taken, step.base, request.sha);
  }
  return next;
}

function nextBefore(release: string, preRelease: string, tags: readonly VersionTag[], step: Step): Next {
  const { base, range, level, touching = [] } = step;
  const inHistory = new Set([base.commit, ...range.map(({ sha }) => sha)]);
  const reachable = tags.filter(({ commit }) => inHistory.has(commit));
  const last = lastPreRelease(reachable, release, preRelease);
  const older = last === undefined ? undefined : ancestorsWithin(range, last.commit);
  return last !== undefined && touching.every(({ sha }) => older?.has(sha))
    ? { version: last.version.version, reason: 'unchanged' }
    : { version: nextPreRelease(release, preRelease, last), reason: level };
}
