export { type Ancestry, compareCommits, isAtOrAfter } from './ancestry.ts';

export { type ChangedFiles, readChangedFiles } from './changed-files.ts';

export { connectGitHub, createGitHub, type GitHubOptions } from './client.ts';
export {
  type CommentWrite,
  type Conversation,
  createCommentStore,
  HIDING_REASONS,
  type HidingReason,
  isRefused,
  type Pace,
  parseBody,
  sectionKey,
  WriteRefused,
  type Written,
  writeComment,
} from './comments/index.ts';
export {
  type CommitRange,
  openCommitRange,
  type RangeCommit,
  type RangePlace,
  readCommitRange,
} from './commit-range.ts';
export type { DeployedRelease } from './deployment-payload.ts';
export {
  createDeployment,
  type DeploymentState,
  type DeploymentStatus,
  findDeployment,
  type NewDeployment,
  setDeploymentStatus,
} from './deployments.ts';
export { explain, type FailureKind, failureKind, retryAfterOf, UnreadableAnswer } from './failure.ts';
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
export { at, numberAt, type PullRequest, readPullRequest, textAt } from './pull-request.ts';
export { numberOfQueueRef, pullRequestNumber } from './pull-request-number.ts';
export { type PullRequestState, readPullRequestStates } from './pull-request-states.ts';
export { readOnlyCause } from './read-only-run.ts';
export { MOST_DEPLOYMENTS, type ReleaseDeployment, releaseDeployments } from './release-deployments.ts';
export { fullName, parseRepositoryName, type RepositoryName } from './repository-name.ts';
export { activeDeployments, type Retirement, retireDeployments } from './retire-deployments.ts';

export { isRunOver } from './run-over.ts';

export { listTags, type Tag } from './tags.ts';
export { type RunsOf, readLastSuccess, type SuccessfulRun } from './workflow-runs.ts';
