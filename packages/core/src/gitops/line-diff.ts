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

/** Above this many insertions and deletions a change is told as one hunk. */
const MOST_EDITS = 1000;

/**
 * What turns one text into another, as few lines as possible, in order.
 * E. W. Myers, An O(ND) Difference Algorithm: http://www.xmailserver.org/diff2.pdf
 */
export function diffLines(from: readonly string[], to: readonly string[]): readonly Hunk[] {
  let head = 0;
  while (head < from.length && head < to.length && from[head] === to[head]) head++;
  let tail = 0;
  const most = Math.min(from.length, to.length) - head;
  while (tail < most && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++;
  const middle = { from: from.slice(head, from.length - tail), to: to.slice(head, to.length - tail) };
  const kept = commonLines(middle.from, middle.to);
  return hunksBetween(middle.from.length, middle.to, kept).map(({ start, end, lines }) => ({
    start: start + head,
    end: end + head,
    lines,
  }));
}

type Pair = readonly [number, number];

function hunksBetween(length: number, to: readonly string[], kept: readonly Pair[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let [x, y] = [0, 0];
  for (const [nextX, nextY] of [...kept, [length, to.length] as const]) {
    if (nextX > x || nextY > y) hunks.push({ start: x, end: nextX, lines: to.slice(y, nextY) });
    [x, y] = [nextX + 1, nextY + 1];
  }
  return hunks;
}

/** Pairs of positions whose lines stay; none when the texts are too far apart. */
function commonLines(from: readonly string[], to: readonly string[]): readonly Pair[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const trail: Map<number, number>[] = [];
  for (let edits = 0; edits <= Math.min(MOST_EDITS, from.length + to.length); edits++) {
    trail.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = startOf(furthest, diagonal, edits);
      while (x < from.length && x - diagonal < to.length && from[x] === to[x - diagonal]) x++;
      furthest.set(diagonal, x);
      if (x >= from.length && x - diagonal >= to.length) return walkBack(trail, from.length, to.length);
    }
  }
  return [];
}

const reached = (furthest: ReadonlyMap<number, number>, diagonal: number) => furthest.get(diagonal) ?? -1;

function goesDown(furthest: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true;
  return diagonal !== edits && reached(furthest, diagonal - 1) < reached(furthest, diagonal + 1);
}

function startOf(furthest: ReadonlyMap<number, number>, diagonal: number, edits: number): number {
  return goesDown(furthest, diagonal, edits)
    ? reached(furthest, diagonal + 1)
    : reached(furthest, diagonal - 1) + 1;
}

function walkBack(
  trail: readonly ReadonlyMap<number, number>[],
  fromEnd: number,
  toEnd: number,
): readonly Pair[] {
  const pairs: Pair[] = [];
  let [x, y] = [fromEnd, toEnd];
  for (let edits = trail.length - 1; edits >= 0; edits--) {
    const furthest = trail[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const previous = goesDown(furthest, diagonal, edits) ? diagonal + 1 : diagonal - 1;
    const beforeX = edits === 0 ? 0 : reached(furthest, previous);
    const beforeY = edits === 0 ? 0 : beforeX - previous;
    while (x > beforeX && y > beforeY) pairs.push([--x, --y]);
    [x, y] = [beforeX, beforeY];
  }
  return pairs.reverse();
}
