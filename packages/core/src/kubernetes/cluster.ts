import type { Exec } from '../exec/index.ts';

/** A cluster, as kubectl and helm reach it. */
export interface Cluster {
  readonly exec: Exec;
  /** The whole environment of both programs: the job's, with KUBECONFIG. */
  readonly env: Readonly<Record<string, string>>;
}
