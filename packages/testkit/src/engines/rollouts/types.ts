import type { KubernetesObject } from '../cluster/types.ts';

/** https://argo-rollouts.readthedocs.io/en/stable/features/specification/ */
export interface Rollout extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & { readonly resourceVersion: string };
  readonly status?: {
    readonly phase?: string;
    readonly message?: string;
    readonly abort?: boolean;
    /** A number as text. */
    readonly observedGeneration?: string;
    readonly currentPodHash?: string;
    readonly stableRS?: string;
    readonly currentStepIndex?: number;
    readonly pauseConditions?: readonly { readonly reason: string }[];
  };
}

export interface Rollouts {
  /**
   * Waits until a Rollout is in this phase, as its newest spec wants it, and the controller has come to rest. A change in
   * the moments before is one that the controller may overlook until it looks at everything again, 15 minutes later: it
   * puts its own copy of the object over the newer one that it was told of.
   */
  settled(namespace: string, name: string, phase: string): Promise<Rollout>;
  rollout(namespace: string, name: string): Promise<Rollout | undefined>;
  /** `kubectl argo rollouts …` as the administrator; its standard output. */
  plugin(...args: string[]): Promise<string>;
}
