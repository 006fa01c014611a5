import { ConfigurationError, messageOf } from '@gitops-actions/core/action';
import type { RepositoryFile } from '@gitops-actions/core/gitops';
import type { ImageReference, ImageTarget } from '@gitops-actions/core/image';
import {
  applyPlaces,
  type BlockedRelease,
  findPlaces,
  type ManifestFile,
  type Place,
  readImages,
  releaseOf,
  standingReferences,
  versionText,
} from '@gitops-actions/core/manifest';
import type { Promotion } from './select-images.ts';

/** A place where the pull request's branch holds another release of an image than its base. */
export interface Stray {
  readonly promotion: Promotion;
  readonly file: string;
  readonly path: string;
  /** What the branch holds. */
  readonly carried: ImageReference;
  /** What the base holds there; undefined where it has no such place. */
  readonly base: ImageReference | undefined;
  /** The mark that the base has there. */
  readonly mark: BlockedRelease | undefined;
  /** Whether the branch has lost it. */
  readonly isUnmarked: boolean;
}

/** Everywhere that a branch holds another release of an image than its base; places on hold are left out. Pure. */
export function straysOf(
  promotion: Promotion,
  branch: readonly RepositoryFile[],
  base: readonly RepositoryFile[],
): readonly Stray[] {
  const before = new Map(placesOf(promotion, base).map((place) => [keyOf(place), place]));
  return placesOf(promotion, branch).flatMap((place) => {
    const there = before.get(keyOf(place));
    const carried = referenceAt(place, promotion, branch);
    const old = there && referenceAt(there, promotion, base);
    if (carried === undefined || place.hold !== undefined || sameVersion(carried, old)) return [];
    const mark = there?.blocked;
    const isUnmarked = mark !== undefined && place.blocked === undefined;
    return [{ promotion, file: place.file, path: place.path, carried, base: old, mark, isUnmarked }];
  });
}

/** A place by its file and path. */
export function keyOf({ file, path }: { readonly file: string; readonly path: string }): string {
  return `${file}\n${path}`;
}

/** `ghcr.io/acme/web:v2`. */
export function textOf({ written, ...reference }: ImageReference): string {
  return `${written}${reference.tag === undefined ? '@' : ':'}${versionText({ written, ...reference })}`;
}

/**
 * The files with what the base has at these places, marks included. Pure.
 *
 * @throws ConfigurationError where that is not to be had without touching more
 */
export function putBack(
  files: readonly RepositoryFile[],
  strays: readonly Stray[],
): readonly RepositoryFile[] {
  return files.map((file) => {
    let { content } = file;
    for (const stray of strays)
      if (stray.file === file.path) content = withBase({ path: file.path, content }, stray);
    return { ...file, content };
  });
}

function withBase(file: ManifestFile, { base, mark, path, carried }: Stray): Buffer {
  const cannot = (why: string) =>
    new ConfigurationError(
      `The branch of the pull request still holds ${textOf(carried)} (${file.path}: ${path}), which cannot be taken back: ${why}. Close the pull request, or put the value back by hand.`,
    );
  if (base === undefined || releaseOf(base) === '') throw cannot('its base has no release there');
  try {
    const found = findPlaces([file], { images: [{ reference: base, kustomizeName: undefined }] });
    const done = applyPlaces(found, (place) => (place.path === path ? (mark ?? 'write') : 'superseded'));
    return Buffer.from(done.files[0]?.content ?? file.content);
  } catch (error) {
    throw cannot(messageOf(error).replace(/\.? Nothing was written\.$/, ''));
  }
}

function placesOf({ reference }: Promotion, files: readonly RepositoryFile[]): readonly Place[] {
  const target: ImageTarget = { reference, kustomizeName: undefined };
  const own = files.filter((file) => standingReferences(file, target).length > 0);
  return own.length === 0 ? [] : findPlaces(own, { images: [target] }).places;
}

/** The whole reference, under the name that is promoted. */
function referenceAt(
  { file, line, current }: Place,
  { reference: { name } }: Promotion,
  files: readonly RepositoryFile[],
): ImageReference | undefined {
  const found = readImages(files.filter(({ path }) => path === file)).find(
    (image) =>
      image.line === line && image.names.includes(name) && releaseOf(image.reference) === (current ?? ''),
  );
  return found && { ...found.reference, name };
}

function sameVersion(a: ImageReference, b: ImageReference | undefined): boolean {
  return b !== undefined && a.tag === b.tag && a.digest === b.digest;
}
