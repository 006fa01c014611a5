export { type AutoMerge, enableAutoMerge } from './auto-merge.ts';
export { moveBranch, readBranchHead } from './branch.ts';
export { type ChangedFile, type Divergence, diverge, type Side } from './divergence.ts';
export {
  type OpenPullRequest,
  type ProposalPlace,
  type ProposalState,
  readProposalState,
} from './look.ts';
export { addLabels, createPullRequest, type PullRequestText, updatePullRequest } from './pull-request.ts';
