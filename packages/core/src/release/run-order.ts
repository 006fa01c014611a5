/** A run and its attempt. Run ids grow with time over all of a server; a re-run keeps the id and raises the attempt. */
export interface RunRevision {
  readonly run: number;
  readonly attempt: number;
}

/** Negative when `a` is the older run, 0 when both are the same attempt of the same run. */
export function compareRuns(a: RunRevision, b: RunRevision): number {
  return a.run - b.run || a.attempt - b.attempt;
}
