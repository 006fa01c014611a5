import type { Tag } from '@gitops-actions/core/github';
import type SemVer from 'semver/classes/semver.js';
import compareBuild from 'semver/functions/compare-build.js';
import parse from 'semver/functions/parse.js';

/** A tag that names a version. */
export interface VersionTag extends Tag {
  readonly version: SemVer;
}

/**
 * The tags that are the prefix followed by a version of https://semver.org and nothing else, highest first.
 *
 * @param prefix such as `v`, `orders-v`, or empty
 */
export function versionTags(tags: readonly Tag[], prefix: string): readonly VersionTag[] {
  return tags
    .flatMap((tag): VersionTag[] => {
      const version = tag.name.startsWith(prefix) ? parseStrictly(tag.name.slice(prefix.length)) : null;
      return version === null ? [] : [{ ...tag, version }];
    })
    .toSorted((a, b) => compareBuild(b.version, a.version));
}

/** The library also takes a leading `v` and blanks around a version, which belong to a prefix if to anything. */
function parseStrictly(text: string): SemVer | null {
  return /^\d\S*$/.test(text) ? parse(text) : null;
}

/** Whether a version is the kind that is asked for: a release, or also a pre-release of that name, as `rc` of `1.3.0-rc.2`. */
export function isOfKind({ version }: VersionTag, preRelease: string): boolean {
  if (version.prerelease.length === 0) return true;
  return preRelease !== '' && numberOfPreRelease(version, preRelease) !== undefined;
}

/** The 2 of `1.3.0-rc.2`; undefined when it is no such pre-release. */
export function numberOfPreRelease(version: SemVer, preRelease: string): number | undefined {
  const [name, number, ...more] = version.prerelease;
  return name === preRelease && typeof number === 'number' && more.length === 0 ? number : undefined;
}
