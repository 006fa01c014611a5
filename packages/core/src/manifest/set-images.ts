import type { Scalar } from 'yaml';
import { ConfigurationError } from '../action/index.ts';
import type { ImageTarget } from '../image/index.ts';
import { findImage } from './find-images.ts';
import { type Change, setPlaces } from './set-places.ts';
import { splice } from './splice.ts';
import { decodeUtf8, parseYamlText, type YamlText } from './yaml-text.ts';

/** A file as it was read. */
export interface ManifestFile {
  readonly path: string;
  readonly content: Buffer;
}

export interface Manifests {
  /** Only the files whose text changed. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** Every place that was found, sorted by file and line. */
  readonly changes: readonly Change[];
}

/**
 * Sets images in manifests, changing no byte that was not asked for. Pure.
 *
 * @param files YAML or JSON, UTF-8
 * @throws ConfigurationError when an image stands nowhere, or at a place that cannot be set without touching more
 */
export function setImages(files: readonly ManifestFile[], targets: readonly ImageTarget[]): Manifests {
  const edited = files.flatMap((file) => setImagesOfFile(file, targets));
  for (const target of targets) {
    if (!edited.some(({ found }) => found.has(target))) throw notFound(target, files);
  }
  return {
    files: edited.flatMap(({ path, content, isChanged }) => (isChanged ? [{ path, content }] : [])),
    changes: edited.flatMap(({ changes }) => changes),
  };
}

interface EditedFile {
  readonly path: string;
  readonly content: string;
  readonly isChanged: boolean;
  readonly changes: readonly Change[];
  readonly found: ReadonlySet<ImageTarget>;
}

function setImagesOfFile(
  { path, content }: ManifestFile,
  targets: readonly ImageTarget[],
): readonly EditedFile[] {
  // A file that does not even mention the image (a chart's template, a picture) need not be YAML.
  const mentioned = targets.filter((target) => content.includes(mention(target)));
  if (mentioned.length === 0) return [];
  const source = parseOrPass(path, content, mentioned);
  if (source === undefined) return [];
  const edits = new Map<Scalar, string>();
  const changes: Change[] = [];
  const found = new Set<ImageTarget>();
  for (const target of mentioned) {
    for (const places of source.documents.flatMap((document) => findImage(document, target))) {
      found.add(target);
      changes.push(...setPlaces(source, places, target.reference, edits));
    }
  }
  const text = splice(source, edits);
  changes.sort((a, b) => a.line - b.line);
  return [{ path, content: text, isChanged: text !== source.text, changes, found }];
}

/** A chart's template that has one word in common with the image is no manifest of it; a broken one that names it is. */
function parseOrPass(path: string, content: Buffer, targets: readonly ImageTarget[]): YamlText | undefined {
  try {
    return parseYamlText(path, decodeUtf8(path, content));
  } catch (error) {
    const names = targets.map(
      ({ kustomizeName, reference }) => kustomizeName ?? reference.name.replace(/^[^/]+\/(?:library\/)?/, ''),
    );
    if (names.some((name) => content.includes(name))) throw error;
    return undefined;
  }
}

/** The shortest text that a file with this image contains: the last part of its name, or the entry's name. */
function mention({ kustomizeName, reference }: ImageTarget): string {
  return kustomizeName ?? reference.name.slice(reference.name.lastIndexOf('/') + 1);
}

function notFound(target: ImageTarget, files: readonly ManifestFile[]): ConfigurationError {
  const what =
    target.kustomizeName === undefined
      ? `the image ${target.reference.written}`
      : `an images entry with the name "${target.kustomizeName}"`;
  const where = files.length > 3 ? `${files.length} files` : files.map((file) => file.path).join(', ');
  return new ConfigurationError(
    `No place in ${where} holds ${what}; add it there once by hand, or correct the inputs "path" and "images". Nothing was written.`,
  );
}
