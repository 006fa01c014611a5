import { isScalar, type Node, type Scalar } from 'yaml';
import { ConfigurationError } from '../action/index.ts';
import { type ImageReference, parseImageReference } from '../image/index.ts';
import type { ImagePlace, ImagePlaces } from './find-images.ts';
import { spliceable } from './splice.ts';
import type { YamlText } from './yaml-text.ts';

/** One place that holds, or now holds, a wanted value. */
export interface Change {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly path: string;
  /** Empty when the value was empty. */
  readonly from: string;
  readonly to: string;
  readonly result: 'updated' | 'unchanged';
}

/**
 * Plans the new values of places that belong together.
 *
 * @param edits takes the scalars that must change
 * @returns every place that has a wanted value, changed or not
 * @throws ConfigurationError with file and line where setting one value would leave another one wrong
 */
export function setPlaces(
  source: YamlText,
  places: ImagePlaces,
  reference: ImageReference,
  edits: Map<Scalar, string>,
): readonly Change[] {
  refuseMixedDigests(source, places, reference);
  return places.flatMap((place) => {
    const to = wanted(place, reference);
    if (to === undefined) return [];
    const { node, path } = place;
    const from = writtenValue(node);
    const scalar = spliceable(source, node, path);
    // A tag that reads as a number or as nothing is wrong even when it looks right.
    const isUpdated = from !== to || typeof scalar.value !== 'string';
    if (isUpdated) edits.set(scalar, to);
    const line = source.line(node.range?.[0] ?? 0);
    return [
      { file: source.file, line, path, from, to, result: isUpdated ? 'updated' : 'unchanged' } as const,
    ];
  });
}

/** The text of a value as it was written: `1.10` stays `1.10`; empty for anything but a single value. */
function writtenValue(node: Node): string {
  if (!isScalar(node)) return '';
  if (typeof node.value === 'string') return node.value;
  return node.value === null ? '' : (node.source ?? String(node.value));
}

function wanted({ node, holds }: ImagePlace, reference: ImageReference): string | undefined {
  if (holds === 'tag') return reference.tag;
  if (holds === 'digest') return reference.digest;
  const old = parseImageReference(writtenValue(node));
  const name = old?.name === reference.name ? old.written : reference.written;
  if (holds === 'name') return name;
  return `${name}${reference.tag ? `:${reference.tag}` : ''}${reference.digest ? `@${reference.digest}` : ''}`;
}

/** A digest wins over a tag in Kustomize and in most charts: one that stays behind would run the old image. */
function refuseMixedDigests(source: YamlText, places: ImagePlaces, reference: ImageReference): void {
  const { written, digest, tag } = reference;
  const refuse = ({ node, path }: ImagePlace, sentence: string) =>
    new ConfigurationError(`${source.at(node.range?.[0] ?? 0)}: ${path} ${sentence}. Nothing was written.`);
  const pinned = places.find((place) => digestOf(place) !== '');
  if (pinned !== undefined && digest === undefined) {
    throw refuse(
      pinned,
      `pins a digest, which would win over the new tag; pass ${written}:${tag}@sha256:… with its digest`,
    );
  }
  const tagPlace = places.find(({ holds }) => holds === 'tag');
  if (tagPlace === undefined) return;
  if (tag === undefined)
    throw refuse(tagPlace, `is a tag, and the new reference has none; pass ${written} with tag and digest`);
  if (digest !== undefined && !places.some(({ holds }) => holds === 'digest')) {
    throw refuse(
      tagPlace,
      `has no "digest" beside it to take ${digest}; add an empty one, or pass the image by tag only`,
    );
  }
}

function digestOf({ node, holds }: ImagePlace): string {
  if (holds === 'digest') return writtenValue(node);
  return holds === 'reference' ? (parseImageReference(writtenValue(node))?.digest ?? '') : '';
}
