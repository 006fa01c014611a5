import { pathMatcher, rootsOf } from '../path-match.ts';
import type { PathSpec, RepositoryFile, Snapshot } from '../repository.ts';
import type { GitBlobs } from './blobs.ts';
import type { GitBranch } from './head.ts';
import { findEntries, listFiles, type TreeEntry } from './tree.ts';

/** The files of a commit whose folders are in the clone; contents come in one request. */
export async function readFiles(
  target: GitBranch,
  commit: string,
  paths: PathSpec,
  blobs: GitBlobs,
): Promise<Snapshot> {
  const matchers = paths.map(pathMatcher);
  const listed =
    paths.length === 0 ? [] : await listFiles(target.client, commit, rootsOf(paths), target.signal);
  const entries = listed.filter(({ path, mode }) =>
    mode === 'submodule' ? paths.includes(path) : matchers.some((matches) => matches(path)),
  );
  const ids = entries.filter(({ mode }) => mode !== 'submodule').map(({ oid }) => oid);
  const contents = await blobs.read(target, ids);
  const files = entries.map(
    ({ path, oid, mode }): RepositoryFile => ({
      path,
      oid,
      mode,
      content: contents.get(oid) ?? Buffer.alloc(0),
    }),
  );
  return { head: commit, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** Files of several commits whose folders are in the clone, by commit; contents come in one request. */
export async function readStatesOf(
  target: GitBranch,
  commits: readonly string[],
  paths: readonly string[],
  blobs: GitBlobs,
): Promise<ReadonlyMap<string, readonly RepositoryFile[]>> {
  const states = new Map<string, readonly TreeEntry[]>();
  for (const commit of commits) {
    const entries = await findEntries(target.client, commit, paths, target.signal);
    states.set(
      commit,
      [...entries.values()].filter(({ path, type }) => type === 'blob' && paths.includes(path)),
    );
  }
  const ids = [...states.values()].flatMap((entries) => entries.map(({ oid }) => oid));
  const contents = await blobs.read(target, ids);
  const fileOf = ({ path, oid, mode }: TreeEntry): RepositoryFile => ({
    path,
    oid,
    mode,
    content: contents.get(oid) ?? Buffer.alloc(0),
  });
  return new Map([...states].map(([commit, entries]) => [commit, entries.map(fileOf)]));
}
