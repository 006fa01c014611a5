import { diffArrays } from 'diff/lib/diff/array.js';

/** Lines `start` to `end` (exclusive) of the old text became `lines`. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** Lines with their line ends, so that joining them gives the text again. */
export function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** What turns one text into another, as few lines as possible, in order. */
export function diffLines(from: readonly string[], to: readonly string[]): readonly Hunk[] {
  const hunks: { start: number; end: number; lines: string[] }[] = [];
  let [position, isOpen] = [0, false];
  for (const { value, added, removed } of diffArrays([...from], [...to])) {
    if (!isOpen && (added || removed)) hunks.push({ start: position, end: position, lines: [] });
    isOpen = added || removed;
    const hunk = isOpen ? hunks.at(-1) : undefined;
    if (!added) position += value.length;
    if (hunk !== undefined && removed) hunk.end = position;
    if (hunk !== undefined && added) hunk.lines.push(...value);
  }
  return hunks;
}
