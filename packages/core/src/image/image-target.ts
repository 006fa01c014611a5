import { type ImageReference, parseImageReference } from './image-reference.ts';

/** Image to write: what names it in a manifest, and the new reference. */
export interface ImageTarget {
  readonly reference: ImageReference;
  /** Kustomize's form `orders=ghcr.io/acme/orders:v1`: the entry of a Kustomization with this `name`. */
  readonly kustomizeName: string | undefined;
}

/**
 * Parses an image reference of the input `images`: `name:tag`, `name@digest`, both, or Kustomize's `entry=name:tag`.
 *
 * @returns undefined when the text is none of these
 */
export function parseImageTarget(text: string): ImageTarget | undefined {
  const equals = text.indexOf('=');
  const reference = parseImageReference(text.slice(equals + 1));
  if (reference === undefined || (reference.tag === undefined && reference.digest === undefined))
    return undefined;
  return equals === 0
    ? undefined
    : { reference, kustomizeName: equals < 0 ? undefined : text.slice(0, equals) };
}

/** What tells two targets of one call apart: the entry's name, or the image's full name. */
export function targetKey({ kustomizeName, reference }: ImageTarget): string {
  return kustomizeName === undefined ? reference.name : `${kustomizeName}=`;
}
