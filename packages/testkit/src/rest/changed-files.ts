import { git } from '../git/command.ts';
import type { RestCall } from './route.ts';
import { apiAddress, webAddress } from './templates.ts';

const STATUS: Readonly<Record<string, string>> = {
  A: 'added',
  M: 'modified',
  D: 'removed',
  R: 'renamed',
  T: 'changed',
};

export interface FileChange {
  status: string;
  sha: string;
  filename: string;
  /** Of a renamed file only. */
  previous_filename?: string;
  additions: number;
  deletions: number;
}

/** `:<mode> <mode> <oid> <oid> <letter>`, NUL, one path, or two when the file was renamed. */
function parseRaw(printed: string): Omit<FileChange, 'additions' | 'deletions'>[] {
  const parts = printed.split('\0').values();
  const changes: Omit<FileChange, 'additions' | 'deletions'>[] = [];
  for (const meta of parts) {
    if (meta === '') continue;
    const [, , , oid = '', letter = ''] = meta.split(' ');
    const status = STATUS[letter[0] ?? ''] ?? 'changed';
    const path = parts.next().value ?? '';
    if (status !== 'renamed') changes.push({ status, sha: oid, filename: path });
    else changes.push({ status, sha: oid, filename: parts.next().value ?? '', previous_filename: path });
  }
  return changes;
}

/** Line counts by path. A renamed file's line ends where its two paths would begin. */
function parseCounts(printed: string): ReadonlyMap<string, { additions: number; deletions: number }> {
  const parts = printed.split('\0').values();
  const counts = new Map<string, { additions: number; deletions: number }>();
  for (const line of parts) {
    if (line === '') continue;
    const [added, deleted, name = ''] = line.split('\t');
    if (name === '') parts.next();
    const path = name === '' ? (parts.next().value ?? '') : name;
    // A binary file has dashes.
    counts.set(path, { additions: Number(added) || 0, deletions: Number(deleted) || 0 });
  }
  return counts;
}

/** Files that differ between two commits, with their line counts; renames found as git finds them. */
export async function changedFiles(directory: string, from: string, to: string): Promise<FileChange[]> {
  const read = (...flags: string[]) =>
    git(['diff-tree', '-r', '-z', '-M', ...flags, from, to], { cwd: directory });
  const [raw, numbers] = await Promise.all([read('--raw', '--no-abbrev'), read('--numstat')]);
  const counts = parseCounts(numbers);
  return parseRaw(raw).map((change) => ({
    ...change,
    ...(counts.get(change.filename) ?? { additions: 0, deletions: 0 }),
  }));
}

/** A changed file as `commits` and `compare` show it. */
export function fileJson(call: RestCall, commit: string, file: FileChange) {
  const web = webAddress(call.world, call.repository);
  return {
    ...file,
    changes: file.additions + file.deletions,
    blob_url: `${web}/blob/${commit}/${file.filename}`,
    raw_url: `${web}/raw/${commit}/${file.filename}`,
    contents_url: `${apiAddress(call.world, call.repository)}/contents/${file.filename}?ref=${commit}`,
  };
}
