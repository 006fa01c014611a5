import { closersOf } from './open-blocks.ts';
import { withoutLoneHeader } from './table-end.ts';

const NOTICE = '\n\n_Cut here; the full text is in the job summary._';

/** The least room in which a cut text says that it is cut. */
export const LEAST_ROOM = NOTICE.length;

/** UTF-16 units before a cut in which the last whole character is looked for; longer than any emoji of several parts. */
const LONGEST_CHARACTER = 64;
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The start of a text, cut at a line end (or between two characters when it is one long line), with open blocks closed
 * and a notice; at most `room` long. A table ends with a whole row, and its header goes when no row is left.
 */
export function cut(text: string, room: number): string {
  let end = room - NOTICE.length;
  while (end > 0) {
    const result = closeBlocks(headOf(text, end)) + NOTICE;
    if (result.length <= room) return result;
    end -= result.length - room;
  }
  return NOTICE.trimStart();
}

function headOf(text: string, end: number): string {
  const newline = text.lastIndexOf('\n', end);
  if (newline <= 0) return text.slice(0, lastBoundary(text, end));
  const [next = ''] = text.slice(newline + 1).split('\n', 1);
  return withoutLoneHeader(text.slice(0, newline).trimEnd(), next);
}

/** Where the last character begins that does not fit: a flag, an accent or a family is not taken apart. */
function lastBoundary(text: string, end: number): number {
  const start = Math.max(0, end - LONGEST_CHARACTER);
  const around = characters.segment(text.slice(start, end + LONGEST_CHARACTER));
  const boundary = start + (around.containing(end - start)?.index ?? 0);
  if (boundary > start || start === 0) return boundary;
  // One character that is longer than that: at least no surrogate pair is split.
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}

/** A Markdown text with what it leaves open closed, so that nothing after it is swallowed. */
export function closeBlocks(text: string): string {
  return [text, ...closersOf(text)].join('\n');
}
