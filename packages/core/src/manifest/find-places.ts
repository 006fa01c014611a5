import { ConfigurationError } from '../action/index.ts';
import type { ImageTarget } from '../image/index.ts';
import { placeOfEntry } from './add-entries.ts';
import { addressesOf, addressSentence, type FoundAddress } from './find-addresses.ts';
import { mention } from './find-images.ts';
import { type ManifestFile, type OpenFile, openFile } from './manifest-files.ts';
import { placesOfImage } from './place-images.ts';
import { placeOfValue } from './place-values.ts';
import type { Place } from './places.ts';
import type { ValueTarget } from './value-target.ts';

export interface Wanted {
  readonly images: readonly ImageTarget[];
  readonly values?: readonly ValueTarget[];
  /** Add a Kustomization's `images` entry, a `digest` beside a tag, or the last key of a path, instead of failing. */
  readonly addMissing?: boolean;
}

export interface Found {
  readonly files: readonly OpenFile[];
  /** In the order of the files and their lines. */
  readonly places: readonly Place[];
  /** What looks like one of the images, and is left alone as a host and its port. */
  readonly addresses: readonly FoundAddress[];
}

/**
 * Finds where images and values stand, so that a caller can decide on each place before `applyPlaces`. Pure.
 *
 * @param files YAML or JSON, UTF-8; with those that `values` name
 * @throws ConfigurationError when an image or a value stands nowhere, or a file that holds it cannot be parsed
 */
export function findPlaces(files: readonly ManifestFile[], wanted: Wanted): Found {
  const { images, values = [], addMissing = false } = wanted;
  const named = new Set(values.map(({ file }) => file));
  const opened = files
    .filter((file) => named.has(file.path) || mayHold(file, images, addMissing))
    .map(openFile);
  const places = [
    ...images.flatMap((target) => placesOf(opened, target, addMissing, files)),
    ...values.map((target) => placeOfValue(opened, target, addMissing)),
  ];
  const order = new Map(opened.map(({ path }, index) => [path, index]));
  const position = ({ file }: Place) => order.get(file) ?? 0;
  return {
    files: opened,
    places: places.toSorted((a, b) => position(a) - position(b) || a.line - b.line),
    addresses: images.flatMap((target) => addressesOf(opened, target)),
  };
}

function placesOf(
  opened: readonly OpenFile[],
  target: ImageTarget,
  addMissing: boolean,
  files: readonly ManifestFile[],
): readonly Place[] {
  const places = opened.flatMap((file) => placesOfImage(file, target, addMissing));
  if (places.length > 0) return withoutBareNames(places);
  const added = addMissing ? placeOfEntry(opened, target) : undefined;
  if (added === undefined) throw notFound(target, { files, opened, addMissing });
  return [added];
}

/**
 * A bare `image: acme/web` beside places that hold a release is the base that an overlay or a chart fills in: it stays.
 * Where nothing else holds one, it is the place.
 */
function withoutBareNames(places: readonly Place[]): readonly Place[] {
  if (!places.some(({ current }) => current !== undefined)) return places;
  return places.filter(
    ({ current, values }) => current !== undefined || values.every(({ from }) => from === ''),
  );
}

/** A picture in the folder is not even decoded. */
function mayHold(
  { path, content }: ManifestFile,
  images: readonly ImageTarget[],
  addMissing: boolean,
): boolean {
  if (images.some((target) => content.includes(mention(target)))) return true;
  return addMissing && (/kustomization/i.test(path) || content.includes('kustomize.config.k8s.io/'));
}

interface Searched {
  readonly files: readonly ManifestFile[];
  readonly opened: readonly OpenFile[];
  readonly addMissing: boolean;
}

function notFound(target: ImageTarget, { files, opened, addMissing }: Searched): ConfigurationError {
  const what =
    target.kustomizeName === undefined
      ? `the image ${target.reference.written}`
      : `an images entry with the name "${target.kustomizeName}"`;
  const where = files.length > 3 ? `${files.length} files` : files.map((file) => file.path).join(', ');
  const none = addMissing ? ', and none is a Kustomization that could take it' : '';
  return new ConfigurationError(
    `No place in ${where} holds ${what}${none}${passedOver(opened, target)}; add it there once by hand, or correct the inputs "path" and "images". Nothing was written.`,
  );
}

/** What looks like the image and is not taken for one. */
function passedOver(opened: readonly OpenFile[], target: ImageTarget): string {
  const [first] = addressesOf(opened, target);
  return first === undefined ? '' : ` (${addressSentence(first)})`;
}
