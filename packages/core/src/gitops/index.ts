export { type ApiRepositoryOptions, createApiRepository } from './api-repository.ts';
export { isBlob } from './git-blob.ts';
export { type Edit, type Landing, type LandOptions, land } from './land.ts';
export { parsePathSpec, pathMatcher } from './path-spec.ts';
export type {
  Commit,
  CommitMessage,
  Conflict,
  FileChange,
  GitOpsRepository,
  PathSpec,
  RepositoryFile,
  Snapshot,
} from './repository.ts';
export { type GitOpsTarget, openGitOpsRepository, readGitOpsTarget } from './target.ts';
export { releaseTrailers } from './trailers.ts';
