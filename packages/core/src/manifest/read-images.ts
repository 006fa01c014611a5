import type { Scalar } from 'yaml';
import { type ImageReference, normalizeImageName, parseImageReference } from '../image/index.ts';
import type { Anchors } from './anchors.ts';
import { type Field, textOf } from './fields.ts';
import { isHostAndPort } from './image-keys.ts';
import { candidates, isVersioned } from './image-record.ts';
import { writtenValue } from './image-values.ts';
import { type ManifestFile, openFile, type Part } from './manifest-files.ts';
import { type FoundRecord, type FoundScalar, type ImageSurvey, surveyImages } from './survey-images.ts';
import { start } from './yaml-text.ts';

/** An image as it stands in a manifest. */
export interface ReadImage {
  /** With neither tag nor digest for a bare `image: acme/web`. */
  readonly reference: ImageReference;
  /** Full names that the place may mean, the likeliest first: a chart's `repository` with a `name` may be one or both. */
  readonly names: readonly string[];
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /**
   * `certain`: keys say so, or a registry's host is in it. `likely`: a text with a slash, such as `acme/web:v1`. `doubtful`: two
   * words that may mean something else, such as `user:admin`.
   */
  readonly certainty: 'certain' | 'likely' | 'doubtful';
}

/**
 * Reads the images of manifests by structure, by the rules that `findPlaces` finds them with, without being told which.
 * Blocks of text that are YAML themselves are not read. Pure.
 *
 * @param files YAML or JSON, UTF-8; a template of a chart is passed over
 * @returns in the order of files and lines
 * @throws ConfigurationError with file and line when one is no YAML
 */
export function readImages(files: readonly ManifestFile[]): readonly ReadImage[] {
  return files.flatMap((file) => {
    const images = openFile(file).parts.flatMap((part) => imagesOf(file.path, part));
    return images.toSorted((a, b) => a.line - b.line);
  });
}

function imagesOf(file: string, part: Part): readonly ReadImage[] {
  const survey = surveyOf(part);
  if (survey === undefined) return [];
  const at = ({ node }: Field) => ({ file, line: survey.source.line(start(node)) });
  const versioned = survey.records.filter(isVersioned);
  const names = new Set(versioned.map(({ image }) => image?.node));
  const versions = new Set(
    versioned.flatMap(({ tags, digest, sha }) => [...tags, digest, sha].map((field) => field?.node)),
  );
  const records = versioned.flatMap((record) => {
    const read = ofRecord(record, survey.source.anchors);
    const first = record.tags[0] ?? record.digest ?? record.sha;
    return read === undefined || first === undefined ? [] : [{ ...read, ...at(first) }];
  });
  const scalars = survey.scalars.flatMap((found) => {
    const isName = names.has(found.node) && !/[:@]/.test(lastPart(found.scalar));
    const read = isName || versions.has(found.node) ? undefined : ofScalar(found);
    return read === undefined ? [] : [{ ...read, ...at(found) }];
  });
  return [...records, ...scalars];
}

function surveyOf(part: Part): ImageSurvey | undefined {
  try {
    return surveyImages(part.source());
  } catch (error) {
    if (/\{\{/.test(part.text)) return undefined;
    throw error;
  }
}

type Read = Omit<ReadImage, 'file' | 'line'>;

function ofRecord(record: FoundRecord, anchors: Anchors): Read | undefined {
  const written = candidates(record, anchors).flatMap((name) => parseImageReference(name) ?? []);
  const likeliest = likeliestOf(record, written, anchors);
  if (likeliest === undefined) return undefined;
  // Some charts take `v1@sha256:…` as a tag.
  const [tag = '', inTag = ''] = textWritten(record.tags[0], anchors).split('@');
  const sha = textWritten(record.sha, anchors);
  const digest = textWritten(record.digest, anchors) || (sha && `sha256:${sha}`) || inTag;
  const text = `${likeliest.written}${tag && `:${tag}`}${digest && `@${digest}`}`;
  const reference = parseImageReference(text);
  if (reference === undefined) return undefined;
  const names = [likeliest, ...written].map(({ name }) => name);
  return { reference, names: [...new Set(names)], certainty: 'certain' };
}

/** A chart's `repository` is most often whole; `ghcr.io/acme` beside a `name` is not. */
function likeliestOf(
  record: FoundRecord,
  written: readonly ImageReference[],
  anchors: Anchors,
): ImageReference | undefined {
  const repository = textOf(record.repository, anchors);
  const fits = ({ written: one }: ImageReference) => one === repository || one.endsWith(`/${repository}`);
  const whole = repository === undefined ? undefined : written.find(fits);
  const joined = written.find((one) => whole !== undefined && one.written.startsWith(`${whole.written}/`));
  const isHostAndOne = whole !== undefined && /^[^/]*[.:][^/]*\/[^/]+$/.test(whole.written);
  if (isHostAndOne && joined !== undefined) return joined;
  return whole ?? written.find((one) => one.written.includes('/')) ?? written[0];
}

function ofScalar(found: FoundScalar): Read | undefined {
  const { scalar, key } = found;
  const text = scalar.value;
  const equals = text.indexOf('=');
  // `web=ghcr.io/acme/web:v1`, as Argo CD's `kustomize.images` has it.
  const isEntry = equals > 0 && key === undefined && normalizeImageName(text.slice(0, equals)) !== undefined;
  const reference = parseImageReference(isEntry ? text.slice(equals + 1) : text);
  if (reference === undefined || isHostAndPort(found, reference)) return undefined;
  if (reference.tag === undefined && reference.digest === undefined && key !== 'image') return undefined;
  const hasHost = /^[^/]*[.:][^/]*\//.test(reference.written);
  const isCertain = found.saysImage || isEntry || hasHost;
  const certainty = isCertain ? 'certain' : reference.written.includes('/') ? 'likely' : 'doubtful';
  return { reference, names: [reference.name], certainty };
}

/** A tag as it was written: `1.10` stays `1.10`. */
function textWritten(field: Field | undefined, anchors: Anchors): string {
  const node = field === undefined ? undefined : anchors.resolve(field.node);
  return node === undefined ? '' : writtenValue(node);
}

function lastPart({ value }: Scalar<string>): string {
  return value.replace(/^.*\//s, '');
}
