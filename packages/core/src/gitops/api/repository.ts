import { ConfigurationError } from '../../action/index.ts';
import { explain, failureKind, fullName, retryAfterOf } from '../../github/index.ts';
import { globDepth, pathMatcher } from '../path-spec.ts';
import type {
  Commit,
  CommitMessage,
  Conflict,
  FileChange,
  GitOpsRepository,
  LogEntry,
  PathSpec,
  Snapshot,
} from '../repository.ts';
import { fileOf, holds, readEntries } from './files.ts';
import { type ApiBranch, branchName, readHead } from './head.ts';
import { filesBelow } from './listing.ts';
import {
  type CommitAnswer,
  commitMutation,
  type HistoryAnswer,
  historyQuery,
  LISTED_LEVELS,
} from './queries.ts';

/**
 * A GitOps repository through GitHub's API, without a clone: head and files come from one GraphQL query, a commit is one
 * `createCommitOnBranch` with `expectedHeadOid` (signed by GitHub). A file costs two requests whatever the size of the
 * repository; a folder or glob costs one more for each 100 files, and one for each folder more than four levels down.
 * https://docs.github.com/graphql/reference/mutations#createcommitonbranch
 */
export function createApiRepository(target: ApiBranch): GitOpsRepository {
  return new ApiRepository(target);
}

class ApiRepository implements GitOpsRepository {
  /** The default branch's name is only known after the first read. */
  #target: ApiBranch;

  constructor(target: ApiBranch) {
    this.#target = target;
  }

  get name(): string {
    return branchName(this.#target);
  }

  async read(paths: PathSpec, signal: AbortSignal): Promise<Snapshot> {
    const { commit, branch, entries, folders } = await readHead(this.#target, paths, signal);
    this.#target = { ...this.#target, branch };
    const depth = Math.max(0, ...paths.map(globDepth));
    const listed = await filesBelow(commit, folders, () => depth > LISTED_LEVELS);
    const named = entries.filter((entry) => entry.type !== 'tree' && paths.includes(entry.path));
    const known = new Set(named.map((entry) => entry.path));
    const matchers = paths.map(pathMatcher);
    const more = listed.filter((path) => !known.has(path) && matchers.some((matches) => matches(path)));
    const all = [...named, ...(await readEntries(commit, [...new Set(more)]))];
    const files = await Promise.all(all.map((entry) => fileOf(commit, entry)));
    return { head: commit.head, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
  }

  async commit(
    base: Snapshot,
    changes: readonly FileChange[],
    message: CommitMessage,
    signal: AbortSignal,
  ): Promise<Commit | Conflict> {
    refuseModes(base, changes);
    const { github, repository, branch } = this.#target;
    const input = {
      branch: { repositoryNameWithOwner: fullName(repository), branchName: branch },
      expectedHeadOid: base.head,
      message,
      fileChanges: fileChanges(changes),
    };
    // After a rate limit the head is another one: the whole attempt is done again, not this request.
    const request = { signal, waitsForLimit: false };
    try {
      const answer = await github.graphql<CommitAnswer>(commitMutation, { input, request });
      const { oid, url } = answer.createCommitOnBranch.commit;
      return { kind: 'commit', id: oid, url };
    } catch (error) {
      const kind = failureKind(error);
      if (kind === 'stale') return { kind: 'conflict' };
      const retryAfter = kind === 'rate-limited' ? retryAfterOf(error) : undefined;
      if (retryAfter !== undefined) return { kind: 'conflict', retryAfter };
      if (kind === 'ambiguous')
        return (await this.#findCommit(base, changes, message, signal)) ?? { kind: 'conflict' };
      throw explain(error, `commit to ${this.name}`, 'contents: write');
    }
  }

  /**
   * After a lost answer: our commit is the child of the base with our message and our files, if it is there at all.
   * The message alone is not enough: jobs of one matrix write the same one.
   */
  async #findCommit(
    base: Snapshot,
    changes: readonly FileChange[],
    message: CommitMessage,
    signal: AbortSignal,
  ): Promise<Commit | undefined> {
    const wanted = `${message.headline}\n\n${message.body}`.trim();
    const log = await this.#log(undefined, signal);
    const ours = log.find((entry) => entry.parent === base.head && entry.message.trim() === wanted);
    if (ours === undefined) return undefined;
    const { github, repository } = this.#target;
    const commit = { github, repository, head: ours.id, name: this.name, signal };
    return (await holds(commit, changes)) ? { kind: 'commit', id: ours.id, url: ours.url } : undefined;
  }

  log(path: string, signal: AbortSignal): Promise<readonly LogEntry[]> {
    return this.#log(path, signal);
  }

  async #log(path: string | undefined, signal: AbortSignal): Promise<readonly LogEntry[]> {
    const { github, repository, branch } = this.#target;
    const variables = { ...repository, ref: `refs/heads/${branch}`, path, request: { signal } };
    const answer = await github.graphql<HistoryAnswer>(historyQuery, variables).catch((error: unknown) => {
      throw explain(error, `read the history of ${this.name}`, 'contents: read');
    });
    const nodes = answer.repository.ref?.target.history.nodes ?? [];
    return nodes.map(({ oid, url, message, parents }) => {
      return { id: oid, url, message, parent: parents.nodes[0]?.oid ?? '' };
    });
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
