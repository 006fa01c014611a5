import { git } from '../git/command.ts';
import { mergeTrees } from '../git/history.ts';
import { readRef } from '../git/refs.ts';
import { NO_COMMIT, updateRefs } from '../git/update-ref.ts';
import { addConversation } from './conversations.ts';
import type { Account, PullRecord, RepositoryRecord } from './records.ts';
import { timestamp, type World } from './world.ts';

const branchHead = (repository: RepositoryRecord, branch: string) =>
  readRef(repository.directory, `refs/heads/${branch}`);

/** Pull requests of a repository, oldest first. */
export function pullsOf(repository: RepositoryRecord): PullRecord[] {
  return [...repository.conversations.values()].filter((one): one is PullRecord => one.kind === 'pull');
}

/** Head of a pull request: its branch while it is open, then what it was closed with. */
export function pullHead(pull: PullRecord): string {
  if (pull.state === 'open') pull.lastHead = branchHead(pull.headRepository, pull.headRef) ?? pull.lastHead;
  return pull.lastHead;
}

/** Base commit: its branch while it is open, then what it was closed with. */
export function pullBase(pull: PullRecord): string {
  if (pull.state === 'open') pull.lastBase = branchHead(pull.repository, pull.baseRef) ?? pull.lastBase;
  return pull.lastBase;
}

/** Takes up moved heads of a ref or of all; a pull request whose head branch is gone is closed, as GitHub does. */
export function refreshPulls(world: World, repository: RepositoryRecord, ref?: string): void {
  const all = [...world.repositories.values()].flatMap(pullsOf);
  for (const pull of all) {
    if (ref && ref !== `refs/heads/${pull.headRef}` && ref !== `refs/heads/${pull.baseRef}`) continue;
    if (pull.state !== 'open' || (pull.headRepository !== repository && pull.repository !== repository))
      continue;
    const before = pull.lastHead;
    if (pullHead(pull) !== before) pull.updatedAt = timestamp(world);
    pullBase(pull);
    if (branchHead(pull.headRepository, pull.headRef) === null) closePull(world, pull);
  }
}

export interface NewPull {
  title: string;
  body: string | null;
  headRef: string;
  headRepository: RepositoryRecord;
  baseRef: string;
  draft: boolean;
  author: Account;
}

/** Opens a pull request; both branches must exist. */
export function addPull(world: World, repository: RepositoryRecord, fields: NewPull): PullRecord {
  const lastHead = branchHead(fields.headRepository, fields.headRef) ?? NO_COMMIT;
  const lastBase = branchHead(repository, fields.baseRef) ?? NO_COMMIT;
  const pull = addConversation(world, repository, 'PR', {
    ...fields,
    kind: 'pull' as const,
    autoMerge: null,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    lastHead,
    lastBase,
  });
  return pull;
}

/** Closes a pull request on the head and base it has now. */
export function closePull(world: World, pull: PullRecord): void {
  pullHead(pull);
  pullBase(pull);
  pull.state = 'closed';
  pull.closedAt = timestamp(world);
  pull.updatedAt = pull.closedAt;
}

/** Brings the head's commits into the base's object store, where a fork keeps them elsewhere. */
export async function fetchHead(pull: PullRecord): Promise<string> {
  const head = pullHead(pull);
  const { directory } = pull.repository;
  if (pull.headRepository !== pull.repository) {
    await git(['fetch', '--quiet', '--no-tags', pull.headRepository.directory, head], { cwd: directory });
  }
  const ref = `refs/pull/${pull.number}/head`;
  const from = readRef(directory, ref) ?? NO_COMMIT;
  if (from !== head) await updateRefs(directory, [{ ref, from, to: head }]);
  return head;
}

/** Makes the merge of head into base without moving a branch; null when they conflict. */
export async function makeMerge(world: World, pull: PullRecord, message: string): Promise<string | null> {
  const head = await fetchHead(pull);
  const base = pullBase(pull);
  return mergeCommits(world, pull.repository.directory, [base, head], message);
}

/** Makes the merge of two commits without moving a branch; null when they conflict. */
export async function mergeCommits(
  world: World,
  directory: string,
  [first, second]: readonly [string, string],
  message: string,
): Promise<string | null> {
  const tree = await mergeTrees(directory, first, second);
  if (!tree) return null;
  const date = `${Math.floor(world.now().getTime() / 1000)} +0000`;
  const printed = await git(['commit-tree', tree, '-p', first, '-p', second, '-m', message], {
    cwd: directory,
    env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
  });
  return printed.trim();
}

/** The test merge, kept at `refs/pull/<n>/merge`; null when head and base conflict. */
export async function testMerge(world: World, pull: PullRecord): Promise<string | null> {
  const ref = `refs/pull/${pull.number}/merge`;
  const from = readRef(pull.repository.directory, ref) ?? NO_COMMIT;
  const [base, head] = [pullBase(pull), pullHead(pull)];
  if (from !== NO_COMMIT) {
    const kept = await pull.repository.objects.get(from);
    if (kept?.data.includes(`parent ${base}\nparent ${head}\n`)) return from;
  }
  const to = await makeMerge(world, pull, `Merge ${head} into ${base}`);
  if (to && to !== from) await updateRefs(pull.repository.directory, [{ ref, from, to }]);
  return to;
}
