/**
 * A line with spaces for its tabs: each goes to the next multiple of four columns.
 * https://github.github.com/gfm/#tabs
 */
export function withoutTabs(row: string): string {
  if (!row.includes('\t')) return row;
  const [first = '', ...rest] = row.split('\t');
  const expanded = [first];
  let width = first.length;
  for (const piece of rest) {
    const gap = 4 - (width % 4);
    expanded.push(' '.repeat(gap), piece);
    width += gap + piece.length;
  }
  return expanded.join('');
}

/** Columns of space at the start of a line without tabs. */
export function widthOf(text: string): number {
  return text.length - text.replace(/^ +/, '').length;
}
