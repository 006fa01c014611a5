import inc from 'semver/functions/inc.js';
import type { Commit } from './commit-message.ts';
import { numberOfPreRelease, type VersionTag } from './version-tags.ts';

export type Level = 'major' | 'minor' | 'patch';

/**
 * What the commits ask for: a break a major version, or a minor one while the major version is 0
 * (https://semver.org/#spec-item-4), a feature a minor one, anything else a patch.
 */
export function levelOf(commits: readonly Commit[], base: VersionTag): Level {
  if (commits.some(({ isBreaking }) => isBreaking)) return base.version.major === 0 ? 'minor' : 'major';
  return commits.some(({ type }) => type === 'feat' || type === 'feature') ? 'minor' : 'patch';
}

/** The release after a base. A pre-release is followed by the release it was for, where that is enough. */
export function nextRelease(base: VersionTag, level: Level): string {
  const next = inc(base.version.version, level);
  if (next === null) throw new Error(`Version ${base.version.version} has no next one.`);
  return next;
}

/** The highest pre-release of a version: `1.3.0-rc.2` for `1.3.0` and `rc`. */
export function lastPreRelease(
  tags: readonly VersionTag[],
  release: string,
  preRelease: string,
): VersionTag | undefined {
  return tags.find(({ version }) => {
    const { major, minor, patch } = version;
    return `${major}.${minor}.${patch}` === release && numberOfPreRelease(version, preRelease) !== undefined;
  });
}

/** `1.3.0-rc.1`, or what follows the last one. */
export function nextPreRelease(release: string, preRelease: string, last: VersionTag | undefined): string {
  const number = last === undefined ? 0 : (numberOfPreRelease(last.version, preRelease) ?? 0);
  return `${release}-${preRelease}.${number + 1}`;
}
