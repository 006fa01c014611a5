import { ConfigurationError, type InputReader, illegal } from '@gitops-actions/core/action';
import { type ImageReference, parseImageTarget } from '@gitops-actions/core/image';

/**
 * Reads the input `images`, as update-manifest takes it: `orders=ghcr.io/acme/orders:v1` is the image after the sign.
 *
 * @param isNeeded whether the engine knows the release by its images alone
 * @throws ConfigurationError for what is no reference with a tag or digest, and for one image with two references
 */
export function readImages(
  reader: InputReader,
  engine: string,
  isNeeded: boolean,
): readonly ImageReference[] {
  const images = reader.list('images').map(readImage);
  if (images.length === 0 && isNeeded)
    throw new ConfigurationError(
      `Input "images" is empty; the engine ${engine} knows a release by its images, so name those that must run.`,
    );
  const unique = new Map<string, ImageReference>();
  for (const image of images) {
    const other = unique.get(image.name);
    if (other !== undefined && (other.tag !== image.tag || other.digest !== image.digest))
      throw new ConfigurationError(
        `Input "images" names ${image.written} twice, with different releases; only one of them can run.`,
      );
    unique.set(image.name, image);
  }
  return [...unique.values()];
}

function readImage(text: string): ImageReference {
  const reference = parseImageTarget(text)?.reference;
  if (reference !== undefined) return reference;
  throw illegal('images', text, 'an image reference with a tag or digest, such as ghcr.io/acme/web:v1.0.42');
}
