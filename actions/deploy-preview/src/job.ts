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

/** What an engine brought up. */
export type Landed = Extract<Deployed, { kind: 'deployed' }>;

/** How far it came: what a failure has to say about what was deployed. */
export interface Progress {
  isWriting: boolean;
  landed: Landed | undefined;
  /** Settles, never rejecting, once the Deployment is in progress: no later state may come before it. */
  announced: Promise<unknown>;
  /** Settles, never rejecting, once the engine has stopped. */
  stopped: Promise<unknown>;
}
