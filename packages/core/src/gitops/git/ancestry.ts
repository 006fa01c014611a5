import { isCommitId, unknownCommit } from '../commit-id.ts';
import { fetchCommit, fetchHead, type GitBranch } from './head.ts';

/**
 * Whether a candidate is a commit or comes after it, in a clone of commits alone, without folders and contents.
 *
 * @param target its clone is used for nothing else: git would fetch what it lacks piece by piece
 * @throws ConfigurationError when the repository does not have the commit
 */
export async function isCommitAtOrAfter(
  target: GitBranch,
  commit: string,
  candidate: string,
): Promise<boolean> {
  if (!isCommitId(commit)) throw unknownCommit(commit, target.name);
  const { client, signal } = target;
  const head = await fetchHead(target, undefined, 'tree:0');
  const commits = await client.output(['rev-list', head], { signal });
  // Asking git for an object that the clone lacks would fetch it with all that it leads to.
  const known = new Set(commits.toString().split('\n'));
  const has = async (id: string) => known.has(id) || fetchCommit(target, id, undefined, 'tree:0');
  if (!(await has(commit))) throw unknownCommit(commit, target.name);
  if (!isCommitId(candidate) || !(await has(candidate))) return false;
  const { exitCode } = await client.run(['merge-base', '--is-ancestor', commit, candidate], { signal });
  return exitCode === 0;
}
