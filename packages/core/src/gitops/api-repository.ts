import { ConfigurationError } from '../action/index.ts';
import { explain, failureKind, fullName, type GitHub, type RepositoryName } from '../github/index.ts';
import { type ApiCommit, BATCH, fileOf, listFolder, readEntries } from './api-files.ts';
import {
  type CommitAnswer,
  commitMutation,
  type EntryNode,
  entriesOf,
  type HeadAnswer,
  type HistoryAnswer,
  headQuery,
  historyQuery,
  pathVariables,
} from './api-queries.ts';
import { globBase, isGlob, pathMatcher } from './path-spec.ts';
import type {
  Commit,
  CommitMessage,
  Conflict,
  FileChange,
  GitOpsRepository,
  PathSpec,
  Snapshot,
} from './repository.ts';

export interface ApiRepositoryOptions {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  /** Empty: the repository's default branch. */
  readonly branch: string;
}

/**
 * A GitOps repository through GitHub's API, without a clone: head and files come from one GraphQL query, a commit is one
 * `createCommitOnBranch` with `expectedHeadOid` (signed by GitHub). A file costs two requests whatever the size of the
 * repository; a folder or glob costs one more to list it and one for each 100 files.
 * https://docs.github.com/graphql/reference/mutations#createcommitonbranch
 */
export function createApiRepository(options: ApiRepositoryOptions): GitOpsRepository {
  return new ApiRepository(options);
}

class ApiRepository implements GitOpsRepository {
  readonly #github: GitHub;
  readonly #repository: RepositoryName;
  /** The default branch's name is only known after the first read. */
  #branch: string;

  constructor({ github, repository, branch }: ApiRepositoryOptions) {
    this.#github = github;
    this.#repository = repository;
    this.#branch = branch;
  }

  get name(): string {
    return `${fullName(this.#repository)}@${this.#branch || 'its default branch'}`;
  }

  async read(paths: PathSpec, signal: AbortSignal): Promise<Snapshot> {
    const roots = [...new Set(paths.map((path) => (isGlob(path) ? globBase(path) : path)))];
    const { commit, entries } = await this.#readHead(
      roots.filter((path) => path !== ''),
      signal,
    );
    const trees = entries.filter((entry) => entry.type === 'tree').map(({ path, oid }) => ({ path, oid }));
    const folders = roots.includes('') ? [{ path: '', oid: commit.head }] : trees;
    const listed = (await Promise.all(folders.map(({ path, oid }) => listFolder(commit, path, oid)))).flat();
    const named = entries.filter((entry) => entry.type !== 'tree' && paths.includes(entry.path));
    const known = new Set(named.map((entry) => entry.path));
    const matchers = paths.map(pathMatcher);
    const more = new Set(
      listed.filter((path) => !known.has(path) && matchers.some((matches) => matches(path))),
    );
    const all = [...named, ...(await readEntries(commit, [...more]))];
    const files = await Promise.all(all.map((entry) => fileOf(commit, entry)));
    return { head: commit.head, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
  }

  async #readHead(
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<{ commit: ApiCommit; entries: readonly EntryNode[] }> {
    const first = paths.slice(0, BATCH);
    const ref = this.#branch === '' ? {} : { ref: `refs/heads/${this.#branch}` };
    const variables = { ...this.#repository, ...ref, ...pathVariables(first), request: { signal } };
    const { repository } = await this.#github
      .graphql<HeadAnswer>(headQuery(first.length, this.#branch === ''), variables)
      .catch((error: unknown) => {
        throw explain(error, `read ${this.name}`, 'contents: read');
      });
    const branch = repository.ref ?? repository.defaultBranchRef ?? this.#refuseBranch();
    this.#branch = branch.name;
    const head = branch.target.oid;
    const commit = { github: this.#github, repository: this.#repository, head, name: this.name, signal };
    const rest = await readEntries(commit, paths.slice(BATCH));
    return { commit, entries: [...entriesOf(branch.target, first.length), ...rest] };
  }

  #refuseBranch(): never {
    const name = fullName(this.#repository);
    throw new ConfigurationError(
      this.#branch === ''
        ? `The repository ${name} has no commits yet; push a first commit.`
        : `The repository ${name} has no branch "${this.#branch}"; create it, or correct the input "branch".`,
    );
  }

  async commit(
    base: Snapshot,
    changes: readonly FileChange[],
    message: CommitMessage,
    signal: AbortSignal,
  ): Promise<Commit | Conflict> {
    refuseModes(base, changes);
    const input = {
      branch: { repositoryNameWithOwner: fullName(this.#repository), branchName: this.#branch },
      expectedHeadOid: base.head,
      message,
      fileChanges: fileChanges(changes),
    };
    try {
      const answer = await this.#github.graphql<CommitAnswer>(commitMutation, { input, request: { signal } });
      return {
        kind: 'commit',
        id: answer.createCommitOnBranch.commit.oid,
        url: answer.createCommitOnBranch.commit.url,
      };
    } catch (error) {
      const kind = failureKind(error);
      if (kind === 'stale') return { kind: 'conflict' };
      if (kind === 'ambiguous')
        return (await this.#findCommit(base, message, signal)) ?? { kind: 'conflict' };
      throw explain(error, `commit to ${this.name}`, 'contents: write');
    }
  }

  /** After a lost answer: our commit is the child of the base with our message, if it is there at all. */
  async #findCommit(
    base: Snapshot,
    message: CommitMessage,
    signal: AbortSignal,
  ): Promise<Commit | undefined> {
    const wanted = `${message.headline}\n\n${message.body}`.trim();
    const variables = { ...this.#repository, ref: `refs/heads/${this.#branch}`, request: { signal } };
    const { repository } = await this.#github
      .graphql<HistoryAnswer>(historyQuery, variables)
      .catch((error: unknown) => {
        throw explain(error, `find out whether the commit reached ${this.name}`, 'contents: write');
      });
    const nodes = repository.ref?.target.history.nodes ?? [];
    const ours = nodes.find(
      (node) => node.parents.nodes[0]?.oid === base.head && node.message.trim() === wanted,
    );
    return ours && { kind: 'commit', id: ours.oid, url: ours.url };
  }
}

function fileChanges(changes: readonly FileChange[]) {
  return {
    additions: changes.flatMap(({ path, content }) =>
      content === null ? [] : [{ path, contents: Buffer.from(content).toString('base64') }],
    ),
    deletions: changes.flatMap(({ path, content }) => (content === null ? [{ path }] : [])),
  };
}

/** The API writes regular files only: it would turn a link into a file and drop an executable bit. */
function refuseModes(base: Snapshot, changes: readonly FileChange[]): void {
  for (const { path, content } of changes) {
    const mode = base.files.find((file) => file.path === path)?.mode;
    if (content !== null && mode !== undefined && mode !== 'regular') {
      const kind = mode === 'executable' ? 'an executable file' : `a ${mode}`;
      throw new ConfigurationError(`${path} is ${kind}; only regular files are written.`);
    }
  }
}
