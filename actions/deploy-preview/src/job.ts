import type { Log, Run } from '@gitops-actions/core/action';
import type { GitHub } from '@gitops-actions/core/github';
import type { Deployed, PreviewEngine } from '@gitops-actions/core/preview';
import type { Inputs } from './inputs.ts';
import type { Plan } from './plan.ts';

/** Everything that bringing a preview up needs. */
export interface Job {
  readonly inputs: Inputs;
  readonly run: Run;
  readonly plan: Plan;
  readonly engine: PreviewEngine;
  /** A client that the given signal ends. */
  readonly connect: (signal: AbortSignal) => Promise<GitHub>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Files that are in the GitOps repository. */
export type Landed = Extract<Deployed, { kind: 'deployed' }>;

/** How far it came: what a failure has to say about the files. */
export interface Progress {
  isWriting: boolean;
  landed: Landed | undefined;
}
