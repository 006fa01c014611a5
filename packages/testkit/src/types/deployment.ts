export type DeploymentState =
  | 'error'
  | 'failure'
  | 'inactive'
  | 'in_progress'
  | 'queued'
  | 'pending'
  | 'success';

export interface DeploymentView {
  id: number;
  task: string;
  ref: string;
  sha: string;
  environment: string;
  payload: unknown;
  description: string | null;
  transient: boolean;
  production: boolean;
  creator: string;
  createdAt: string;
  /** Newest first. */
  statuses: {
    state: DeploymentState;
    environment_url: string;
    log_url: string;
    description: string;
    createdAt: string;
  }[];
}
