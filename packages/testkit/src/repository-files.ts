import { listTree } from './git/history.ts';
import { commitToBranch, headOf, inTurn, moveRef, NO_COMMIT, resolveCommit } from './state/branches.ts';
import type { RepositoryRecord } from './state/records.ts';
import type { World } from './state/world.ts';
import type { CommitOptions, FileChanges } from './types.ts';

const AUTHOR = { name: 'Octo Cat', email: 'octocat@example.com' };
const LAST_TRY = 5;

export function headOrFail(record: RepositoryRecord, branch: string): string {
  const head = headOf(record, branch);
  if (!head) throw new Error(`Repository ${record.fullName} has no branch ${branch}.`);
  return head;
}

async function startOf(record: RepositoryRecord, from: string | undefined): Promise<string | null> {
  const name = from ?? record.defaultBranch;
  const sha = await resolveCommit(record, name);
  if (!sha && from)
    throw new Error(`Repository ${record.fullName} has nothing called ${from} to start a branch from.`);
  return sha;
}

async function tryCommit(
  world: World,
  record: RepositoryRecord,
  branch: string,
  files: FileChanges,
  options: CommitOptions,
) {
  const head = headOf(record, branch);
  const author = options.author ?? AUTHOR;
  const message = `${options.message ?? `Change ${Object.keys(files).join(', ')}`}\n`;
  const parent = head ?? (await startOf(record, options.from));
  return commitToBranch(world, record, branch, {
    expected: head ?? NO_COMMIT,
    parent,
    files,
    message,
    author,
    committer: author,
  });
}

/** Commits on whatever the branch's head is; another writer in between only means another try. */
export async function commitFilesTo(
  world: World,
  record: RepositoryRecord,
  branch: string,
  files: FileChanges,
  options: CommitOptions,
): Promise<string> {
  for (let attempt = 1; attempt <= LAST_TRY; attempt += 1) {
    const sha = await inTurn(record, () => tryCommit(world, record, branch, files, options));
    if (sha) return sha;
  }
  throw new Error(
    `Branch ${branch} of ${record.fullName} moved during each of ${LAST_TRY} tries to commit to it.`,
  );
}

export async function deleteBranch(world: World, record: RepositoryRecord, branch: string): Promise<void> {
  const ref = `refs/heads/${branch}`;
  const from = headOrFail(record, branch);
  await inTurn(record, () => moveRef(world, record, { ref, from, to: NO_COMMIT }));
}

export async function readBytes(record: RepositoryRecord, branch: string, path: string): Promise<Buffer> {
  const blob = await record.objects.get(`${headOrFail(record, branch)}:${path}`);
  if (blob?.type !== 'blob') throw new Error(`Branch ${branch} of ${record.fullName} has no file ${path}.`);
  return Buffer.from(blob.data);
}

export async function listFiles(record: RepositoryRecord, branch: string, prefix: string): Promise<string[]> {
  const entries = await listTree(record.directory, headOrFail(record, branch), true);
  const files = entries.filter((one) => one.type !== 'tree').map((one) => one.path);
  return files.filter((path) => path.startsWith(prefix));
}
