import { explain, failureKind, fullName, retryAfterOf } from '../../github/index.ts';
import { globDepth, pathMatcher, rootsOf } from '../path-match.ts';
import type {
  Commit,
  CommitMessage,
  Conflict,
  FileChange,
  GitOpsRepository,
  LogEntry,
  PathSpec,
  RepositoryFile,
  Snapshot,
  Step,
  StepsEnd,
} from '../repository.ts';
import { isCommitAtOrAfter } from './ancestry.ts';
import { fileChanges, refuseModes } from './file-changes.ts';
import { fileOf, holds, readEntries } from './files.ts';
import { type ApiBranch, branchName, type Head, readCommit, readHead } from './head.ts';
import { readHistory } from './history.ts';
import { filesBelow } from './listing.ts';
import { type CommitAnswer, commitMutation, LISTED_LEVELS } from './queries.ts';
import { readStatesOf } from './states.ts';
import { readSteps } from './steps.ts';

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
    const head = await readHead(this.#target, paths, signal);
    this.#target = { ...this.#target, branch: head.branch };
    return snapshotOf(head, paths);
  }

  async readAt(commit: string, paths: PathSpec, signal: AbortSignal): Promise<Snapshot> {
    return snapshotOf(await readCommit(this.#target, commit, paths, signal), paths);
  }

  isAtOrAfter(commit: string, candidate: string, signal: AbortSignal): Promise<boolean> {
    const { github, repository } = this.#target;
    return isCommitAtOrAfter({ github, repository, name: this.name, signal }, commit, candidate);
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
    const log = await this.log([''], signal);
    const ours = log.find((entry) => entry.parent === base.head && entry.message.trim() === wanted);
    if (ours === undefined) return undefined;
    const { github, repository } = this.#target;
    const commit = { github, repository, head: ours.id, name: this.name, signal };
    return (await holds(commit, changes)) ? { kind: 'commit', id: ours.id, url: ours.url } : undefined;
  }

  log(paths: PathSpec, signal: AbortSignal): Promise<readonly LogEntry[]> {
    const { github, repository, branch } = this.#target;
    return readHistory({ github, repository, branch, name: this.name, signal }, rootsOf(paths));
  }

  steps(from: string, paths: PathSpec, signal: AbortSignal): AsyncGenerator<readonly Step[], StepsEnd> {
    const { github, repository } = this.#target;
    return readSteps({ github, repository, name: this.name, signal }, from, rootsOf(paths));
  }

  readStates(
    commits: readonly string[],
    files: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly RepositoryFile[]>> {
    const { github, repository } = this.#target;
    return readStatesOf({ github, repository, name: this.name, signal }, commits, files);
  }
}

async function snapshotOf({ commit, entries, folders }: Head, paths: PathSpec): Promise<Snapshot> {
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
