import type { Snapshot } from '@gitops-actions/core/gitops';
import type { ImageReference } from '@gitops-actions/core/image';
import {
  findPlaces,
  imagesOfReleases,
  type ManifestFile,
  readImages,
  releaseOf,
  standingReferences,
} from '@gitops-actions/core/manifest';
import { type Past, type Spot, spotKey } from './past.ts';

/** An image in a file, and the versions of it there that are to go. */
export interface BadSpot extends Spot {
  readonly bad: readonly ImageReference[];
  /** Their ids; of a digest that was pinned by hand also its release's. */
  readonly releases: readonly string[];
}

export type Names = readonly ImageReference[];

/** Whether an image is among these; without names every one is. */
export function isNamed(names: Names, name: string): boolean {
  return names.length === 0 || names.some((one) => one.name === name);
}

/** The images that stand in files at one of these releases. */
export function spotsAt(
  files: readonly ManifestFile[],
  releases: ReadonlySet<string>,
  names: Names,
): readonly BadSpot[] {
  return files.flatMap((file) =>
    imagesOfReleases(file, releases).flatMap(({ target, references }) => {
      const bad = references.filter((one) => releases.has(releaseOf(one)));
      const isWanted = isNamed(names, target.reference.name);
      return isWanted && bad.length > 0 ? [{ file: file.path, target, bad, releases: idsOfAll(bad) }] : [];
    }),
  );
}

/** Every image that stands in the files, or of these names. */
export function allSpots(files: readonly ManifestFile[], names: Names): readonly Spot[] {
  const spots = new Map<string, Spot>();
  for (const file of files) {
    const found = names.length > 0 ? names : imagesIn(file);
    for (const reference of found) {
      const spot = { file: file.path, target: { reference, kustomizeName: undefined } };
      if (!spots.has(spotKey(spot)) && standingReferences(file, spot.target).length > 0)
        spots.set(spotKey(spot), spot);
    }
  }
  return [...spots.values()];
}

/** The images that stand in files at a digest alone: no text there says the release. */
export function digestSpots(files: readonly ManifestFile[], names: Names): readonly BadSpot[] {
  const some = files.filter(({ content }) => /@[\w.+-]+:[0-9a-f]{32}|digest|sha/i.test(content.toString()));
  return allSpots(some, names).flatMap((spot) => {
    const content = some.filter(({ path }) => path === spot.file);
    const standing = content.flatMap((file) => standingReferences(file, spot.target));
    const bad = standing.filter(({ tag, digest }) => tag === undefined && digest !== undefined);
    return bad.length > 0 ? [{ ...spot, bad, releases: idsOfAll(bad) }] : [];
  });
}

/** The images of a file; none when it is no YAML: another file of a folder is nobody's business. */
export function imagesIn(file: ManifestFile): readonly ImageReference[] {
  try {
    return readImages([file]).map(({ reference }) => reference);
  } catch {
    return [];
  }
}

/** What the marks at an image say. */
export interface SpotMarks {
  /** Whether all its places are on hold. */
  readonly isHeld: boolean;
  /** Releases that must not come back. */
  readonly blocked: ReadonlySet<string>;
}

export function marksOf({ files }: Pick<Snapshot, 'files'>, { file, target, bad }: BadSpot): SpotMarks {
  const content = files.filter(({ path }) => path === file);
  const { places } = findPlaces(content, { images: [target] });
  const ids = new Set(bad.map(releaseOf));
  const own = places.filter(({ current }) => current !== undefined && ids.has(current));
  return {
    isHeld: own.length > 0 && own.every(({ hold }) => hold !== undefined),
    blocked: new Set(places.flatMap(({ blocked }) => blocked?.id ?? [])),
  };
}

/** Whether an image stands at a release after a commit. */
export async function holds(past: Past, index: number, spot: BadSpot): Promise<boolean> {
  return (await past.standing(index, spot)).some((one) => spot.releases.includes(releaseOf(one)));
}

/** At most ten ids or names, as part of a sentence. */
export function idsOf(ids: readonly string[], more = 'older ones'): string {
  const shown = ids.slice(0, 10).join(', ') || 'none';
  return ids.length > 10 ? `${shown} and ${ids.length - 10} ${more}` : shown;
}

/** Files of images, as part of a sentence. */
export function filesOf(spots: readonly BadSpot[]): string {
  const files = [...new Set(spots.map(({ file }) => file))];
  return files.length > 3 ? `${files.length} files` : files.join(', ');
}

function idsOfAll(references: readonly ImageReference[]): readonly string[] {
  return [...new Set(references.map(releaseOf))];
}
