export { type Ancestry, compareCommits } from './ancestry.ts';
export { connectGitHub, createGitHub, type GitHubOptions } from './client.ts';
export {
  type CommentStore,
  createCommentStore,
  isRefused,
  type Pace,
  parseBody,
  type RunRevision,
  type SectionWrite,
  type StoredComment,
  sectionKey,
  TITLE,
  type Upserted,
  upsertSection,
  WriteRefused,
} from './comments/index.ts';
export {
  createDeployment,
  type DeploymentState,
  type DeploymentStatus,
  findDeployment,
  type NewDeployment,
  setDeploymentStatus,
} from './deployments.ts';
export { explain, type FailureKind, failureKind, retryAfterOf } from './failure.ts';
export type { GitHub } from './octokit.ts';
export {
  type AutoMerge,
  addLabels,
  type ChangedFile,
  createPullRequest,
  type Divergence,
  diverge,
  enableAutoMerge,
  moveBranch,
  type OpenPullRequest,
  type ProposalPlace,
  type ProposalState,
  type PullRequestText,
  readBranchHead,
  readProposalState,
  updatePullRequest,
} from './proposals/index.ts';
export {
  at,
  numberOfQueueRef,
  type PullRequest,
  pullRequestNumber,
  readPullRequest,
  textAt,
} from './pull-request.ts';
export { type PullRequestState, readPullRequestStates } from './pull-request-states.ts';
export { fullName, parseRepositoryName, type RepositoryName } from './repository-name.ts';
export { type Retirement, retireDeployments } from './retire-deployments.ts';
