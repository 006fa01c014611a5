import { type Edits, noEdits } from './edits.ts';
import type { Found } from './find-places.ts';
import type { Part } from './manifest-files.ts';
import type { Place } from './places.ts';
import { splice } from './splice.ts';
import { type BlockedRelease, planMark } from './write-marks.ts';

/** One value that was found, and what became of it. */
export interface Change {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly path: string;
  /** Empty when the value was empty or missing. */
  readonly from: string;
  readonly to: string;
  readonly result: 'updated' | 'unchanged' | 'superseded' | 'held';
}

/** What a caller makes of a place; a mark is written together with it, in the place of an older one; its own mark stays. */
export type Decision = 'write' | 'superseded' | 'held' | BlockedRelease;

export interface Manifests {
  /** Only the files whose text changed. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** Every value that was found, sorted by file and line. */
  readonly changes: readonly Change[];
  /** Places that were written without the mark they were to have, because none can stand there. */
  readonly unmarked: readonly Place[];
}

/**
 * Writes what was found, changing no byte that was not asked for. Pure.
 *
 * @param decide of a place; not asked where a `hold` mark stands. Writing a place removes its `blocked` mark, or sets the
 *   one that is asked for
 * @throws ConfigurationError with file and line when a place cannot be set without touching more; nothing is written then
 */
export function applyPlaces(found: Found, decide: (place: Place) => Decision): Manifests {
  const edits = new Map<Part, Edits>();
  const unmarked: Place[] = [];
  const changes = found.places.flatMap((place) => {
    const decision = place.hold === undefined ? decide(place) : 'held';
    if (decision === 'superseded' || decision === 'held') return changesOf(place, decision);
    const planned = editsOf(place.part, edits);
    place.write(planned);
    if (decision !== 'write' && !planMark(place, planned, decision)) unmarked.push(place);
    return changesOf(place, 'write');
  });
  const files = found.files.flatMap(({ path, parts }) => {
    const texts = parts.map((part) => newText(part, edits.get(part)));
    const isChanged = texts.some((text, index) => text !== parts[index]?.text);
    return isChanged ? [{ path, content: texts.join('') }] : [];
  });
  const order = new Map(found.files.map(({ path }, index) => [path, index]));
  const position = ({ file }: Change) => order.get(file) ?? 0;
  return {
    files,
    changes: changes.toSorted((a, b) => position(a) - position(b) || a.line - b.line),
    unmarked,
  };
}

function editsOf(part: Part, edits: Map<Part, Edits>): Edits {
  const made = edits.get(part) ?? noEdits();
  edits.set(part, made);
  return made;
}

function newText(part: Part, edits: Edits | undefined): string {
  return edits === undefined ? part.text : splice(part.source(), edits);
}

function changesOf({ file, values }: Place, decision: 'write' | 'superseded' | 'held'): readonly Change[] {
  return values.map(({ line, path, from, to, isUpdated }) => {
    const result = decision !== 'write' ? decision : isUpdated ? 'updated' : 'unchanged';
    return { file, line, path, from, to, result };
  });
}
