import { isScalar, Scalar } from 'yaml';
import { ConfigurationError } from '../action/index.ts';
import type { ImageTarget } from '../image/index.ts';
import { type Edits, planScalar } from './edits.ts';
import { findImage, type ImageField, type ImagePlace } from './find-images.ts';
import { currentRelease, imageValues, type Refusal, writtenValue } from './image-values.ts';
import { type OpenFile, type Part, surveyFor } from './manifest-files.ts';
import type { Place, PlannedValue } from './places.ts';
import { isPlainSafe } from './quoting.ts';
import { start, type YamlText } from './yaml-text.ts';

/** Every place of an image in a file. */
export function placesOfImage(file: OpenFile, target: ImageTarget, addMissing: boolean): readonly Place[] {
  return file.parts.flatMap((part) => {
    const survey = surveyFor(part, target);
    if (survey === undefined) return [];
    return findImage(survey, target).map((place) => planImage(file, part, place, target, addMissing));
  });
}

/** The sentence that Flux writes a place too; undefined when it does not. */
export function fluxWarning(file: string, line: number, policy: string | undefined): string | undefined {
  return policy === undefined
    ? undefined
    : `${file}:${line} is also written by Flux's image policy ${policy}, which may set it again; remove its marker, or leave this image to Flux.`;
}

function planImage(
  file: OpenFile,
  part: Part,
  place: ImagePlace,
  target: ImageTarget,
  addMissing: boolean,
): Place {
  const source = part.source();
  const { fields, missingDigest, refusal } = imageValues(place, target.reference);
  const values = fields.map(({ field, to }) => plannedValue(source, field, to));
  const version = place.fields.filter(({ holds }) => holds !== 'name');
  const [first = place.fields[0]] = version;
  const line = source.line(first === undefined ? 0 : start(first.node));
  const nodes = [...new Set([...version, ...place.fields].map(({ node }) => node)), ...place.namedBy];
  const marks = part.marksAt(nodes);
  const added = missingDigest === undefined ? undefined : addDigest(source, place, missingDigest, addMissing);
  const addedValue =
    added === undefined ? [] : [{ line, path: added.path, from: '', to: added.to, isUpdated: true }];
  return {
    target,
    file: file.path,
    line,
    path: first?.path ?? '',
    current: currentRelease(place),
    release: target.reference.tag ?? target.reference.digest,
    hold: file.hold() ?? marks.hold,
    blocked: marks.blocked,
    warning: fluxWarning(file.path, line, marks.imagePolicy),
    values: [...values, ...addedValue],
    nodes,
    part,
    write: (edits) => {
      if (refusal !== undefined) throw refused(source, refusal);
      for (const { field, to } of fields) {
        const { isUpdated } = plannedValue(source, field, to);
        planScalar(source, edits, field, { kind: 'text', text: to }, isUpdated);
      }
      added?.write(edits);
      const isUpdated = added !== undefined || values.some((value) => value.isUpdated);
      if (isUpdated && marks.blocked !== undefined) edits.cuts.set(marks.blocked.from, marks.blocked.to);
    },
  };
}

function plannedValue(source: YamlText, { node, path, holds }: ImageField, to: string): PlannedValue {
  // What stands in a block of text is known to be the image, not where.
  const from = holds === 'block' ? '' : writtenValue(node);
  return { line: source.line(start(node)), path, from, to, isUpdated: from !== to || !isCertain(node) };
}

/** A tag that some reader takes for a number or for nothing is wrong even when it looks right. */
function isCertain(node: ImageField['node']): boolean {
  if (!isScalar(node) || typeof node.value !== 'string') return false;
  return node.type !== Scalar.PLAIN || node.tag !== undefined || isPlainSafe(node.value);
}

/** The key for a digest beside a tag: asked for, or refused when it comes to writing. */
function addDigest(
  source: YamlText,
  { fields, map }: ImagePlace,
  { key, to }: { readonly key: string; readonly to: string },
  addMissing: boolean,
): { readonly path: string; readonly to: string; readonly write: (edits: Edits) => void } | undefined {
  const tag = fields.find(({ holds }) => holds === 'tag');
  if (tag === undefined) return undefined;
  const path = tag.path.replace(/[\w-]+$/, key);
  return {
    path,
    to,
    write: (edits) => {
      if (!addMissing || map === undefined)
        throw refused(source, {
          ...tag,
          because: `has no "${key}" beside it to take ${to}; add an empty one, or pass the image by tag only`,
        });
      edits.pairs.set(map, [...(edits.pairs.get(map) ?? []), [key, { kind: 'text', text: to }]]);
    },
  };
}

function refused(source: YamlText, { node, path, because }: Refusal): ConfigurationError {
  return new ConfigurationError(`${source.at(start(node))}: ${path} ${because}. Nothing was written.`);
}
