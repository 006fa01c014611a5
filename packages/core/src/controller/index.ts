export {
  APPLICATIONS,
  type Application,
  type ApplicationDestination,
  type ApplicationResource,
  type ApplicationSource,
  applicationComplaints,
  applicationInventory,
  type ComparedTo,
  describeApplication,
  REFRESH,
  type Revisions,
  revisionsOf,
  sourcesOf,
} from './application.ts';
export { type CurrentCommits, currentCommits, type Descends, isCommit, shortCommit } from './commits.ts';
export {
  annotate,
  type CustomKind,
  customPath,
  listCustom,
  type Place,
  readCustom,
} from './custom-objects.ts';
export { judgeApplication } from './judge-application.ts';
export { judgeKustomization } from './judge-kustomization.ts';
export type { Judgement } from './judgement.ts';
export {
  type Condition,
  commitOf,
  type FluxKustomization,
  type FluxObject,
  GIT_REPOSITORIES,
  gitSourceOf,
  KUSTOMIZATIONS,
  kustomizationInventory,
  REQUESTED,
  readyOf,
  saidOf,
} from './kustomization.ts';
export { appliedReasons, inventoryReasons } from './reasons.ts';
export { isSameRepository } from './repository-url.ts';
