import { type ApiCommit, listFolder } from './files.ts';
import type { TreeNode } from './queries.ts';

/** A folder of a commit, with its entries as far down as the first query listed them. */
export interface Folder {
  /** Empty for the root. */
  readonly path: string;
  readonly entries: readonly TreeNode[];
}

/**
 * Paths of all files below folders. What the first query listed costs nothing more; a folder too deep for it costs one request.
 *
 * @param isWanted whether anything below a folder can be wanted, so that the others are not asked for
 */
export async function filesBelow(
  commit: ApiCommit,
  folders: readonly Folder[],
  isWanted: (folder: string) => boolean,
): Promise<readonly string[]> {
  const files: string[] = [];
  const unlisted: { readonly path: string; readonly oid: string }[] = [];
  const walk = ({ path, entries }: Folder): void => {
    for (const { name, type, oid, object } of entries) {
      const child = path === '' ? name : `${path}/${name}`;
      if (type === 'blob') files.push(child);
      else if (type === 'tree' && object?.entries) walk({ path: child, entries: object.entries });
      else if (type === 'tree' && isWanted(child)) unlisted.push({ path: child, oid });
    }
  };
  for (const folder of folders) walk(folder);
  const deeper = await Promise.all(unlisted.map(({ path, oid }) => listFolder(commit, path, oid)));
  return [...files, ...deeper.flat()];
}
