import { readFile } from 'node:fs/promises';
import type { LogEntry } from '../repository.ts';
import type { GitClient } from './client.ts';
import { fetchHead, type GitBranch } from './head.ts';

const MOST = 100;
/** How far back the branch is fetched, step by step, until enough commits of the file are found. */
const DEPTHS = [100, 1000, 5000];

/**
 * Commits of a branch that touched a file, newest first, at most a hundred, from its last 5,000 commits.
 *
 * @param pageOf address of a commit's page
 */
export async function readLog(
  target: GitBranch,
  path: string,
  pageOf: (commit: string) => string,
): Promise<readonly LogEntry[]> {
  for (const depth of DEPTHS) {
    const head = await fetchHead(target, depth);
    const cut = await cutCommits(target.client);
    const entries = await log(target, head, path);
    // Where the history is cut off a commit looks as if it had made every file.
    const real = entries.filter(({ id }) => !cut.has(id));
    const isEnough = real.length >= MOST || cut.size === 0 || depth === DEPTHS.at(-1);
    if (isEnough) return real.slice(0, MOST).map((entry) => ({ ...entry, url: pageOf(entry.id) }));
  }
  return [];
}

async function log({ client, signal }: GitBranch, head: string, path: string): Promise<readonly LogEntry[]> {
  const format = '--format=%H%x00%P%x00%B%x00';
  const args = ['log', '--encoding=UTF-8', `--max-count=${MOST + 1}`, format, head, '--', path];
  const fields = (await client.output(args, { signal })).toString().split('\0');
  const count = Math.floor(fields.length / 3);
  return Array.from({ length: count }, (_, index) => {
    const [id = '', parents = '', message = ''] = fields.slice(index * 3, index * 3 + 3);
    return { id: id.trim(), parent: parents.split(' ')[0] ?? '', message: message.trimEnd(), url: '' };
  });
}

/** https://git-scm.com/docs/shallow */
async function cutCommits(client: GitClient): Promise<ReadonlySet<string>> {
  const text = await readFile(client.file('shallow'), 'utf8').catch(() => '');
  return new Set(text.split('\n').filter((line) => line !== ''));
}
