import { diffLines, type Hunk, splitLines } from './line-diff.ts';

export interface LineMerge {
  readonly text: string;
  /** How many changes of the weaker side were left out, because the stronger one changed the same lines. */
  readonly leftOut: number;
}

/**
 * Brings two changes of one text together, line by line; where both changed the same lines, the stronger side's stay.
 *
 * @param origin what both started from
 */
export function mergeLines(origin: string, stronger: string, weaker: string): LineMerge {
  const lines = splitLines(origin);
  const strong = hunksOf(lines, stronger);
  const weak = hunksOf(lines, weaker).filter((hunk) => !strong.some((other) => isSame(hunk, other)));
  const fitting = weak.filter((hunk) => !strong.some((other) => overlaps(hunk, other)));
  const all = [...strong, ...fitting].sort((a, b) => a.start - b.start || a.end - b.end);
  return { text: apply(lines, all), leftOut: weak.length - fitting.length };
}

/** A run of replaced lines is one hunk for each, so that neighbours are decided one by one. */
function hunksOf(lines: readonly string[], text: string): readonly Hunk[] {
  return diffLines(lines, splitLines(text)).flatMap((hunk) =>
    hunk.lines.length === hunk.end - hunk.start
      ? hunk.lines.map((line, index) => ({
          start: hunk.start + index,
          end: hunk.start + index + 1,
          lines: [line],
        }))
      : [hunk],
  );
}

function isSame(one: Hunk, other: Hunk): boolean {
  return one.start === other.start && one.end === other.end && one.lines.join('') === other.lines.join('');
}

/** Insertions have no lines of their own: they collide with whatever touches their place. */
function overlaps(one: Hunk, other: Hunk): boolean {
  const isInsertion = one.start === one.end || other.start === other.end;
  const [from, to] = [Math.max(one.start, other.start), Math.min(one.end, other.end)];
  return isInsertion ? from <= to : from < to;
}

function apply(lines: readonly string[], hunks: readonly Hunk[]): string {
  const parts: string[] = [];
  let next = 0;
  for (const hunk of hunks) {
    parts.push(...lines.slice(next, hunk.start), ...hunk.lines);
    next = hunk.end;
  }
  return [...parts, ...lines.slice(next)].join('');
}
