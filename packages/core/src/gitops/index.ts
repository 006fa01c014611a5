export type { ApiBranch } from './api/head.ts';
export { createApiRepository } from './api/repository.ts';
export { type GitCredentials, type GivenCredentials, gitCredentials, tokenFor } from './git/credentials.ts';
export { commitPage, type GitRemote, parseGitRemote } from './git/remote.ts';
export { createGitRepository, type GitRepositoryOptions } from './git/repository.ts';
export { isBlob } from './git-blob.ts';
export { type Edit, type Landing, type LandOptions, land } from './land.ts';
export { createOrderGuard, type OrderGuard } from './order-guard.ts';
export { parsePathSpec, pathMatcher } from './path-spec.ts';
export { propose } from './propose/propose.ts';
export type { Proposal, ProposalEdit, ProposeOptions } from './propose/task.ts';
export type {
  Commit,
  CommitMessage,
  Conflict,
  FileChange,
  GitOpsRepository,
  LogEntry,
  PathSpec,
  RepositoryFile,
  Snapshot,
} from './repository.ts';
export { type GitOpsTarget, openGitOpsRepository, readBranch, readGitOpsTarget } from './target.ts';
export { releaseTrailers, trailerOf, workflowOf } from './trailers.ts';
