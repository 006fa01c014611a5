import {
  addLabels,
  createPullRequest,
  enableAutoMerge,
  moveBranch,
  type OpenPullRequest,
  type ProposalState,
  readBranchHead,
} from '../../github/index.ts';
import { createApiRepository } from '../api/repository.ts';
import { type Edit, type Landing, land } from '../land.ts';
import { compareWithBase } from './compare.ts';
import { describe, keepText } from './describe.ts';
import { carriesNothing } from './refresh.ts';
import type { Comparison, Progress, Step } from './task.ts';

/**
 * Commits the edit to the branch and brings its pull request in line: opened, described, labelled, waiting to be merged;
 * or gone, branch and all, when it would change nothing.
 *
 * @param wanted what the edit makes of the base
 */
export async function settlePullRequest<Result>(
  progress: Progress<Result>,
  state: ProposalState,
  wanted: Edit<Result>,
): Promise<Step<Result>> {
  const landing = await landOnBranch(progress);
  if (landing === undefined) return 'conflict';
  const isCommitted = landing.kind === 'committed';
  if (isCommitted || !progress.committed) progress.result = landing.result;
  progress.committed ||= isCommitted;
  progress.hasWritten ||= isCommitted;
  const head = landing.commit;
  const comparison = await compareWithBase(progress, state.base.head, head);
  if (carriesNothing(comparison.divergence)) return discard(progress, state, head);
  const { pullRequest } = state;
  if (pullRequest === undefined) return open(progress, state, comparison, head);
  const { number, url } = pullRequest;
  progress.pullRequest = { number, url };
  const isWritten = await keepText(progress, state, pullRequest, comparison, head);
  if (isWritten || isCommitted) return 'again';
  if (wanted.changes.length === 0)
    return { kind: 'unchanged', commit: state.base.head, result: wanted.result };
  await keepLabels(progress, pullRequest);
  const merge = await keepAutoMerge(progress, pullRequest, head);
  // Where no answer says what happened, the next look comes later, and the deadline counts.
  if (merge !== 'waiting') return merge === 'merged' ? 'again' : 'conflict';
  const result = progress.result ?? landing.result;
  return { kind: 'proposed', commit: head, pullRequest: progress.pullRequest, result };
}

/** Undefined when the branch went away: another job found it empty, or somebody closed the pull request. */
async function landOnBranch<Result>({
  place,
  edit,
  options,
  end,
}: Progress<Result>): Promise<Landing<Result> | undefined> {
  const { now = Date.now } = options;
  const branch = createApiRepository(place);
  try {
    return await land(branch, (snapshot) => edit(snapshot, branch), {
      ...options,
      deadline: Math.max(0, end - now()),
    });
  } catch (error) {
    if ((await readBranchHead(place)) === undefined) return undefined;
    throw error;
  }
}

/** Without its branch the pull request closes; a commit that came in between keeps both. */
async function discard<Result>(
  progress: Progress<Result>,
  { repositoryId, pullRequest }: ProposalState,
  head: string,
): Promise<Step<Result>> {
  const { place, options } = progress;
  if (!(await moveBranch(place, repositoryId, { from: head, to: undefined }))) return 'conflict';
  progress.committed = false;
  if (pullRequest === undefined) return 'again';
  progress.closed = pullRequest.number;
  options.log.info(`Pull request ${pullRequest.number} has nothing left to change; it is closed.`);
  return 'again';
}

async function open<Result>(
  progress: Progress<Result>,
  state: ProposalState,
  comparison: Comparison,
  head: string,
): Promise<Step<Result>> {
  const { place } = progress;
  const text = await describe(progress, state, '', comparison, head);
  try {
    const opened = await createPullRequest(place, state.base.name, text);
    if (opened !== undefined) {
      progress.pullRequest = opened;
      progress.hasWritten = true;
    }
    return opened === undefined ? 'conflict' : 'again';
  } catch (error) {
    // A branch that nobody may open a pull request for is of no use to anybody.
    if (progress.madeBranch)
      await moveBranch(place, state.repositoryId, { from: head, to: undefined }).catch(() => false);
    throw error;
  }
}

async function keepLabels<Result>(
  progress: Progress<Result>,
  { number, labels }: OpenPullRequest,
): Promise<void> {
  const has = new Set(labels.map((label) => label.toLowerCase()));
  const missing = progress.options.labels.filter((label) => !has.has(label.toLowerCase()));
  if (missing.length === 0 || progress.hasLabels) return;
  await addLabels(progress.place, number, missing);
  progress.hasLabels = true;
}

/** `unsure` when no answer says whether it waits or was merged. */
async function keepAutoMerge<Result>(
  progress: Progress<Result>,
  pullRequest: OpenPullRequest,
  head: string,
): Promise<'waiting' | 'merged' | 'unsure'> {
  const { autoMerge } = progress.options;
  if (autoMerge === 'none' || pullRequest.hasAutoMerge || progress.waitsForMerge) return 'waiting';
  const outcome = await enableAutoMerge(progress.place, pullRequest, autoMerge, head);
  progress.waitsForMerge = outcome === 'waiting';
  progress.committed ||= outcome === 'merged';
  return outcome;
}
