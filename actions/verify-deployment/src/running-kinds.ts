/** Kinds that run containers, or carry the images of what does. */
const WORKLOADS: ReadonlySet<string> = new Set([
  ...['/Pod', '/ReplicationController', 'apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'],
  ...['apps/ReplicaSet', 'batch/Job', 'batch/CronJob', 'serving.knative.dev/Service'],
  ...['argoproj.io/Rollout', 'argoproj.io/Workflow', 'argoproj.io/CronWorkflow'],
  ...['argoproj.io/WorkflowTemplate', 'argoproj.io/ClusterWorkflowTemplate'],
  ...['helm.toolkit.fluxcd.io/HelmRelease', 'kustomize.toolkit.fluxcd.io/Kustomization'],
]);

/** Whether a kind runs something. */
export function isWorkload({
  group = '',
  kind = '',
}: {
  readonly group?: string;
  readonly kind?: string;
}): boolean {
  return WORKLOADS.has(`${group}/${kind}`);
}
