import type { ObjectMeta } from './objects.ts';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** As much of any kind's status as is read here. */
export interface Status {
  readonly observedGeneration?: number | string;
  readonly conditions?: readonly Condition[];
  readonly phase?: string;
  readonly message?: string;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly availableReplicas?: number;
  readonly readyReplicas?: number;
  readonly currentRevision?: string;
  readonly updateRevision?: string;
  readonly desiredNumberScheduled?: number;
  readonly updatedNumberScheduled?: number;
  readonly numberAvailable?: number;
  /** The rest is of Argo Rollouts. https://argo-rollouts.readthedocs.io/en/stable/features/specification/ */
  readonly abort?: boolean;
  readonly controllerPause?: boolean;
  readonly pauseConditions?: readonly { readonly reason?: string }[];
  readonly currentStepIndex?: number;
  readonly canary?: { readonly weights?: { readonly canary?: { readonly weight?: number } } };
  readonly currentPodHash?: string;
  readonly stableRS?: string;
  readonly workloadObservedGeneration?: string;
}

/** What a canary does next; of other steps nothing is read. */
export interface CanaryStep {
  readonly setWeight?: number;
  /** A number is seconds; a text has its unit. Without it somebody must promote. */
  readonly pause?: { readonly duration?: number | string };
}

/** As much of any kind's spec. */
interface Spec {
  readonly replicas?: number;
  readonly suspend?: boolean;
  readonly paused?: boolean;
  readonly updateStrategy?: {
    readonly type?: string;
    readonly rollingUpdate?: { readonly partition?: number };
  };
  readonly strategy?: {
    readonly canary?: { readonly steps?: readonly CanaryStep[] };
    readonly blueGreen?: { readonly autoPromotionSeconds?: number };
  };
}

/** What of an object says how far it is. */
export interface Live {
  readonly metadata: ObjectMeta;
  readonly spec: Spec;
  readonly status: Status;
}

/** The condition of a type. */
export function conditionOf({ conditions = [] }: Status, type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type);
}

/** What a condition says, for people. */
export function told({ reason = '', message = '' }: Condition): string {
  return [reason, message].filter((part) => part !== '').join(': ');
}
