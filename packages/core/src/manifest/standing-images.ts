import { type ImageReference, type ImageTarget, targetKey } from '../image/index.ts';
import { findImage } from './find-images.ts';
import { standingReference } from './image-values.ts';
import { type ManifestFile, openFile, surveyFor } from './manifest-files.ts';
import { readImages } from './read-images.ts';

/** An image that stands in a file, and every version of it there. */
export interface StandingImage {
  /** Its reference is that of the first place with one of the releases. */
  readonly target: ImageTarget;
  /** Distinct, in the order of the file. */
  readonly references: readonly ImageReference[];
}

/** The release that a reference says: its tag, else its digest; empty for a bare name. */
export function releaseOf({ tag, digest }: ImageReference): string {
  return tag ?? digest ?? '';
}

/** What a reference says besides its name, as people write it: tag and digest. */
export function versionText({ tag, digest }: ImageReference): string {
  return [tag, digest].filter((part) => part !== undefined).join('@');
}

/** A reference as people write it: its name as it was written, with the tag, the digest, or both. */
export function referenceText(reference: ImageReference): string {
  return `${reference.written}${reference.tag === undefined ? '@' : ':'}${versionText(reference)}`;
}

/**
 * The images that stand in a file with one of these releases, whatever they are called. A file that is no YAML has none.
 *
 * @param releases tags, or digests where there is no tag
 */
export function imagesOfReleases(
  file: ManifestFile,
  releases: ReadonlySet<string>,
): readonly StandingImage[] {
  // A digest may stand without its algorithm.
  const texts = [...releases].map((release) => release.replace(/^sha256:/, ''));
  if (!texts.some((text) => file.content.includes(text))) return [];
  const targets = new Map<string, ImageTarget>();
  for (const reference of referencesIn(file)) {
    const target = { reference, kustomizeName: undefined };
    if (releases.has(releaseOf(reference)) && !targets.has(targetKey(target)))
      targets.set(targetKey(target), target);
  }
  return [...targets.values()].map((target) => ({ target, references: standingReferences(file, target) }));
}

/**
 * Every version of an image that stands in a file; none where only its name does, or nothing of it.
 *
 * @throws ConfigurationError when the file names the image and cannot be parsed
 */
export function standingReferences(file: ManifestFile, target: ImageTarget): readonly ImageReference[] {
  const references = openFile(file).parts.flatMap((part) => {
    const survey = surveyFor(part, target);
    const places = survey === undefined ? [] : findImage(survey, target);
    return places.flatMap((place) => standingReference(place, target) ?? []);
  });
  const distinct = new Map(references.map((one) => [`${one.tag}@${one.digest}`, one]));
  return [...distinct.values()];
}

function referencesIn(file: ManifestFile): readonly ImageReference[] {
  try {
    return readImages([file]).map(({ reference }) => reference);
  } catch {
    // Another file of the folder has a word in common with a release. Where an image stands, its file is read strictly.
    return [];
  }
}
