import { readFile } from 'node:fs/promises';
import { LONGEST_LOG, type LogEntry, type Step, type StepsEnd } from '../repository.ts';
import type { GitClient } from './client.ts';
import { fetchHead, type GitBranch } from './head.ts';

/** How far back the branch is fetched, step by step, until enough commits are found. */
const DEPTHS = [100, 1000, 5000];

/**
 * Commits of a branch that touched any of these files and folders, newest first, at most a hundred, from its last 5,000
 * commits.
 *
 * @param roots the empty path is the whole repository
 * @param pageOf address of a commit's page
 */
export async function readLog(
  target: GitBranch,
  roots: readonly string[],
  pageOf: (commit: string) => string,
): Promise<readonly LogEntry[]> {
  const { commits } = await deepLog(target, roots, (head) => [head]);
  return commits.map(({ id, parent, message }) => ({ id, parent, message, url: pageOf(id) }));
}

/**
 * The commits of a branch's own line that changed paths, as `readLog` finds its own; each merge with what it brought.
 *
 * @param from a commit of the branch
 */
export async function readLine(
  target: GitBranch,
  from: string,
  roots: readonly string[],
  pageOf: (commit: string) => string,
): Promise<{ readonly steps: readonly Step[]; readonly end: StepsEnd }> {
  const { commits, cut, isWhole } = await deepLog(target, roots, () => ['--first-parent', from]);
  const steps: Step[] = [];
  for (const { id, parent, parents, message } of commits) {
    const sides = parents.length > 1 ? await log(target, [id, `^${parent}`], roots) : [];
    const brought = sides.filter((side) => side.id !== id && !cut.has(side.id));
    steps.push({ id, parent, message, url: pageOf(id), brought: brought.map((side) => side.message) });
  }
  return { steps, end: isWhole ? 'whole' : 'cut' };
}

interface Deep {
  readonly commits: readonly Commit[];
  readonly cut: ReadonlySet<string>;
  readonly isWhole: boolean;
}

/** Fetches the branch further back until a hundred commits are found, or there are no more. */
async function deepLog(
  target: GitBranch,
  roots: readonly string[],
  which: (head: string) => readonly string[],
): Promise<Deep> {
  for (const depth of roots.length === 0 ? [] : DEPTHS) {
    const head = await fetchHead(target, depth);
    const cut = await cutCommits(target.client);
    // Where the history is cut off a commit looks as if it had made every file.
    const real = (await log(target, which(head), roots)).filter(({ id }) => !cut.has(id));
    const isEnough = real.length >= LONGEST_LOG || cut.size === 0 || depth === DEPTHS.at(-1);
    const isWhole = cut.size === 0 && real.length <= LONGEST_LOG;
    if (isEnough) return { commits: real.slice(0, LONGEST_LOG), cut, isWhole };
  }
  return { commits: [], cut: new Set(), isWhole: true };
}

interface Commit extends LogEntry {
  readonly parents: readonly string[];
}

/** @param which arguments that say which commits */
async function log(
  { client, signal }: GitBranch,
  which: readonly string[],
  roots: readonly string[],
): Promise<readonly Commit[]> {
  const paths = roots.includes('') ? [] : roots;
  const format = '--format=%H%x00%P%x00%B%x00';
  const args = [
    'log',
    '--encoding=UTF-8',
    `--max-count=${LONGEST_LOG + 1}`,
    format,
    ...which,
    '--',
    ...paths,
  ];
  const fields = (await client.output(args, { signal })).toString().split('\0');
  const count = Math.floor(fields.length / 3);
  return Array.from({ length: count }, (_, index) => {
    const [id = '', of = '', message = ''] = fields.slice(index * 3, index * 3 + 3);
    const parents = of.split(' ').filter((parent) => parent !== '');
    return { id: id.trim(), parent: parents[0] ?? '', parents, message: message.trimEnd(), url: '' };
  });
}

/** https://git-scm.com/docs/shallow */
async function cutCommits(client: GitClient): Promise<ReadonlySet<string>> {
  const text = await readFile(client.file('shallow'), 'utf8').catch(() => '');
  return new Set(text.split('\n').filter((line) => line !== ''));
}
