import { git } from './git/command.ts';
import { headOrFail } from './repository-files.ts';
import { commitsToBranch, inTurn, resolveCommit } from './state/branches.ts';
import type { RepositoryRecord } from './state/records.ts';
import type { World } from './state/world.ts';
import type { SeriesCommit, TagOptions } from './types.ts';

const AUTHOR = { name: 'Octo Cat', email: 'octocat@example.com' };

/** Many commits in the time of one. */
export async function commitSeriesTo(
  world: World,
  record: RepositoryRecord,
  branch: string,
  commits: readonly SeriesCommit[],
): Promise<string[]> {
  const now = world.now();
  const made = await inTurn(record, () => {
    const head = headOrFail(record, branch);
    return commitsToBranch(world, record, branch, {
      expected: head,
      parent: head,
      commits: commits.map(({ message, files = {}, date = now }) => ({
        files,
        message,
        date,
        author: AUTHOR,
        committer: AUTHOR,
      })),
    });
  });
  if (!made) throw new Error(`Branch ${branch} of ${record.fullName} moved while commits were made on it.`);
  return made;
}

/** A tag, annotated when it has a message. */
export async function makeTag(record: RepositoryRecord, name: string, options: TagOptions): Promise<string> {
  const { at = record.defaultBranch, message } = options;
  const commit = await resolveCommit(record, at);
  if (!commit) throw new Error(`Repository ${record.fullName} has nothing called ${at} to tag.`);
  const annotation = message === undefined ? [] : ['--annotate', '--message', message];
  await git(['tag', ...annotation, '--', name, commit], { cwd: record.directory });
  return commit;
}
