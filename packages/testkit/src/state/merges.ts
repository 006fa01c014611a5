import { git } from '../git/command.ts';
import { mergeTrees } from '../git/history.ts';
import { inTurn, moveRef } from './branches.ts';
import { closePull, fetchHead, mergeCommits, pullBase } from './pulls.ts';
import type { Account, PullRecord } from './records.ts';
import { timestamp, type World } from './world.ts';

export type MergeMethod = 'merge' | 'squash';

/** What GitHub says of an open pull request's way into its base; a base that requires a review blocks. */
export async function mergeState(pull: PullRecord): Promise<'UNKNOWN' | 'DIRTY' | 'BLOCKED' | 'CLEAN'> {
  if (pull.state !== 'open') return 'UNKNOWN';
  const tree = await mergeTrees(pull.repository.directory, pullBase(pull), await fetchHead(pull));
  if (!tree) return 'DIRTY';
  return pull.draft || pull.repository.reviewedBranches.has(pull.baseRef) ? 'BLOCKED' : 'CLEAN';
}

/** The commit that brings a pull request into its base; null when they conflict. */
async function makeCommit(world: World, pull: PullRecord, method: MergeMethod): Promise<string | null> {
  const head = await fetchHead(pull);
  const base = pullBase(pull);
  const { directory } = pull.repository;
  const from = `${pull.headRepository.owner.login}/${pull.headRef}`;
  if (method === 'merge') {
    const message = `Merge pull request #${pull.number} from ${from}\n\n${pull.title}`;
    return mergeCommits(world, directory, [base, head], message);
  }
  const tree = await mergeTrees(directory, base, head);
  if (!tree) return null;
  const date = `${Math.floor(world.now().getTime() / 1000)} +0000`;
  const args = ['commit-tree', tree, '-p', base, '-m', `${pull.title} (#${pull.number})`];
  const env = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  return (await git(args, { cwd: directory, env })).trim();
}

async function mergeInTurn(world: World, pull: PullRecord, by: Account, method: MergeMethod) {
  if (pull.state !== 'open') throw new Error(`Pull request #${pull.number} is not open.`);
  const from = pullBase(pull);
  const to = await makeCommit(world, pull, method);
  if (!to) throw new Error(`Pull request #${pull.number} conflicts with ${pull.baseRef}.`);
  // Closed first: the merge moves its base, which an open pull request would follow.
  closePull(world, pull);
  const moved = await moveRef(world, pull.repository, { ref: `refs/heads/${pull.baseRef}`, from, to });
  if (!moved) {
    pull.state = 'open';
    pull.closedAt = null;
    throw new Error(`Branch ${pull.baseRef} moved while pull request #${pull.number} was merged.`);
  }
  pull.mergedAt = timestamp(world);
  pull.mergedBy = by;
  pull.mergeCommit = to;
  return to;
}

/** Merges a pull request, past every requirement; the new head of its base. Fails when they conflict. */
export function mergePull(
  world: World,
  pull: PullRecord,
  by: Account,
  method: MergeMethod = 'merge',
): Promise<string> {
  return inTurn(pull.repository, () => mergeInTurn(world, pull, by, method));
}
