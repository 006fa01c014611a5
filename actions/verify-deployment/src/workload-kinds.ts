import type { CustomKind } from '@gitops-actions/core/controller';

/** A kind of workload: how people write it, and where the API server has it. */
export interface WorkloadKind extends CustomKind {
  readonly kind: string;
  /** What stands before the slash of a name. */
  readonly word: string;
  /** What must be installed for a cluster to know the kind. */
  readonly product?: string;
}

/** The first is meant by a bare name. */
export type WorkloadKinds = readonly [WorkloadKind, ...WorkloadKind[]];

const apps = 'apps/v1';

export const DEPLOYMENTS: WorkloadKind = {
  kind: 'Deployment',
  ...{ api: apps, plural: 'deployments', word: 'deployment' },
};

/** What the engine workload verifies. */
export const WORKLOADS: WorkloadKinds = [
  DEPLOYMENTS,
  { kind: 'StatefulSet', api: apps, plural: 'statefulsets', word: 'statefulset' },
  { kind: 'DaemonSet', api: apps, plural: 'daemonsets', word: 'daemonset' },
  { kind: 'Job', api: 'batch/v1', plural: 'jobs', word: 'job' },
];

/** What the engine rollout verifies. */
export const ROLLOUTS: WorkloadKinds = [
  {
    kind: 'Rollout',
    ...{ api: 'argoproj.io/v1alpha1', plural: 'rollouts', word: 'rollout' },
    product: 'Argo Rollouts',
  },
];
