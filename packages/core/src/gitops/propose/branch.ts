import { ConfigurationError } from '../../action/index.ts';
import { type Divergence, moveBranch, type ProposalState } from '../../github/index.ts';
import { isReleaseCommit } from '../trailers.ts';
import { compareWithBase } from './compare.ts';
import { needsRefresh, refreshBranch } from './refresh.ts';
import type { Progress } from './task.ts';

/**
 * Sees to a branch that the edit may be committed to.
 *
 * | the branch | becomes |
 * |---|---|
 * | does not exist | made at the base's head |
 * | has an open pull request | kept; the base is merged into it where it is behind in files that matter |
 * | was that of a closed or merged pull request | starts again from the base: what was turned down does not come back |
 * | has no pull request, commits of these actions only | kept: another job is about to open it |
 * | has no pull request, somebody's own commits | refused |
 *
 * @param trailers of the commit that is to come; a merge carries them too
 * @returns `ready` to commit, or that another look is needed
 * @throws ConfigurationError for somebody's own commits in the way
 */
export async function prepareBranch<Result>(
  progress: Progress<Result>,
  state: ProposalState,
  trailers: string,
): Promise<'ready' | 'again' | 'conflict'> {
  const { place, options } = progress;
  const { branchHead: head, base } = state;
  if (head === undefined) {
    progress.madeBranch = await moveBranch(place, state.repositoryId, { from: undefined, to: base.head });
    return progress.madeBranch ? 'ready' : 'conflict';
  }
  const { divergence } = await compareWithBase(progress, base.head, head);
  if (state.pullRequest === undefined) {
    if (isLeftOver(state, divergence)) return restart(progress, state, head);
    refuseForeign(state, divergence, place.branch);
  }
  if (!needsRefresh(divergence, options.paths)) return 'ready';
  const refreshed = await refreshBranch(place, state, divergence, trailers, options.log);
  progress.hasWritten ||= refreshed;
  return refreshed ? 'again' : 'conflict';
}

/** Nothing of its own, or commits of a pull request that is over. */
function isLeftOver({ former }: ProposalState, { ahead }: Divergence): boolean {
  if (ahead.commits.length === 0) return true;
  const over = new Set(former.map((pull) => pull.head));
  return ahead.commits.some(({ id }) => over.has(id));
}

async function restart<Result>(
  { place, options }: Progress<Result>,
  state: ProposalState,
  head: string,
): Promise<'ready' | 'conflict'> {
  if (head === state.base.head) return 'ready';
  const over = state.former.find((pull) => pull.head === head);
  if (over !== undefined)
    options.log.info(
      `Pull request ${over.number} of ${place.branch} is closed; the branch starts again from ${state.base.name}.`,
    );
  const moved = await moveBranch(place, state.repositoryId, { from: head, to: state.base.head });
  return moved ? 'ready' : 'conflict';
}

function refuseForeign({ repository, base }: ProposalState, { ahead }: Divergence, branch: string): void {
  const foreign = ahead.commits.find(({ message }) => !isReleaseCommit(message));
  if (foreign === undefined) return;
  throw new ConfigurationError(
    `The branch "${branch}" of ${repository} has no open pull request into ${base.name} but commit ${foreign.id.slice(0, 7)} by somebody else, which is not overwritten; open a pull request for it, delete the branch, or name another "pull-request-branch".`,
  );
}
