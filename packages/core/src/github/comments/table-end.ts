/** The line under a table's header, in a quote or list item, too. https://github.github.com/gfm/#tables-extension- */
const DELIMITER = /^[ >]*(?:[-*+] +|\d{1,9}[.)] +)?\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/**
 * The start of a text without a table's header at its end, with its delimiter line or not: cut there, it would show a table of
 * nothing, or a line of bars.
 *
 * @param head the start, whole lines
 * @param next the line that follows
 */
export function withoutLoneHeader(head: string, next: string): string {
  const lines = head.split('\n');
  if (isDelimiter(lines.at(-1) ?? '')) return lines.slice(0, -2).join('\n').trimEnd();
  return isDelimiter(next) ? lines.slice(0, -1).join('\n').trimEnd() : head;
}

function isDelimiter(line: string): boolean {
  return line.includes('|') && DELIMITER.test(line);
}
