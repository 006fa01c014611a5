import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const COMMIT = /^[0-9a-f]{40}$/;

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function packedRefs(directory: string): Map<string, string> {
  const refs = new Map<string, string>();
  for (const line of readIfThere(join(directory, 'packed-refs')).split('\n')) {
    const [sha = '', ref = ''] = line.split(' ');
    if (COMMIT.test(sha)) refs.set(ref, sha);
  }
  return refs;
}

function looseRef(directory: string, ref: string): string {
  try {
    return readFileSync(join(directory, ref), 'utf8').trim();
  } catch {
    return '';
  }
}

/** Whether git would take it for a full ref name; also keeps paths inside the repository. */
export function isRefName(ref: string): boolean {
  return ref.startsWith('refs/') && !/\.\.|\/\/|[\s~^:?*[\\\0]|@\{|\/\.|\.lock(\/|$)|\/$|\.$/.test(ref);
}

/** The commit or tag object a full ref (`refs/heads/main`) points to now, read from the files git itself keeps. */
export function readRef(directory: string, ref: string): string | null {
  if (!isRefName(ref)) return null;
  const sha = looseRef(directory, ref);
  return COMMIT.test(sha) ? sha : (packedRefs(directory).get(ref) ?? null);
}

/** All refs under a prefix such as `refs/heads/`, sorted by name. */
export function listRefs(directory: string, prefix: string): string[] {
  const names = new Set([...packedRefs(directory).keys()].filter((ref) => ref.startsWith(prefix)));
  const folder = join(directory, prefix);
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith('.lock')) continue;
    names.add(join(entry.parentPath, entry.name).slice(directory.length + 1));
  }
  return [...names].sort();
}

/**
 * What a ref pointed to `changesAgo` changes before now, from its reflog: the eventual consistency of GitHub's read
 * replicas. With less history than that, the oldest value.
 */
export function readRefAsOf(directory: string, ref: string, changesAgo: number): string | null {
  const current = readRef(directory, ref);
  if (changesAgo <= 0 || current === null) return current;
  const values = readIfThere(join(directory, 'logs', ref))
    .split('\n')
    .map((line) => line.slice(41, 81))
    .filter((sha) => COMMIT.test(sha));
  return values.at(-1 - changesAgo) ?? values[0] ?? current;
}
