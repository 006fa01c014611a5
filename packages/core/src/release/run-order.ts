/** A run and its attempt. Run ids grow with time over all of a server; a re-run keeps the id and raises the attempt. */
export interface RunRevision {
  readonly run: number;
  readonly attempt: number;
}

/** The same, as GitHub's variables and API call it. */
export interface RunAttempt {
  readonly runId: number;
  readonly runAttempt: number;
}

/** Negative when `a` is the older run, 0 when both are the same attempt of the same run. */
export function compareRuns(a: RunRevision, b: RunRevision): number {
  return a.run - b.run || a.attempt - b.attempt;
}

/** Whether `a` is a later attempt of the same run, or of a later run. */
export function isLaterRun(a: RunAttempt, b: RunAttempt): boolean {
  return compareRuns({ run: a.runId, attempt: a.runAttempt }, { run: b.runId, attempt: b.runAttempt }) > 0;
}
