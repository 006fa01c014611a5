import { ConfigurationError } from '@gitops-actions/core/action';
import { fullName, type RepositoryName, type Tag } from '@gitops-actions/core/github';
import type { Search } from './previous-tag.ts';
import type { VersionTag } from './version-tags.ts';

const short = (sha: string) => sha.slice(0, 7);
const command = (tag: string, sha: string) => `git tag ${tag} ${short(sha)} && git push origin ${tag}`;

/** There is no version to count from. */
export function noVersion(
  repository: RepositoryName,
  prefix: string,
  tags: readonly Tag[],
  sha: string,
): ConfigurationError {
  const first = `${prefix}0.1.0`;
  if (tags.length === 0) {
    return new ConfigurationError(
      `${fullName(repository)} has no tags yet, so there is no version to count from; tag what you released last, or start with: ${command(first, sha)}`,
    );
  }
  const near = tags.map(({ name }) => name).filter((name) => /\d+\.\d+/.test(name));
  const named = near.slice(-3).map((name) => JSON.stringify(name));
  const hint = named.length === 0 ? '' : ` (there are ${named.join(', ')})`;
  const wanted = prefix === '' ? 'a version' : `${JSON.stringify(prefix)} and a version`;
  return new ConfigurationError(
    `None of the ${tags.length} tags of ${fullName(repository)} is ${wanted} such as ${prefix}1.2.3${hint}; correct the input "tag-prefix", or start with: ${command(first, sha)}`,
  );
}

/** There are versions, and none of them is in the history of the commit. */
export function noneReachable(
  repository: RepositoryName,
  prefix: string,
  { tried, candidates }: Search,
  sha: string,
): ConfigurationError {
  const [highest] = candidates;
  const which = `${JSON.stringify(highest?.name)} on ${short(highest?.commit ?? '')}`;
  const commit = `commit ${short(sha)} of ${fullName(repository)}`;
  return new ConfigurationError(
    tried < candidates.length
      ? `The ${tried} highest of the ${candidates.length} tagged versions (the highest is ${which}) are not in the history of ${commit}, and no more are looked at; give this line of versions a "tag-prefix" of its own, now ${JSON.stringify(prefix)}.`
      : `None of the ${tried} tagged versions (the highest is ${which}) is in the history of ${commit}; merge the commit that was tagged, or tag one of its ancestors.`,
  );
}

/** The next version is taken by a commit that is no ancestor. */
export function versionTaken(
  repository: RepositoryName,
  taken: VersionTag,
  previous: VersionTag,
  sha: string,
): ConfigurationError {
  return new ConfigurationError(
    `The version after ${JSON.stringify(previous.name)} for commit ${short(sha)} of ${fullName(repository)} would be ${taken.version.version}, but the tag ${JSON.stringify(taken.name)} is on commit ${short(taken.commit)}, which is not in its history; release a commit that has ${short(taken.commit)} among its ancestors, or delete that tag.`,
  );
}
