import { createHash } from 'node:crypto';

/**
 * Whether the bytes are those that git stores under this object id.
 * https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 *
 * @param oid 40 hex digits (SHA-1) or 64 (SHA-256 repositories)
 */
export function isBlob(content: Buffer, oid: string): boolean {
  const hash = createHash(oid.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${content.length}\0`).update(content).digest('hex') === oid;
}

/** What a tree entry is. */
export type FileMode = 'regular' | 'executable' | 'symlink' | 'submodule';

const MODES: ReadonlyMap<number, FileMode> = new Map([
  [0o100755, 'executable'],
  [0o120000, 'symlink'],
  [0o160000, 'submodule'],
]);

/** Mode of a tree entry that is no folder, from git's number; 0100644 and old trees' 0100664 are regular files. */
export function fileMode(mode: number): FileMode {
  return MODES.get(mode) ?? 'regular';
}
