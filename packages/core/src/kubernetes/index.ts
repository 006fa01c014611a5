export { withProxy } from './api-proxy.ts';
export type { Cluster } from './cluster.ts';
export { ClusterError, type ClusterReason, explainCluster, isClusterError } from './cluster-error.ts';
export { credentialsIn, passwordInUrl } from './credentials.ts';
export { helm, helmSaid } from './helm.ts';
export { type ChartSource, fetchChart, insideWorkspace } from './helm-chart.ts';
export { type HelmRevision, isPending, readRevisions } from './helm-releases.ts';
export { type HelmRelease, releaseFlags, renderRelease } from './helm-render.ts';
export { type ClusterOptions, type OpenCluster, openCluster } from './kubeconfig.ts';
export { type KubectlOptions, kubectl, patiently, runKubectl, sinceAllowed } from './kubectl.ts';
export { labelList, labelValue } from './label-value.ts';
export { deleteLive, describeLive, readLive } from './live-objects.ts';
export { logLinesFor, readLogLines } from './log-lines.ts';
export {
  describeReference,
  formatReferences,
  type ObjectReference,
  parseManifest,
  parseReferences,
  referenceOf,
} from './manifest.ts';
export { ensureNamespace, type NamespaceOptions, removeNamespace } from './namespaces.ts';
export {
  type CoreResource,
  corePath,
  createObject,
  deleteObject,
  type KubernetesObject,
  type Labels,
  listObjects,
  type ObjectMeta,
  type Precondition,
  readObject,
  replaceObject,
} from './objects.ts';
export { type Pod, plainLine, stuckPod } from './pod-problem.ts';
export { describeReadiness, readinessOf } from './readiness.ts';
export type { Readiness } from './readiness-states.ts';
export { failureReasons, type ReasonOptions } from './reasons.ts';
export { refuseOutsiders } from './scope.ts';
export { isNumbered } from './warnings.ts';
export { type Changes, type WatchOptions, watchChanges } from './watch.ts';
export { type Workload, workloadReferenceOf, workloadsOf } from './workloads.ts';
