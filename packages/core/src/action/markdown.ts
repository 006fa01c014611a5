/**
 * Text from outside as a fenced block: the fence is longer than any run of backticks in it, so nothing in the text
 * can end it. https://github.github.com/gfm/#fenced-code-blocks
 *
 * @param language info string, such as `diff`
 */
export function fence(text: string, language = ''): string {
  const mark = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${mark}${language}\n${text.replace(/\n$/, '')}\n${mark}`;
}

/**
 * Text from outside as a code span on one line: mentions, links, HTML and references in it stay plain text.
 * Usable in a table cell. https://github.github.com/gfm/#code-spans
 */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');
  if (line === '') return '';
  const mark = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${mark}${pad}${line}${pad}${mark}`;
}

/**
 * A table in GitHub's Markdown. Cells are Markdown already: outside text goes through `code` first.
 *
 * @returns an empty text when there are no rows
 */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(header), `|${' --- |'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
