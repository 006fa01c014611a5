import type { ImageReference } from '@gitops-actions/core/image';
import { type ManifestFile, referenceText, standingReferences } from '@gitops-actions/core/manifest';
import { allSpots, type BadSpot, type Names } from './spots.ts';

/**
 * Images that were named, and of which no place is at the release to undo, as they stand there.
 *
 * @param names that were asked for; none where all were
 * @param found the places that are at the release
 */
export function leftAlone(
  files: readonly ManifestFile[],
  names: Names,
  found: readonly BadSpot[],
): readonly ImageReference[] {
  const there = new Set(found.map(({ target }) => target.reference.name));
  const others = names.filter(({ name }) => !there.has(name));
  if (others.length === 0) return [];
  const standing = allSpots(files, others).flatMap(({ file, target }) =>
    files.filter(({ path }) => path === file).flatMap((one) => standingReferences(one, target)),
  );
  return [...new Map(standing.map((one) => [referenceText(one), one])).values()];
}
