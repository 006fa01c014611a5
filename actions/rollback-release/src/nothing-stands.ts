import { ConfigurationError } from '@gitops-actions/core/action';
import { LONGEST_LOG, type LogEntry, releasesIn, rolledBackIn } from '@gitops-actions/core/gitops';
import type { Asked } from './asked.ts';
import type { Decision } from './decide.ts';
import { idsOf } from './spots.ts';

/**
 * What it means that a release stands nowhere: it was rolled back, or something newer stands there.
 *
 * @param log the commits that touched the paths, merged ones too, newest first
 * @throws ConfigurationError for a release that the history does not have, or when none was asked for
 */
export function nothingStands(
  log: readonly LogEntry[],
  { release, images }: Pick<Asked, 'release' | 'images'>,
): Decision {
  const entries = log.map(({ message }) => ({
    releases: releasesIn(message),
    rolledBack: rolledBackIn(message),
  }));
  const how = `${log.length < LONGEST_LOG ? `all ${log.length}` : `the last ${log.length}`} commits of the path were searched`;
  const of = images.length === 0 ? '' : ` of ${images.map(({ written }) => written).join(', ')}`;
  if (release === '')
    throw new ConfigurationError(
      `No release${of} that a commit says in its trailers stands there (${how}); correct the inputs "path" and "images", name the id that stands there in "release", or write the image with update-manifest. Nothing was written.`,
    );
  const last = entries.find(({ releases, rolledBack }) => [...releases, ...rolledBack].includes(release));
  if (last === undefined) {
    const ids = idsOf([...new Set(entries.flatMap(({ releases }) => releases))]);
    throw new ConfigurationError(
      `Input "release" is ${release}, which stands nowhere in "path" and which the history does not have (${how}); it has ${ids}. Nothing was written.`,
    );
  }
  if (last.rolledBack.includes(release))
    return { kind: 'unchanged', sentence: `${release}${of} is rolled back already; nothing was written.` };
  return {
    kind: 'superseded',
    sentence: `${release}${of} does not stand there any more; nothing was written.`,
  };
}
