import type { EngineOptions, VerificationEngine } from './engine.ts';
import { WorkloadEngine } from './workload-engine.ts';
import { ROLLOUTS } from './workload-kinds.ts';

/**
 * The engine `rollout`: canaries and blue/green releases of Argo Rollouts, by what their controller says of them.
 * https://argo-rollouts.readthedocs.io/en/stable/
 */
export function createRolloutEngine(options: EngineOptions): VerificationEngine {
  return new WorkloadEngine(options, ROLLOUTS);
}
