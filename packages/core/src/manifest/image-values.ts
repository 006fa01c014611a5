import { isScalar, type Node } from 'yaml';
import { type ImageReference, type ImageTarget, parseImageReference } from '../image/index.ts';
import type { ImageField, ImagePlace } from './find-images.ts';

/** A value that cannot be set without leaving another one wrong. */
export interface Refusal {
  readonly node: Node;
  readonly path: string;
  /** The rest of the sentence. */
  readonly because: string;
}

export interface ImageValues {
  readonly fields: readonly { readonly field: ImageField; readonly to: string }[];
  /** A digest that has no key to stand under yet. */
  readonly missingDigest: { readonly key: string; readonly to: string } | undefined;
  readonly refusal: Refusal | undefined;
}

/** The new values of the fields of one place, and why they must not be written. */
export function imageValues(place: ImagePlace, reference: ImageReference): ImageValues {
  const hasDigestKey = place.fields.some(({ holds }) => holds === 'digest');
  const fields = place.fields.flatMap((field) => {
    const isSpare = field.holds === 'sha' && hasDigestKey && digestOf(field) === '';
    const to = isSpare ? undefined : wanted(field, reference);
    return to === undefined ? [] : [{ field, to }];
  });
  return { fields, missingDigest: missingDigest(place, reference), refusal: refusal(place, reference) };
}

/** The release that stands at a place: its tag, else its digest; undefined when it has neither. */
export function currentRelease({ fields }: ImagePlace): string | undefined {
  const parts = fields.map((field) => {
    if (field.holds === 'tag') return { tag: tagPart(writtenValue(field.node)), digest: '' };
    const reference = referenceOf(field);
    return { tag: reference?.tag ?? '', digest: digestOf(field) };
  });
  return (
    parts.find(({ tag }) => tag !== '')?.tag ??
    (parts.find(({ digest }) => digest !== '')?.digest || undefined)
  );
}

/** What stands at a place, with the name as a full reference there has it; undefined with neither tag nor digest. */
export function standingReference({ fields }: ImagePlace, target: ImageTarget): ImageReference | undefined {
  const full = fields.map(referenceOf).find((reference) => reference !== undefined);
  const tags = fields.flatMap((field) => (field.holds === 'tag' ? [tagPart(writtenValue(field.node))] : []));
  const tag = full?.tag ?? tags.find((text) => text !== '');
  const digest = fields.map(digestOf).find((text) => text !== '');
  if (tag === undefined && digest === undefined) return undefined;
  const { written, name } = full ?? target.reference;
  // A SHA-256 may stand without its algorithm.
  return { written, name, tag, digest: digest?.replace(/^(?=[0-9a-f]{64}$)/, 'sha256:') };
}

/** The text of a value as it was written: `1.10` stays `1.10`; empty for anything but a single value. */
export function writtenValue(node: Node): string {
  if (!isScalar(node)) return '';
  if (typeof node.value === 'string') return node.value;
  return node.value === null ? '' : (node.source ?? String(node.value));
}

function wanted(field: ImageField, reference: ImageReference): string | undefined {
  const { tag, digest } = reference;
  const old = writtenValue(field.node);
  if (field.holds === 'tag') return tag !== undefined && old.includes('@') ? `${tag}@${digest}` : tag;
  if (field.holds === 'digest') return digest;
  if (field.holds === 'sha') return digest?.replace(/^sha256:/, '');
  if (field.holds === 'block') return fullReference(reference.written, reference);
  const before = field.holds === 'name' ? parseImageReference(old) : referenceOf(field);
  const name = before?.name === reference.name ? before.written : reference.written;
  if (field.holds === 'name') return name;
  const entry = field.holds === 'entry' ? old.slice(0, old.indexOf('=') + 1) : '';
  return entry + fullReference(name, reference);
}

function fullReference(name: string, { tag, digest }: ImageReference): string {
  return `${name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}

function refusal(place: ImagePlace, reference: ImageReference): Refusal | undefined {
  const { written, digest, tag } = reference;
  const because = (field: ImageField, sentence: string) => ({
    node: field.node,
    path: field.path,
    because: sentence,
  });
  const tagField = place.fields.find(({ holds }) => holds === 'tag');
  const first = tagField ?? place.fields[0];
  if (place.disagreement !== undefined && first !== undefined) return because(first, place.disagreement);
  const pinned = place.fields.find((field) => digestOf(field) !== '');
  if (pinned !== undefined && digest === undefined)
    return because(
      pinned,
      `pins a digest, which would win over the new tag; pass ${written}:${tag}@sha256:… with its digest`,
    );
  if (tagField !== undefined && tag === undefined)
    return because(tagField, `is a tag, and the new reference has none; pass ${written} with tag and digest`);
  const sha = place.fields.find(({ holds }) => holds === 'sha');
  return sha !== undefined && digest !== undefined && !digest.startsWith('sha256:')
    ? because(sha, `takes a SHA-256 only, and the new digest is ${digest}`)
    : undefined;
}

/** A digest wins over a tag in Kustomize and in most charts: it must have a key of its own beside the tag. */
function missingDigest({ fields }: ImagePlace, { digest }: ImageReference): ImageValues['missingDigest'] {
  const tag = fields.find(({ holds }) => holds === 'tag');
  const hasPlace = fields.some(({ holds }) => holds === 'digest' || holds === 'sha');
  if (tag === undefined || digest === undefined || hasPlace || writtenValue(tag.node).includes('@'))
    return undefined;
  return { key: tag.path.endsWith('imageTag') ? 'imageDigest' : 'digest', to: digest };
}

function referenceOf({ node, holds }: ImageField): ImageReference | undefined {
  const old = writtenValue(node);
  if (holds === 'entry') return parseImageReference(old.slice(old.indexOf('=') + 1));
  return holds === 'reference' ? parseImageReference(old) : undefined;
}

/** A digest wins over a tag, wherever it stands. */
function digestOf(field: ImageField): string {
  const old = writtenValue(field.node);
  if (field.holds === 'digest' || field.holds === 'sha') return old;
  if (field.holds === 'tag') return old.slice(tagPart(old).length + 1);
  return referenceOf(field)?.digest ?? '';
}

/** Some charts take `v1@sha256:…` as a tag. */
function tagPart(tag: string): string {
  return tag.split('@')[0] ?? '';
}
