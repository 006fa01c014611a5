import { decodeName, encodeName, type Marker, markerLine, readMarker } from './marker.ts';
import { formatRevision, parseRevision, type Revision } from './revision.ts';

/** One piece of a comment: a section, or the title. */
export interface Part {
  readonly revision: Revision;
  /** Markdown with `\n` line ends and none of our markers in it; empty when the section was deleted. */
  readonly text: string;
}

/** Parts by key: `TITLE`, or what `sectionKey` makes of a section's name. */
export type Parts = ReadonlyMap<string, Part>;

/** A comment's text, understood. */
export interface CommentBody {
  readonly id: string;
  /** Names this one write among all writes. */
  readonly token: string;
  /** Token of the text that the writer had read; `-` when it created the comment. */
  readonly base: string;
  readonly parts: Parts;
  /** Its sections move to another comment or are deleted, and it goes: nobody may finish a write in it. */
  readonly isRetired?: true;
}

export const TITLE = 'title';
/** The base of a comment's first text. */
export const NO_BASE = '-';

const SECTION = 'section ';
/** As long as each other, so that a full comment can be retired. */
const LIVE = 'comment';
const RETIRED = 'retired';
const byName = new Intl.Collator('en', { numeric: true });

/** The key of a section; the empty name is the one unnamed section. */
export function sectionKey(name: string): string {
  return SECTION + name;
}

/**
 * Whether any section has a text. A deleted section stays as an empty one: its revision tells writers who had read it, and
 * older runs, that it is gone.
 */
export function hasSections(parts: Parts): boolean {
  return [...parts].some(([key, { text }]) => key !== TITLE && text !== '');
}

/**
 * The text of a comment: a marker line, the title, then every section between marker lines of its own, in the order
 * of their names (`web-2` before `web-10`). Nothing but title and sections is visible.
 */
export function formatBody({ id, token, base, parts, isRetired }: CommentBody): string {
  const first = markerLine(isRetired ? RETIRED : LIVE, [encodeName(id), token, base]);
  const blocks = [...parts].sort(([a], [b]) => compareKeys(a, b)).map(([key, part]) => formatPart(key, part));
  return [first, blocks.join('\n\n')].join('\n');
}

function formatPart(key: string, { revision, text }: Part): string {
  const kind = key === TITLE ? 'title' : 'section';
  const name = key === TITLE ? [] : [encodeName(key.slice(SECTION.length))];
  return [markerLine(kind, [...name, formatRevision(revision)]), text, markerLine(kind, name, true)].join(
    '\n',
  );
}

function compareKeys(a: string, b: string): number {
  if (a === TITLE || b === TITLE) return a === b ? 0 : a === TITLE ? -1 : 1;
  return byName.compare(a, b) || (a < b ? -1 : 1);
}

/**
 * Reads a comment's text. Line ends may be CRLF and marker lines may have spaces around them (GitHub's editor); a
 * section whose end was deleted goes on to the next marker. Text outside of sections is not ours and is not kept.
 *
 * @returns undefined when the first line that is not blank is not our marker
 */
export function parseBody(text: string): CommentBody | undefined {
  const lines = text.split(/\r\n|\n|\r/);
  const start = lines.findIndex((line) => line.trim() !== '');
  const marker = readMarker(lines[start] ?? '');
  const [name, token = '', base = NO_BASE] = marker?.words ?? [];
  const isOurs = marker?.kind === LIVE || marker?.kind === RETIRED;
  const id = isOurs && name !== undefined ? decodeName(name) : undefined;
  if (id === undefined) return undefined;
  const parts = readParts(lines.slice(start + 1));
  return { id, token, base, parts, ...(marker?.kind === RETIRED && { isRetired: true }) };
}

function readParts(lines: readonly string[]): Parts {
  const parts = new Map<string, Part>();
  let open: { readonly key: string; readonly revision: Revision; readonly from: number } | undefined;
  for (const [index, line] of [...lines, markerLine('end', [])].entries()) {
    const marker = readMarker(line);
    if (marker === undefined) continue;
    if (open)
      parts.set(open.key, { revision: open.revision, text: lines.slice(open.from, index).join('\n') });
    const start = startOf(marker);
    open = start && { ...start, from: index + 1 };
  }
  return parts;
}

function startOf({ kind, closes, words }: Marker): { key: string; revision: Revision } | undefined {
  if (closes) return undefined;
  if (kind === 'title') return { key: TITLE, revision: parseRevision(words[0] ?? '') };
  const name = kind === 'section' ? decodeName(words[0] ?? '-') : undefined;
  return name === undefined ? undefined : { key: sectionKey(name), revision: parseRevision(words[1] ?? '') };
}
