import { fullName, type ProposalPlace } from '../../github/index.ts';
import { type ApiCommit, fileOf, readEntries } from '../api/files.ts';
import type { RepositoryFile } from '../repository.ts';

/** Files of a commit by path; those that do not exist are left out. */
export async function filesAt(
  { github, repository, branch, signal }: ProposalPlace,
  head: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, RepositoryFile>> {
  const name = `${fullName(repository)}@${branch}`;
  const commit: ApiCommit = { github, repository, head, name, signal };
  const entries = await readEntries(commit, paths);
  const blobs = entries.filter((entry) => entry.type !== 'tree');
  const files = await Promise.all(blobs.map((entry) => fileOf(commit, entry)));
  return new Map(files.map((file) => [file.path, file]));
}
