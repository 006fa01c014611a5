import { ConfigurationError } from '../../action/index.ts';
import { explain, fullName, type GitHub, type RepositoryName } from '../../github/index.ts';
import { isCommitId, unknownCommit } from '../commit-id.ts';
import { globBase, globDepth, isGlob } from '../path-match.ts';
import type { PathSpec } from '../repository.ts';
import { type ApiCommit, BATCH, readEntries } from './files.ts';
import type { Folder } from './listing.ts';
import {
  type CommitFilesAnswer,
  type CommitNode,
  commitQuery,
  type EntryNode,
  entriesOf,
  type HeadAnswer,
  headQuery,
  LISTED_LEVELS,
  pathVariables,
} from './queries.ts';

/** A branch of a repository. */
export interface ApiBranch {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  /** Empty: the default branch. */
  readonly branch: string;
}

/** The head of a branch, or another commit, with what the first query told of the wanted paths. */
export interface Head {
  readonly commit: ApiCommit;
  /** The branch's name, also where it was the default one. */
  readonly branch: string;
  readonly entries: readonly EntryNode[];
  readonly folders: readonly Folder[];
}

/** `acme/gitops@main`. */
export function branchName({ repository, branch }: ApiBranch): string {
  return `${fullName(repository)}@${branch || 'its default branch'}`;
}

/**
 * Reads the head of a branch, the named files and the folders of patterns, at one commit and in one request.
 *
 * @throws ConfigurationError when repository or branch cannot be read
 */
export async function readHead(target: ApiBranch, paths: PathSpec, signal: AbortSignal): Promise<Head> {
  const wanted = wantedOf(paths);
  const { ref, isDefault } = { ref: `refs/heads/${target.branch}`, isDefault: target.branch === '' };
  const variables = { ...target.repository, ...pathVariables(wanted.first), ...(isDefault ? {} : { ref }) };
  const answer = await target.github
    .graphql<HeadAnswer>(headQuery(wanted.levels, wanted.rootLevels, isDefault), {
      ...variables,
      request: { signal },
    })
    .catch((error: unknown) => {
      throw explain(error, `read ${branchName(target)}`, 'contents: read');
    });
  const found = answer.repository.ref ?? answer.repository.defaultBranchRef;
  if (!found) throw noBranch(target);
  const name = branchName({ ...target, branch: found.name });
  return headOf({ ...target, branch: found.name }, name, found.target, wanted, signal);
}

/**
 * Reads the named files and the folders of patterns at any commit, in one request.
 *
 * @param commit full id
 * @throws ConfigurationError when the repository cannot be read or does not have the commit
 */
export async function readCommit(
  target: ApiBranch,
  commit: string,
  paths: PathSpec,
  signal: AbortSignal,
): Promise<Head> {
  const name = branchName(target);
  if (!isCommitId(commit)) throw unknownCommit(commit, name);
  const wanted = wantedOf(paths);
  const variables = { ...target.repository, oid: commit, ...pathVariables(wanted.first) };
  const answer = await target.github
    .graphql<CommitFilesAnswer>(commitQuery(wanted.levels, wanted.rootLevels), {
      ...variables,
      request: { signal },
    })
    .catch((error: unknown) => {
      throw explain(error, `read ${name} at ${commit}`, 'contents: read');
    });
  const found = answer.repository.object;
  if (found?.oid === undefined) throw unknownCommit(commit, name);
  return headOf(target, name, { ...found, oid: found.oid }, wanted, signal);
}

interface Wanted {
  /** Those that the first query asks for, and the others. */
  readonly first: readonly string[];
  readonly rest: readonly string[];
  readonly levels: readonly number[];
  readonly rootLevels: number;
}

function wantedOf(paths: PathSpec): Wanted {
  const roots = levelsOf(paths);
  const named = [...roots.keys()].filter((path) => path !== '');
  const [first, rest] = [named.slice(0, BATCH), named.slice(BATCH)];
  return { first, rest, levels: first.map((path) => roots.get(path) ?? 1), rootLevels: roots.get('') ?? 0 };
}

async function headOf(
  { github, repository, branch }: ApiBranch,
  name: string,
  found: CommitNode,
  { first, rest }: Wanted,
  signal: AbortSignal,
): Promise<Head> {
  const commit = { github, repository, head: found.oid, name, signal };
  const entries = [...entriesOf(found, first.length), ...(await readEntries(commit, rest))];
  const root = found.tree ? [{ path: '', entries: found.tree.entries }] : [];
  return { commit, branch, entries, folders: [...root, ...entries.flatMap(folderOf)] };
}

/** The paths that the first query asks for (files, folders, and folders that patterns cannot leave), with their levels. */
function levelsOf(paths: PathSpec): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  for (const path of paths) {
    const base = isGlob(path) ? globBase(path) : path;
    levels.set(base, Math.max(levels.get(base) ?? 1, Math.min(LISTED_LEVELS, globDepth(path))));
  }
  return levels;
}

/** A folder beyond the first hundred paths was read without its entries: it is listed as a whole, later. */
function folderOf({ path, type, oid, mode, object }: EntryNode): readonly Folder[] {
  if (type !== 'tree') return [];
  if (object?.entries) return [{ path, entries: object.entries }];
  const slash = path.lastIndexOf('/');
  return [
    { path: path.slice(0, Math.max(0, slash)), entries: [{ name: path.slice(slash + 1), type, oid, mode }] },
  ];
}

function noBranch(target: ApiBranch): ConfigurationError {
  const name = fullName(target.repository);
  return new ConfigurationError(
    target.branch === ''
      ? `The repository ${name} has no commits yet; push a first commit.`
      : `The repository ${name} has no branch "${target.branch}"; create it, or correct the input "branch".`,
  );
}
