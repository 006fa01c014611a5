import { ConfigurationError, type Log } from '../../action/index.ts';
import {
  type Divergence,
  explain,
  failureKind,
  moveBranch,
  type ProposalPlace,
  type ProposalState,
} from '../../github/index.ts';
import { pathMatcher } from '../path-match.ts';
import type { PathSpec } from '../repository.ts';
import { isReleaseCommit } from '../trailers.ts';
import { mergeByHand } from './merge.ts';

/**
 * Whether the branch is behind its base where it matters: in a file that it changes itself, or that the edit reads. A base
 * that moved elsewhere is left to the merge, so that checks are not started again for nothing.
 */
export function needsRefresh({ ahead, behind }: Divergence, paths: PathSpec): boolean {
  if (!behind.isWhole) return true;
  const own = new Map(ahead.files.map((file) => [file.path, file.blob]));
  const matchers = paths.map(pathMatcher);
  return behind.files.some(({ path, blob }) =>
    own.has(path) ? own.get(path) !== blob : matchers.some((matches) => matches(path)),
  );
}

/** Whether merging the branch would change nothing: all it changed, its base has too. */
export function carriesNothing({ ahead, behind }: Divergence): boolean {
  const there = new Map(behind.files.map((file) => [file.path, file.blob]));
  return ahead.isWhole && ahead.files.every(({ path, blob }) => there.has(path) && there.get(path) === blob);
}

/**
 * Merges the base into the branch. GitHub does it where it can; where both changed the same lines, and every commit of
 * the branch was written by these actions, the base's lines stay (they are what was merged since) and the rest of
 * the branch is kept. Nothing is ever forced: the branch only gets a merge commit on top.
 *
 * @returns false when the branch moved meanwhile
 * @throws ConfigurationError for a conflict with somebody's own commits
 */
export async function refreshBranch(
  place: ProposalPlace,
  state: ProposalState,
  divergence: Divergence,
  trailers: string,
  log: Log,
): Promise<boolean> {
  const head = state.branchHead ?? '';
  const headline = `Merge branch '${state.base.name}' into ${place.branch}`;
  try {
    await place.github.rest.repos.merge({
      ...place.repository,
      base: place.branch,
      head: state.base.head,
      commit_message: `${headline}\n\n${trailers}`,
      request: { signal: place.signal },
    });
    return true;
  } catch (error) {
    const kind = failureKind(error);
    if (kind === 'ambiguous') return false;
    if (!isConflict(error))
      throw explain(error, `merge ${state.base.name} into ${place.branch}`, 'contents: write');
  }
  refuseForeign(state, divergence, place.branch);
  const commit = await mergeByHand(place, state, divergence, { headline, body: trailers }, log);
  return moveBranch(place, state.repositoryId, { from: head, to: commit });
}

function isConflict(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 409;
}

function refuseForeign(state: ProposalState, { ahead }: Divergence, branch: string): void {
  const foreign = ahead.commits.find(({ message }) => !isReleaseCommit(message));
  if (foreign === undefined && ahead.isWhole) return;
  const which =
    foreign === undefined ? 'more commits than the API shows' : `commit ${foreign.id.slice(0, 7)}`;
  const pull = state.pullRequest ? `Pull request ${state.pullRequest.number}` : `The branch "${branch}"`;
  throw new ConfigurationError(
    `${pull} of ${state.repository} conflicts with ${state.base.name}, and its branch has ${which} by somebody else, which is not overwritten; merge ${state.base.name} into "${branch}" by hand, or close the pull request.`,
  );
}
