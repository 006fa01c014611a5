import { type FileMode, fileMode } from '../git-blob.ts';
import type { GitClient } from './client.ts';

/** A file, link, submodule or folder of a commit. */
export interface TreeEntry {
  readonly path: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly mode: FileMode;
  readonly oid: string;
}

/** More paths than this are not passed as arguments; everything is listed then. */
const MOST_PATHS = 200;
const LINE = /^(\d{6}) (blob|tree|commit) ([0-9a-f]{40,64})\t(.+)$/s;

/** Files, links and submodules of a commit at or below paths; the empty path is the root. */
export async function listFiles(
  client: GitClient,
  commit: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly TreeEntry[]> {
  const isAll = paths.includes('') || paths.length > MOST_PATHS;
  return listTree(client, ['-r', commit, '--', ...(isAll ? [] : paths)], signal);
}

/** The entries of exactly these paths and of the folders above them, those that exist. */
export async function findEntries(
  client: GitClient,
  commit: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TreeEntry>> {
  const wanted = new Set(paths.flatMap((path) => [path, ...foldersAbove(path)]));
  const found = new Map<string, TreeEntry>();
  const all = [...wanted];
  for (let start = 0; start < all.length; start += MOST_PATHS) {
    const some = all.slice(start, start + MOST_PATHS);
    const entries = await listTree(client, ['-t', commit, '--', ...some], signal);
    for (const entry of entries) if (wanted.has(entry.path)) found.set(entry.path, entry);
  }
  return found;
}

/** `a/b/c` → `a/b`, `a`. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/')).reverse();
}

/** A path that is not UTF-8 has no name here: it is left out. */
async function listTree(
  client: GitClient,
  args: readonly string[],
  signal: AbortSignal,
): Promise<readonly TreeEntry[]> {
  const output = await client.output(['ls-tree', '-z', '--full-tree', ...args], { signal });
  const lines = output.toString().split('\0');
  return lines.flatMap((line) => {
    const [, mode = '', type, oid = '', path = ''] = LINE.exec(line) ?? [];
    if (path === '' || path.includes('\ufffd')) return [];
    if (type !== 'blob' && type !== 'tree' && type !== 'commit') return [];
    return [{ path, type, oid, mode: fileMode(Number.parseInt(mode, 8)) }];
  });
}
