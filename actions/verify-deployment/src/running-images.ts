import { type ImageReference, parseImageReference } from '@gitops-actions/core/image';

/** How expected images and those that run differ; for people. */
export interface ImageDifference {
  /** Expected, and nowhere. */
  readonly missing: readonly string[];
  /** Of an expected image, but another release of it. */
  readonly others: readonly string[];
}

/**
 * Holds expected images against those that run. Digests decide where both have one, otherwise tags.
 *
 * @param running references as manifests and pods write them
 */
export function imageDifference(
  expected: readonly ImageReference[],
  running: readonly string[],
): ImageDifference {
  const found = running.flatMap((text) => parseImageReference(text) ?? []);
  const isExpected = (image: ImageReference) => expected.some((one) => one.name === image.name);
  const matches = (image: ImageReference) => expected.some((one) => isSameImage(one, image));
  return {
    missing: expected.filter((one) => !found.some((image) => isSameImage(one, image))).map(written),
    others: [...new Set(found.filter((image) => isExpected(image) && !matches(image)).map(written))],
  };
}

/** Whether a running image is the expected one. */
export function isSameImage(expected: ImageReference, running: ImageReference): boolean {
  if (expected.name !== running.name) return false;
  if (expected.digest !== undefined && running.digest !== undefined)
    return expected.digest === running.digest;
  return expected.tag !== undefined && expected.tag === running.tag;
}

/** Whether two references of one image surely are two releases: one with a digest alone may be any tag. */
export function isOtherImage(one: ImageReference, other: ImageReference): boolean {
  if (one.name !== other.name) return false;
  if (one.digest !== undefined && other.digest !== undefined) return one.digest !== other.digest;
  return one.tag !== undefined && other.tag !== undefined && one.tag !== other.tag;
}

/** The reference as people write it. */
export function written({ written: name, tag, digest }: ImageReference): string {
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
