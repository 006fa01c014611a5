import { type InputReader, illegal } from '../action/index.ts';
import { type ImageReference, parseImageReference } from '../image/index.ts';

/**
 * Reads the input `images` where it takes names alone.
 *
 * @param why which release is meant, as the rest of a sentence
 * @returns each image once, however it is written
 * @throws ConfigurationError for a name with a tag or digest
 */
export function readImageNames(reader: InputReader, why: string): readonly ImageReference[] {
  const names = new Map<string, ImageReference>();
  for (const text of reader.list('images')) {
    const image = parseImageReference(text);
    if (image === undefined || image.tag !== undefined || image.digest !== undefined)
      throw illegal(
        'images',
        text,
        `the name of an image without tag and digest, such as ghcr.io/acme/orders: ${why}`,
      );
    names.set(image.name, image);
  }
  return [...names.values()];
}
