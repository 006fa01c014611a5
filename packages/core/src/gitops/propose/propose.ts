import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, formatDuration } from '../../action/index.ts';
import { fullName, type ProposalPlace, type ProposalState, readProposalState } from '../../github/index.ts';
import { createApiRepository } from '../api/repository.ts';
import { prepareBranch } from './branch.ts';
import { settlePullRequest } from './settle.ts';
import type { Progress, Proposal, ProposalEdit, ProposeOptions, Step } from './task.ts';

/** Half of the first wait and the longest one, in milliseconds. */
const FIRST_WINDOW = 200;
const WIDEST_WINDOW = 5000;
const JOB_LOGIN = 'github-actions[bot]';

/**
 * Proposes an edit by a pull request: one open pull request for a branch, brought up to date in place, which closes
 * itself when its base has all it brings.
 *
 * Works in passes. Each looks at base, branch and pull request, does what is missing, and the last one finds nothing to
 * do: so a lost answer or another job's step in between is seen and not guessed. Every change of the branch is a
 * compare-and-swap; jobs that share a branch commit on top of each other, and GitHub keeps the pull request unique.
 *
 * @param edit pure; done on the base, to know what is wanted, and on the branch, to write it
 * @throws ConfigurationError when a permission or setting is missing, when somebody's own commits are in the way, or when
 *   the deadline passes
 */
export async function propose<Result>(
  place: ProposalPlace,
  edit: ProposalEdit<Result>,
  options: ProposeOptions,
): Promise<Proposal<Result>> {
  const { random = Math.random, now = Date.now, signal, log } = options;
  const end = now() + options.deadline;
  const progress: Progress<Result> = {
    place,
    edit,
    options,
    end,
    committed: false,
    textWrites: 0,
    comparisons: new Map(),
  };
  let conflicts = 0;
  for (let attempts = 1; ; attempts++) {
    const state = await readProposalState(place);
    refuseAutoMerge(state, options);
    const step = await pass(progress, state);
    const isJobToken = state.login === JOB_LOGIN && progress.hasWritten === true;
    if (typeof step === 'object') return { ...step, isJobToken, attempts };
    if (step === 'again') continue;
    const wait = random() * Math.min(WIDEST_WINDOW, FIRST_WINDOW * 2 ** conflicts++);
    if (now() + wait > end) throw tooMuchContention(place, conflicts, options.deadline);
    log.info(`Another job changed ${place.branch} first; looking again in ${Math.round(wait)} ms.`);
    await sleep(wait, undefined, { signal });
  }
}

async function pass<Result>(progress: Progress<Result>, state: ProposalState): Promise<Step<Result>> {
  const { place, edit, options } = progress;
  const target = createApiRepository({ ...place, branch: state.base.name });
  const snapshot = await target.read(options.paths, options.signal);
  const wanted = await edit(snapshot, target);
  if (wanted.changes.length === 0 && state.pullRequest === undefined)
    return nothingToPropose(progress, state, snapshot.head, wanted.result);
  const prepared = await prepareBranch(progress, state, wanted.message.body);
  return prepared === 'ready' ? settlePullRequest(progress, state, wanted) : prepared;
}

/** The base has it all: because it always had, or because a pull request of this call was merged. */
function nothingToPropose<Result>(
  progress: Progress<Result>,
  state: ProposalState,
  head: string,
  result: Result,
): Step<Result> {
  const own = state.former.find(({ number }) => number === progress.pullRequest?.number);
  if (progress.committed && own?.mergeCommit !== undefined && progress.pullRequest) {
    const { pullRequest } = progress;
    return { kind: 'committed', commit: own.mergeCommit, pullRequest, result: progress.result ?? result };
  }
  const closed = progress.closed === undefined ? {} : { closed: progress.closed };
  return { kind: 'unchanged', commit: head, result: progress.result ?? result, ...closed };
}

/** Known before anything is written, so nothing is. */
function refuseAutoMerge(
  { allowsAutoMerge, repository }: ProposalState,
  { autoMerge }: ProposeOptions,
): void {
  if (autoMerge === 'none' || allowsAutoMerge) return;
  throw new ConfigurationError(
    `Input "auto-merge" is "${autoMerge}", but ${repository} does not allow auto-merge; turn on "Allow auto-merge" (Settings → General), or set the input to "none".`,
  );
}

function tooMuchContention(place: ProposalPlace, times: number, deadline: number): ConfigurationError {
  return new ConfigurationError(
    `Other jobs changed ${place.branch} of ${fullName(place.repository)} first ${times} times within ${formatDuration(deadline)}, so the pull request may lack this change; re-run the job, or raise the input "deadline".`,
  );
}
