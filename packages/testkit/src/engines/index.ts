export { startArgoCd } from './argocd/argocd.ts';
export type { Application, ArgoCd, ArgoCdOptions } from './argocd/types.ts';
export { enginePath, missingEngines, program } from './catalog.ts';
export { startCluster } from './cluster/cluster.ts';
export type { Cluster, Kubectl, KubernetesObject } from './cluster/types.ts';
export { startFlux } from './flux/flux.ts';
export type { Flux, GitRepository, Kustomization } from './flux/types.ts';
export type { Programs } from './programs/programs.ts';
export { runProgram } from './run-program.ts';
