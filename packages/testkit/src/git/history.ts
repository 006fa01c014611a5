import type { LogEntry } from '../types.ts';
import { git, gitBytes, gitResult } from './command.ts';

export interface TreeEntry {
  /** As git prints it: `100644`, `040000`. */
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  oid: string;
  /** Bytes; null for trees and submodules. */
  size: number | null;
  path: string;
}

export interface CommitDetail {
  sha: string;
  tree: string;
  parents: string[];
  author: { name: string; email: string; date: string };
  committer: { name: string; email: string; date: string };
  message: string;
}

function person(line: string): CommitDetail['author'] {
  const match = /^(.*) <(.*)> (\d+) [+-]\d{4}$/.exec(line);
  const date = new Date(Number(match?.[3] ?? 0) * 1000).toISOString().replace('.000Z', 'Z');
  return { name: match?.[1] ?? '', email: match?.[2] ?? '', date };
}

/** Reads a commit object's text. */
export function parseCommit(sha: string, text: string): CommitDetail {
  const split = text.indexOf('\n\n');
  const headers = text.slice(0, split).split('\n');
  const all = (name: string) =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return {
    sha,
    tree: all('tree')[0] ?? '',
    parents: all('parent'),
    author: person(all('author')[0] ?? ''),
    committer: person(all('committer')[0] ?? ''),
    message: text.slice(split + 2).replace(/\n$/, ''),
  };
}

const TYPE_OF_MODE: Readonly<Record<string, TreeEntry['type']>> = { '40000': 'tree', '160000': 'commit' };

/** Reads a tree object's own entries, without their sizes. */
export function parseTree(data: Buffer): Omit<TreeEntry, 'size'>[] {
  const entries: Omit<TreeEntry, 'size'>[] = [];
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(32, at);
    const end = data.indexOf(0, space);
    const mode = data.toString('latin1', at, space);
    const oid = data.toString('hex', end + 1, end + 21);
    const type = TYPE_OF_MODE[mode] ?? 'blob';
    entries.push({ mode: mode.padStart(6, '0'), type, oid, path: data.toString('utf8', space + 1, end) });
    at = end + 21;
  }
  return entries;
}

function parseTreeLine(line: string): TreeEntry {
  const [meta = '', path = ''] = line.split('\t', 2);
  const [mode = '', type = '', oid = '', size = ''] = meta.split(/ +/);
  return { mode, type: type as TreeEntry['type'], oid, size: size === '-' ? null : Number(size), path };
}

/** Entries of a tree or commit; with `recursive` also those below, trees included. */
export async function listTree(directory: string, treeish: string, recursive = false): Promise<TreeEntry[]> {
  const flags = recursive ? ['-r', '-t'] : [];
  const printed = await git(['ls-tree', '-z', '-l', ...flags, treeish], { cwd: directory });
  return printed.split('\0').filter(Boolean).map(parseTreeLine);
}

function parseLogRecord(record: string): LogEntry {
  const [sha = '', parents = '', name = '', email = '', message = '', files = ''] = record.split('\x01');
  return {
    sha,
    parents: parents.split(' ').filter(Boolean),
    author: { name, email },
    message: message.replace(/\n$/, ''),
    files: files
      .split('\0')
      .map((file) => file.trim())
      .filter(Boolean),
  };
}

/** Commits reachable from a revision, newest first, each with the paths it changed. */
export async function readLog(directory: string, revision: string): Promise<LogEntry[]> {
  const format = '--format=%x02%H%x01%P%x01%an%x01%ae%x01%B%x01';
  const args = [
    'log',
    '-z',
    '--topo-order',
    '--diff-merges=first-parent',
    '--name-only',
    format,
    revision,
    '--',
  ];
  const printed = await git(args, { cwd: directory });
  return printed.split('\x02').slice(1).map(parseLogRecord);
}

export interface CommitFilter {
  path?: string;
  /** Committed then or later; an ISO date. */
  since?: string;
}

/** Ids of the commits reachable from a revision that touch a path, newest first. */
export async function listCommits(
  directory: string,
  revision: string,
  { path, since }: CommitFilter = {},
): Promise<string[]> {
  const args = ['rev-list', ...(since ? [`--since=${since}`] : []), revision, '--', ...(path ? [path] : [])];
  const printed = await git(args, { cwd: directory });
  return printed.split('\n').filter(Boolean);
}

/** Whether the first commit is the second or an ancestor of it. */
export async function isAncestor(directory: string, ancestor: string, commit: string): Promise<boolean> {
  return (await gitResult(['merge-base', '--is-ancestor', ancestor, commit], { cwd: directory })).code === 0;
}

/** Best common ancestor, or null. */
export async function mergeBase(directory: string, one: string, other: string): Promise<string | null> {
  const result = await gitResult(['merge-base', one, other], { cwd: directory });
  return result.code === 0 ? result.stdout.toString().trim() : null;
}

/** Tree of the merge of two commits, made without a work tree; null when they conflict. */
export async function mergeTrees(directory: string, base: string, head: string): Promise<string | null> {
  const result = await gitResult(['merge-tree', '--write-tree', base, head], { cwd: directory });
  return result.code === 0 ? (result.stdout.toString().split('\n')[0] ?? null) : null;
}

/** Blob content of `<commit>:<path>`. */
export function readFileBytes(directory: string, commit: string, path: string): Promise<Buffer> {
  return gitBytes(['cat-file', 'blob', `${commit}:${path}`], { cwd: directory });
}
