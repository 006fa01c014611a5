import { gitSync } from '../git/command.ts';
import { parseCommit } from '../git/history.ts';
import type { RepositoryRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';

function filesOf(directory: string, sha: string): Record<'added' | 'removed' | 'modified', string[]> {
  const printed = gitSync(
    [
      'diff-tree',
      '--root',
      '-r',
      '-z',
      '--no-commit-id',
      '--name-status',
      '--no-renames',
      '-m',
      '--first-parent',
      sha,
    ],
    directory,
  );
  const parts = printed.split('\0');
  const files = { added: [] as string[], removed: [] as string[], modified: [] as string[] };
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const list = parts[index] === 'A' ? files.added : parts[index] === 'D' ? files.removed : files.modified;
    list.push(parts[index + 1] ?? '');
  }
  return files;
}

/** A commit as webhooks write it. */
export function commitPayload(world: World, record: RepositoryRecord, sha: string) {
  const detail = parseCommit(sha, gitSync(['cat-file', 'commit', sha], record.directory));
  const person = ({ name, email }: { name: string; email: string }) => ({ name, email });
  return {
    id: sha,
    tree_id: detail.tree,
    distinct: true,
    message: detail.message,
    timestamp: detail.committer.date,
    url: `${world.url}/${record.fullName}/commit/${sha}`,
    author: person(detail.author),
    committer: person(detail.committer),
    ...filesOf(record.directory, sha),
  };
}

/** The same without what only pushes say. */
export function simpleCommitPayload(world: World, record: RepositoryRecord, sha: string) {
  const { id, tree_id, message, timestamp, author, committer } = commitPayload(world, record, sha);
  return { id, tree_id, message, timestamp, author, committer };
}

/** First parent, or null for a root commit. */
export function firstParent(record: RepositoryRecord, sha: string): string | null {
  return parseCommit(sha, gitSync(['cat-file', 'commit', sha], record.directory)).parents[0] ?? null;
}
