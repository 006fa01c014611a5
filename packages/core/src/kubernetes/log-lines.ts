import { type InputReader, illegal } from '../action/index.ts';

const MOST_LOG_LINES = 200;
/** Where only members of the repository read them. */
const PRIVATE_LOG_LINES = 20;

/** Reads the input `log-lines`: how many lines of a failing container's log are shown, or `auto`. */
export function readLogLines(reader: InputReader): number | 'auto' {
  const text = reader.text('log-lines');
  if (text === 'auto') return text;
  const lines = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (lines <= MOST_LOG_LINES) return lines;
  throw illegal('log-lines', text, `auto or a whole number from 0 to ${MOST_LOG_LINES}`);
}

/** What `auto` means: none where everybody may read them. */
export function logLinesFor(lines: number | 'auto', isPrivate: boolean): number {
  return lines === 'auto' ? (isPrivate ? PRIVATE_LOG_LINES : 0) : lines;
}
