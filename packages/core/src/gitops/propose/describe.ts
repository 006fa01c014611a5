import {
  type OpenPullRequest,
  type ProposalState,
  type PullRequestText,
  updatePullRequest,
} from '../../github/index.ts';
import { shownFiles } from './compare.ts';
import type { Comparison, Progress } from './task.ts';
import { proposalBody, proposalTitle } from './text.ts';

const MOST_TEXT_WRITES = 5;

/** Title and body for what the branch has now. */
export async function describe<Result>(
  { place, options }: Progress<Result>,
  { base }: ProposalState,
  current: string,
  comparison: Comparison,
  head: string,
): Promise<PullRequestText> {
  const files = await shownFiles(place, comparison, base.head, head);
  return {
    title: proposalTitle(options.title, comparison.divergence, base.name),
    body: proposalBody(current, comparison.divergence, files),
  };
}

/** Text only counts as changed when a reader could tell. */
const plain = (text: string) => text.replaceAll('\r\n', '\n').trim();

/**
 * Writes title and body again when the body is out of date.
 *
 * @returns whether it wrote
 */
export async function keepText<Result>(
  progress: Progress<Result>,
  state: ProposalState,
  { number, title: oldTitle, body: oldBody }: OpenPullRequest,
  comparison: Comparison,
  head: string,
): Promise<boolean> {
  const { title, body } = await describe(progress, state, oldBody, comparison, head);
  if (plain(body) === plain(oldBody) || progress.textWrites >= MOST_TEXT_WRITES) return false;
  progress.textWrites += 1;
  await updatePullRequest(progress.place, number, { body, ...(title !== oldTitle && { title }) });
  return true;
}
