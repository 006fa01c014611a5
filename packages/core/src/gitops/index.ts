export type { ApiBranch } from './api/head.ts';
export { createApiRepository } from './api/repository.ts';
export { type GitCredentials, type GivenCredentials, gitCredentials, tokenFor } from './git/credentials.ts';
export type { GitRepositoryOptions } from './git/options.ts';
export { commitPage, type GitRemote, parseGitRemote } from './git/remote.ts';
export { createGitRepository } from './git/repository.ts';
export { isBlob } from './git-blob.ts';
export { type Edit, type Landing, type LandOptions, land } from './land.ts';
export { openGitOpsRepository } from './open-repository.ts';
export { createOrderGuard, type OrderGuard } from './order-guard.ts';
export { fewRoots, pathMatcher } from './path-match.ts';
export { isWithin, parsePathSpec } from './path-spec.ts';
export { propose } from './propose/propose.ts';
export type { Proposal, ProposalEdit, ProposeOptions } from './propose/task.ts';
export {
  type Commit,
  type CommitMessage,
  type Conflict,
  type FileChange,
  type GitOpsRepository,
  LONGEST_LOG,
  type LogEntry,
  type PathSpec,
  type RepositoryFile,
  type Snapshot,
  type Step,
  type StepsEnd,
} from './repository.ts';
export { type GitOpsTarget, readBranch, readGitOpsTarget } from './target.ts';
export {
  releasedIn,
  releasesIn,
  releaseTrailers,
  rolledBackIn,
  trailerOf,
  workflowOf,
} from './trailers.ts';
