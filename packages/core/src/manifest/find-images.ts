import type { Node, YAMLMap } from 'yaml';
import { type ImageTarget, normalizeImageName, parseImageReference } from '../image/index.ts';
import type { Field } from './fields.ts';
import { isHostAndPort } from './image-keys.ts';
import { disagreement, isRecordOf, isVersioned } from './image-record.ts';
import { type FoundRecord, type FoundScalar, type ImageSurvey, surveyImages } from './survey-images.ts';
import { parseYamlText, type YamlText } from './yaml-text.ts';

/** One value of a manifest that belongs to an image. */
export interface ImageField extends Field {
  /**
   * Which part of the reference stands there; `entry` is Kustomize's `name=reference` in one text, `block` a text that is
   * YAML itself and has the image somewhere in it.
   */
  readonly holds: 'reference' | 'entry' | 'name' | 'tag' | 'digest' | 'sha' | 'block';
}

/** Places of one image that belong together: a reference, or the keys of one map. */
export interface ImagePlace {
  readonly fields: readonly ImageField[];
  /** The nodes that name the image beside them. */
  readonly namedBy: readonly Node[];
  /** The map that could take another key. */
  readonly map: YAMLMap | undefined;
  /** Why it must not be written, as the rest of a sentence. */
  readonly disagreement: string | undefined;
}

/**
 * Finds an image by structure, so that a kind needs no code: a scalar that is a reference to that image, or a map whose
 * `newName`, else `name`, `repository` or `image` (with an optional `registry`) names it, with a sibling `newTag` or `tag`,
 * or `digest`. Fields: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/ and the convention
 * of Helm charts.
 */
export function findImage(
  { source, records, scalars }: ImageSurvey,
  target: ImageTarget,
): readonly ImagePlace[] {
  const named = records.filter((record) => isVersioned(record) && isRecordOf(record, target, source.anchors));
  const places = named.map((record) => placeOfRecord(record, target, source));
  // `image: acme/web` with its tag beside it takes no second one.
  const names = new Set(named.map(({ image }) => image?.node));
  const references = scalars.flatMap((found) => {
    const holds = holdsImage(found, target);
    const isName = names.has(found.node) && !/[:@]/.test(found.scalar.value.replace(/^.*\//s, ''));
    return holds === undefined || isName ? [] : [placeOfField({ ...found, holds }, target)];
  });
  return [...places, ...references];
}

/** An entry of a Kustomization's own `images` that has neither tag nor digest yet. */
export function findBareEntry({ source, records }: ImageSurvey, target: ImageTarget): YAMLMap | undefined {
  return records.find(
    (record) =>
      /^images\[\d+\]$/.test(record.path) &&
      !isVersioned(record) &&
      isRecordOf(record, target, source.anchors),
  )?.map;
}

/** The shortest text that a file with this image contains: the last part of its name, or the entry's name. */
export function mention({ kustomizeName, reference }: ImageTarget): string {
  return kustomizeName ?? reference.name.slice(reference.name.lastIndexOf('/') + 1);
}

function placeOfField(field: ImageField, target: ImageTarget): ImagePlace {
  const disagreement = field.holds === 'block' ? blockCure(field.path, target) : undefined;
  return { fields: [field], namedBy: [], map: undefined, disagreement };
}

function placeOfRecord(record: FoundRecord, target: ImageTarget, { anchors }: YamlText): ImagePlace {
  const fields = (holds: ImageField['holds'], ...all: readonly (Field | undefined)[]): ImageField[] =>
    all.flatMap((field) => (field === undefined ? [] : [{ ...field, holds }]));
  const { newName, name, repository, image, map } = record;
  return {
    fields: [
      ...(target.kustomizeName === undefined ? [] : fields('name', newName)),
      ...fields('tag', ...record.tags),
      ...fields('digest', record.digest),
      ...fields('sha', record.sha),
    ],
    namedBy: [newName, name, repository, image].flatMap((field) =>
      field === undefined || field.isMerged ? [] : [field.node],
    ),
    map,
    disagreement: disagreement(record, target, anchors),
  };
}

/** A scalar with a tag or digest is a reference wherever it stands, unless it is an address; a bare name only under the key `image`. */
function holdsImage(found: FoundScalar, target: ImageTarget): ImageField['holds'] | undefined {
  const { scalar, key } = found;
  const text = scalar.value;
  if (!text.includes(mention(target))) return undefined;
  if (text.includes('\n')) return isFoundIn(text, target) ? 'block' : undefined;
  const equals = text.indexOf('=');
  if (equals > 0) return isEntry(found, equals, target) ? 'entry' : undefined;
  if (target.kustomizeName !== undefined) return undefined;
  const reference = parseImageReference(text);
  if (reference?.name !== target.reference.name || isHostAndPort(found, reference)) return undefined;
  return reference.tag !== undefined || reference.digest !== undefined || key === 'image'
    ? 'reference'
    : undefined;
}

/** `web=ghcr.io/acme/web:v1`, as Argo CD's `kustomize.images` has it. */
function isEntry(found: FoundScalar, equals: number, { kustomizeName, reference }: ImageTarget): boolean {
  const text = found.scalar.value;
  const entry = parseImageReference(text.slice(equals + 1));
  const name = text.slice(0, equals);
  // A flag of a container, such as --image=…, is not ours to know.
  if (found.key !== undefined || entry === undefined || normalizeImageName(name) === undefined) return false;
  if (isHostAndPort(found, entry)) return false;
  return kustomizeName === undefined ? entry.name === reference.name : name === kustomizeName;
}

/** Values inside a text, such as Argo CD's `helm.values: |`: nothing shows which of its bytes a reader takes for YAML. */
function blockCure(path: string, { kustomizeName, reference }: ImageTarget): string {
  const cure = path.endsWith('helm.values')
    ? 'write the values under "valuesObject" instead of "values"'
    : 'write them as YAML of their own, or the image on one line';
  return `is a block of text (| or >) that holds the image ${kustomizeName ?? reference.written}; ${cure}`;
}

function isFoundIn(text: string, target: ImageTarget): boolean {
  try {
    return findImage(surveyImages(parseYamlText('', text)), target).length > 0;
  } catch {
    return false;
  }
}
