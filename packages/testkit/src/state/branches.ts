import { commitFiles, commitSeries, type NewCommit, type NewCommits } from '../git/commit.ts';
import { isAncestor } from '../git/history.ts';
import { readRef, readRefAsOf } from '../git/refs.ts';
import { NO_COMMIT, updateRefs } from '../git/update-ref.ts';
import { refreshPulls } from './pulls.ts';
import type { RepositoryRecord } from './records.ts';
import { timestamp, type World } from './world.ts';

/** Head of a branch now, or `stale` changes ago; null when there is no such branch. */
export function headOf(repository: RepositoryRecord, branch: string, stale = 0): string | null {
  return readRefAsOf(repository.directory, `refs/heads/${branch}`, stale);
}

/** Runs branch changes of one repository one after the other. A push of git itself does not wait here: its lock is git's. */
export function inTurn<T>(repository: RepositoryRecord, work: () => Promise<T>): Promise<T> {
  const turn = repository.lastChange.then(work, work);
  repository.lastChange = turn.catch(() => undefined);
  return turn;
}

/** What follows every change of a ref, however it came. */
export function refsChanged(world: World, repository: RepositoryRecord, ref?: string): void {
  repository.pushedAt = timestamp(world);
  refreshPulls(world, repository, ref);
}

/** Commits files to a branch if its head is still `expected`; null when it has moved. */
export async function commitToBranch(
  world: World,
  repository: RepositoryRecord,
  branch: string,
  commit: Omit<NewCommit, 'directory' | 'ref' | 'date'>,
): Promise<string | null> {
  const { directory } = repository;
  const ref = `refs/heads/${branch}`;
  const sha = await commitFiles({ ...commit, directory, ref, date: world.now() });
  if (sha) refsChanged(world, repository, ref);
  return sha;
}

/** Commits one after the other to a branch if its head is still `expected`; null when it has moved. */
export async function commitsToBranch(
  world: World,
  repository: RepositoryRecord,
  branch: string,
  series: Omit<NewCommits, 'directory' | 'ref'>,
): Promise<string[] | null> {
  const ref = `refs/heads/${branch}`;
  const ids = await commitSeries({ ...series, directory: repository.directory, ref });
  if (ids) refsChanged(world, repository, ref);
  return ids;
}

/** Moves, creates (`from` = `NO_COMMIT`) or deletes (`to` = `NO_COMMIT`) one ref, compare-and-swap. */
export async function moveRef(
  world: World,
  repository: RepositoryRecord,
  change: { ref: string; from: string; to: string },
): Promise<boolean> {
  const moved = await updateRefs(repository.directory, [change]);
  if (moved) refsChanged(world, repository, change.ref);
  return moved;
}

/** Whether moving a ref there loses no commit. */
export function isFastForward(repository: RepositoryRecord, from: string, to: string): Promise<boolean> {
  return isAncestor(repository.directory, from, to);
}

/** A branch, tag, full ref, `HEAD` or commit id (also shortened) as a commit id; null when there is none. */
export async function resolveCommit(
  repository: RepositoryRecord,
  name: string,
  stale = 0,
): Promise<string | null> {
  const branch = name === 'HEAD' ? repository.defaultBranch : name;
  const { directory } = repository;
  const direct =
    headOf(repository, branch, stale) ??
    readRef(directory, `refs/tags/${branch}`) ??
    readRefAsOf(directory, `refs/${branch}`, stale) ??
    readRefAsOf(directory, branch, stale);
  const spec = direct ?? (/^[0-9a-f]{4,40}$/.test(name) ? name : null);
  if (!spec) return null;
  const object = await repository.objects.get(`${spec}^{commit}`);
  return object?.oid ?? null;
}

export { NO_COMMIT };
