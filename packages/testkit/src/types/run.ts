/** A workflow run that the API should know of. */
export interface RunOptions {
  id?: number;
  runNumber?: number;
  runAttempt?: number;
  /** Workflow file, e.g. `.github/workflows/deliver.yml`. */
  path?: string;
  name?: string;
  event?: string;
  branch?: string;
  sha?: string;
  status?: 'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending';
  conclusion?: 'success' | 'failure' | 'cancelled' | 'skipped' | 'timed_out' | null;
  createdAt?: string;
}

export interface RunView {
  id: number;
  workflowId: number;
  runNumber: number;
  runAttempt: number;
}
