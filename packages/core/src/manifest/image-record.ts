import { isScalar } from 'yaml';
import { type ImageTarget, parseImageReference } from '../image/index.ts';
import type { Anchors } from './anchors.ts';
import { type Field, textOf } from './fields.ts';

/** Fields of one map that together say which image runs. */
export interface ImageRecord {
  readonly newName: Field | undefined;
  readonly registry: Field | undefined;
  readonly name: Field | undefined;
  readonly repository: Field | undefined;
  readonly image: Field | undefined;
  readonly tags: readonly Field[];
  readonly digest: Field | undefined;
  /** A digest without its `sha256:`, as some charts have it. */
  readonly sha: Field | undefined;
}

/** Reads a map's fields in the spellings of Kustomize and Helm charts: `tag`, `newTag`, and `imageTag` with its siblings. */
export function recordsOf(fields: ReadonlyMap<string, Field>, anchors: Anchors): readonly ImageRecord[] {
  const get = (key: string) => fields.get(key);
  const some = (...keys: string[]) => keys.flatMap((key) => fields.get(key) ?? []);
  const usual: ImageRecord = {
    newName: get('newName'),
    registry: get('registry'),
    name: get('name'),
    repository: get('repository'),
    image: get('image'),
    tags: some('newTag', 'tag'),
    digest: get('digest'),
    sha: isSha(get('sha')) ? get('sha') : undefined,
  };
  const prefixed: ImageRecord = {
    newName: undefined,
    registry: get('imageRegistry'),
    name: get('imageName'),
    repository: get('imageRepository'),
    image: get('image'),
    tags: some('imageTag'),
    digest: get('imageDigest'),
    sha: undefined,
  };
  const hasName = ({ newName, name, repository, image }: ImageRecord) =>
    [newName, name, repository, image].some((field) => textOf(field, anchors) !== undefined);
  return [usual, ...(isVersioned(prefixed) ? [prefixed] : [])].filter(hasName);
}

/** Whether a record says a version of its image. */
export function isVersioned({ tags, digest, sha }: ImageRecord): boolean {
  return tags.length > 0 || digest !== undefined || sha !== undefined;
}

/**
 * Whether a record is of an image: its `newName`, else `name`, `repository` or `image`, with `registry` before it, or
 * `repository` and `name` joined, name it; for Kustomize's form its `name` alone.
 */
export function isRecordOf(record: ImageRecord, target: ImageTarget, anchors: Anchors): boolean {
  const { kustomizeName, reference } = target;
  if (kustomizeName !== undefined) {
    const isEntry = record.repository === undefined && record.image === undefined;
    return isEntry && textOf(record.name, anchors) === kustomizeName;
  }
  return candidates(record, anchors).some((name) => parseImageReference(name)?.name === reference.name);
}

/**
 * What in a record contradicts that it is of this image, as the rest of a sentence; undefined when all agree.
 */
export function disagreement(record: ImageRecord, target: ImageTarget, anchors: Anchors): string | undefined {
  const tags = record.tags.map((field) => textOf(field, anchors) ?? '');
  if (new Set(tags).size > 1)
    return `disagrees with a second tag beside it (${tags.join(' and ')}); keep one of them`;
  if (target.kustomizeName !== undefined || record.newName !== undefined) return undefined;
  const inline = parseImageReference(textOf(record.image, anchors) ?? '');
  if (inline?.tag !== undefined && tags[0] !== undefined && inline.tag !== tags[0])
    return `disagrees with the tag of the image beside it (${tags[0]} and ${inline.tag}); keep one of them`;
  const other = ([record.name, record.repository, record.image] as const)
    .map((field) => completed(textOf(field, anchors), record, anchors))
    .find((name) => name !== undefined && isOther(name, target));
  return other === undefined || isJoined(record, target, anchors)
    ? undefined
    : `stands beside the names of two images (${target.reference.written} and ${other}); keep one of them`;
}

/** A name with a path is a name of an image for certain; a bare word may be anything. */
function isOther(name: string, { reference }: ImageTarget): boolean {
  const parsed = parseImageReference(name);
  return name.includes('/') && parsed !== undefined && parsed.name !== reference.name;
}

function isJoined(record: ImageRecord, { reference }: ImageTarget, anchors: Anchors): boolean {
  return joined(record, anchors).some((name) => parseImageReference(name)?.name === reference.name);
}

/** Every name that a record may mean; with `newName` that alone. */
export function candidates(record: ImageRecord, anchors: Anchors): readonly string[] {
  const newName = textOf(record.newName, anchors);
  if (newName !== undefined) return [newName];
  const single = [record.name, record.repository, record.image].flatMap(
    (field) => completed(textOf(field, anchors), record, anchors) ?? [],
  );
  return [...single, ...joined(record, anchors)];
}

/** `repository: ghcr.io/acme` with `name: web`. */
function joined(record: ImageRecord, anchors: Anchors): readonly string[] {
  const repository = completed(textOf(record.repository, anchors), record, anchors);
  const last = textOf(record.name, anchors) ?? textOf(record.image, anchors);
  return repository === undefined || last === undefined ? [] : [`${repository}/${last}`];
}

function completed(name: string | undefined, record: ImageRecord, anchors: Anchors): string | undefined {
  const registry = textOf(record.registry, anchors);
  if (name === undefined || !registry || name.startsWith(`${registry}/`)) return name;
  return `${registry}/${name}`;
}

function isSha(field: Field | undefined): boolean {
  if (!isScalar(field?.node)) return false;
  const { value } = field.node;
  return value === null || value === '' || (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value));
}
