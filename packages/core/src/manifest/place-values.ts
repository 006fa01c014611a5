import { isScalar } from 'yaml';
import { ConfigurationError } from '../action/index.ts';
import { planScalar, spliceable, type Value } from './edits.ts';
import type { Field } from './fields.ts';
import { followPath, type MissingKey, type PathMatches } from './follow-path.ts';
import { writtenValue } from './image-values.ts';
import type { OpenFile, Part } from './manifest-files.ts';
import { fluxWarning } from './place-images.ts';
import type { Place } from './places.ts';
import { stands, typed } from './typed-value.ts';
import type { ValueTarget } from './value-target.ts';
import { start } from './yaml-text.ts';

interface PartMatches extends PathMatches {
  readonly part: Part;
}

/**
 * The one place that a path leads to, over all documents of its file.
 *
 * @throws ConfigurationError when there is none or more than one, or the value cannot take this type
 */
export function placeOfValue(files: readonly OpenFile[], target: ValueTarget, addMissing: boolean): Place {
  const file = files.find(({ path }) => path === target.file);
  if (file === undefined)
    throw new ConfigurationError(
      `Input "values" names ${target.file}, which is not in the repository or not a regular file; nothing was written.`,
    );
  const matches = file.parts.filter((part) => mayHold(part, target)).map((part) => matchesIn(part, target));
  const found = matches.flatMap((one) => one.found.map((field) => ({ part: one.part, field })));
  const missing = matches.flatMap((one) => one.missing.map((key) => ({ part: one.part, key })));
  const [value] = found;
  const [key] = missing;
  const isAdded = addMissing && found.every(({ field }) => field.isMerged);
  const places = isAdded
    ? missing.map(({ part, key: { map } }) => ({ part, node: map }))
    : found.map(({ part, field }) => ({ part, node: field.node }));
  if (places.length > 1) {
    const lines = places.map(({ part, node }) => part.source().line(start(node)));
    throw new ConfigurationError(
      `${file.path} has ${target.path} in ${places.length} places (lines ${lines.join(', ')}); give a path that leads to one. Nothing was written.`,
    );
  }
  if (isAdded && key !== undefined) return planAdded(file, key.part, key.key, target);
  if (value !== undefined) return planValue(file, value.part, value.field, target);
  const cure =
    missing.length > 0 ? 'add it there once by hand, or set the input "add-missing"' : 'correct the path';
  throw new ConfigurationError(`${file.path} has no ${target.path}; ${cure}. Nothing was written.`);
}

function matchesIn(part: Part, { steps }: ValueTarget): PartMatches {
  const { documents, anchors } = part.source();
  const all = documents.map(({ contents }) => followPath(contents, steps, anchors));
  return { part, found: all.flatMap(({ found }) => found), missing: all.flatMap(({ missing }) => missing) };
}

/** A document without the text of the first key need not be parsed. */
function mayHold({ text }: Part, { steps }: ValueTarget): boolean {
  const [first] = steps;
  return steps.length < 2 || first?.kind !== 'key' || text.includes(first.key) || text.includes('\\');
}

function planValue(file: OpenFile, part: Part, field: Field, target: ValueTarget): Place {
  const source = part.source();
  const line = source.line(start(field.node));
  const marks = part.marksAt([field.node]);
  const from = writtenValue(field.node);
  const { text: to } = target.value;
  const value = isScalar(field.node) ? typed(source, field, target, field.node) : undefined;
  const isUpdated = value === undefined || !stands(field, value);
  return {
    target,
    file: file.path,
    line,
    path: field.path,
    current: undefined,
    // A blocked release stays out whichever input brings it.
    release: marks.blocked === undefined ? undefined : to,
    hold: file.hold() ?? marks.hold,
    blocked: marks.blocked,
    warning: fluxWarning(file.path, line, marks.imagePolicy),
    values: [{ line, path: field.path, from, to, isUpdated }],
    nodes: [field.node],
    part,
    write: (edits) => {
      const scalar = spliceable(source, field);
      planScalar(source, edits, field, typed(source, field, target, scalar), isUpdated);
      if (isUpdated && marks.blocked !== undefined) edits.cuts.set(marks.blocked.from, marks.blocked.to);
    },
  };
}

function planAdded(
  file: OpenFile,
  part: Part,
  { map, path, key, inside }: MissingKey,
  target: ValueTarget,
): Place {
  const source = part.source();
  const line = source.line(start(map));
  const { value } = target;
  const added: Value = value.kind === 'keep' ? { kind: 'text', text: value.text } : value;
  return {
    target,
    file: file.path,
    line,
    path,
    current: undefined,
    release: undefined,
    hold: file.hold(),
    blocked: undefined,
    warning: undefined,
    values: [{ line, path, from: '', to: added.text, isUpdated: true }],
    nodes: [],
    part,
    write: (edits) => {
      if (inside !== undefined)
        throw new ConfigurationError(
          `${source.at(start(map))}: ${path} would stand inside the anchor &${inside}, and its aliases would change with it; nothing was written.`,
        );
      const pairs = edits.pairs.get(map) ?? [];
      if (pairs.some(([name]) => name === key))
        throw new ConfigurationError(
          `${source.at(start(map))}: ${path} is set twice; set it once. Nothing was written.`,
        );
      edits.pairs.set(map, [...pairs, [key, added]]);
    },
  };
}
