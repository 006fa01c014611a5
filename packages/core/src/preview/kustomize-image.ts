import { ConfigurationError } from '../action/index.ts';
import { type ImageReference, parseImageReference } from '../image/index.ts';
import { type KubernetesObject, parseManifest } from '../kubernetes/index.ts';
import { applyPlaces, type Found, findPlaces } from '../manifest/index.ts';

const MOST_NAMED = 10;

/**
 * Sets the image wherever objects of any kind name it, by the same rules by which update-manifest finds it: a reference
 * to an image of that name, or a map of name and tag.
 *
 * @param image reference in full
 * @throws ConfigurationError when no object names it, with the images that they do name
 */
export function setImage(objects: readonly KubernetesObject[], image: string): readonly KubernetesObject[] {
  const reference = parseImageReference(image);
  if (reference === undefined) throw new TypeError(`${image} is no image reference.`);
  const unpinned = objects.map((object) => mapTexts(object, (text) => withoutDigest(text, reference)));
  const files = unpinned.map((object) => ({
    path: `${object.apiVersion} ${object.kind} ${object.metadata.name}`,
    content: Buffer.from(JSON.stringify(object, undefined, 1)),
  }));
  const found = find(files, reference, objects);
  const { files: changed } = applyPlaces(found, () => 'write');
  const texts = new Map(changed.map(({ path, content }) => [path, content]));
  return unpinned.flatMap((object, index) => {
    const text = texts.get(files[index]?.path ?? '');
    return text === undefined ? [object] : parseManifest(text);
  });
}

/** Every text of a value, in maps and lists of any depth; keys stay. */
export function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  const visit = (one: unknown): unknown => {
    if (typeof one === 'string') return change(one);
    if (Array.isArray(one)) return one.map(visit);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, visit(item)]));
  };
  return visit(value) as Value;
}

/** A preview replaces the image as a whole: the digest of the release that the overlay pins is of another image. */
function withoutDigest(text: string, { name, written, tag, digest }: ImageReference): string {
  if (digest !== undefined || !text.includes('@')) return text;
  const old = parseImageReference(text);
  return old?.name === name && old.digest !== undefined ? `${written}:${tag}` : text;
}

function find(
  files: readonly { readonly path: string; readonly content: Buffer }[],
  reference: ImageReference,
  objects: readonly KubernetesObject[],
): Found {
  try {
    return findPlaces(files, { images: [{ reference, kustomizeName: undefined }] });
  } catch (error) {
    const names = [...new Set(imagesIn(objects))].sort();
    const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
    const named = names.length === 0 ? 'no image' : `${names.slice(0, MOST_NAMED).join(', ')}${more}`;
    throw new ConfigurationError(
      `Input "image" is of ${reference.written}, which no object of the overlay names; it names ${named}. Nothing was changed; correct the input, or set the image's name in the overlay.`,
      { cause: error },
    );
  }
}

/** Names of images under the key `image`, at any depth. */
function imagesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(imagesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key !== 'image' || typeof item !== 'string') return imagesIn(item);
    return parseImageReference(item)?.written ?? [];
  });
}
