import type { Landing, Proposal } from '../gitops/index.ts';
import type { Edited } from './edit-manifests.ts';

/** How a run ended. */
export interface Outcome<Result extends Edited = Edited> {
  readonly result: 'committed' | 'unchanged' | 'superseded' | 'held' | 'proposed' | 'dry-run';
  /** The commit that was made; for `unchanged` the head that was read; empty otherwise. */
  readonly commit: string;
  /** Page of the commit that was made. */
  readonly url: string;
  readonly pullRequest?: { readonly number: number; readonly url: string };
  /** A pull request that was closed, because it had nothing left to change. */
  readonly closed?: number;
  readonly edited: Result;
  /** For the log. */
  readonly sentence: string;
}

/** What a landing means for the caller: places that were left alone are no failure, but they are said. */
export function landedOutcome<Result extends Edited>(
  { kind, commit, url, result, attempts }: Landing<Result>,
  name: string,
): Outcome<Result> {
  if (kind === 'unchanged') return leftAlone(commit, result, name);
  const tries = attempts === 1 ? '' : ` after ${attempts} attempts`;
  const sentence = `Commit ${commit} on ${name} changes ${values(count(result, 'updated'))}${tries}.`;
  return { result: kind, commit, url, edited: result, sentence };
}

/** What a proposal means for the caller. */
export function proposedOutcome<Result extends Edited>({
  kind,
  commit,
  pullRequest,
  closed,
  result,
}: Proposal<Result>): Outcome<Result> {
  if (pullRequest === undefined || kind === 'unchanged') {
    const why =
      closed === undefined ? '' : ` Pull request ${closed} had nothing left to change and is closed.`;
    const outcome = leftAlone(commit, result, 'the base');
    return { ...outcome, ...(closed !== undefined && { closed }), sentence: outcome.sentence + why };
  }
  const isMerged = kind === 'committed';
  if (!isMerged && isLeftAlone(result))
    return leftAlone(commit, result, `the branch of pull request ${pullRequest.number}`);
  const sentence = `Pull request ${pullRequest.number} ${isMerged ? `was merged as ${commit}` : 'carries the change'}: ${pullRequest.url}`;
  return { result: kind, commit: isMerged ? commit : '', url: '', pullRequest, edited: result, sentence };
}

/** What a dry run means: nothing was written. */
export function dryOutcome<Result extends Edited>(edited: Result, name: string): Outcome<Result> {
  return {
    result: 'dry-run',
    commit: '',
    url: '',
    edited,
    sentence: `Dry run: nothing was written to ${name}.`,
  };
}

/** Nothing of it is in the pull request: newer releases or holds stand at every place. */
function isLeftAlone({ changes }: Edited): boolean {
  return changes.length > 0 && changes.every(({ result }) => result === 'superseded' || result === 'held');
}

function leftAlone<Result extends Edited>(commit: string, edited: Result, name: string): Outcome<Result> {
  for (const result of ['superseded', 'held'] as const) {
    const left = count(edited, result);
    if (left > 0)
      return {
        result,
        commit: '',
        url: '',
        edited,
        sentence: `${values(left)} on ${name}: ${result}; no commit was made.`,
      };
  }
  return {
    result: 'unchanged',
    commit,
    url: '',
    edited,
    sentence: `${name} already holds all of this at ${commit}; no commit was made.`,
  };
}

function count({ changes }: Edited, result: string): number {
  return changes.filter((change) => change.result === result).length;
}

function values(number: number): string {
  return number === 1 ? '1 value' : `${number} values`;
}
