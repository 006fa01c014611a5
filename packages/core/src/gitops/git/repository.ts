import { rootsOf } from '../path-match.ts';
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
import { GitBlobs } from './blobs.ts';
import { GitClone } from './clone.ts';
import { makeCommit } from './commit.ts';
import { readFiles, readStatesOf } from './files.ts';
import { fetchHead } from './head.ts';
import { readLine, readLog } from './log.ts';
import type { GitIdentity, GitRepositoryOptions } from './options.ts';
import { pushCommit } from './push.ts';

/** https://github.com/actions/checkout#push-a-commit-using-the-built-in-token */
const BOT: GitIdentity = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
};

/**
 * A GitOps repository on any server that git can reach, through git itself: the newest commit without file contents,
 * then the wanted files in one request, and a push with a lease. No working tree, no history, no configuration of the
 * machine. Dispose of it: the clone and the key lie in a temporary folder until then.
 */
export function createGitRepository(options: GitRepositoryOptions): GitOpsRepository & AsyncDisposable {
  return new GitRepository(options);
}

class GitRepository implements GitOpsRepository, AsyncDisposable {
  readonly #options: GitRepositoryOptions;
  readonly #blobs = new GitBlobs();
  readonly #clone: GitClone;
  /** One at a time: git locks the clone while it fetches. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: GitRepositoryOptions) {
    this.#options = options;
    this.#clone = new GitClone(options);
  }

  get name(): string {
    return this.#clone.name;
  }

  read(paths: PathSpec, signal: AbortSignal): Promise<Snapshot> {
    return this.#inTurn(async () => {
      const target = await this.#clone.open(signal);
      const head = await fetchHead(target, 1);
      this.#clone.knows(head);
      return readFiles(target, head, paths, this.#blobs);
    });
  }

  readAt(commit: string, paths: PathSpec, signal: AbortSignal): Promise<Snapshot> {
    return this.#inTurn(async () => {
      const target = await this.#clone.open(signal);
      await this.#clone.has(target, commit);
      return readFiles(target, commit, paths, this.#blobs);
    });
  }

  isAtOrAfter(commit: string, candidate: string, signal: AbortSignal): Promise<boolean> {
    return this.#inTurn(async () => {
      return isCommitAtOrAfter(await this.#clone.openCommits(signal), commit, candidate);
    });
  }

  commit(
    base: Snapshot,
    changes: readonly FileChange[],
    message: CommitMessage,
    signal: AbortSignal,
  ): Promise<Commit | Conflict> {
    return this.#inTurn(async () => {
      const target = await this.#clone.open(signal);
      const { identity = BOT, now = Date.now, pageOf = () => '' } = this.#options;
      const time = Math.floor(now() / 1000);
      const id = await makeCommit(target, { parent: base.head, changes, message, identity, time });
      const pushed = await pushCommit(target, base.head, id);
      return pushed === 'taken' ? { kind: 'commit', id, url: pageOf(id) } : { kind: 'conflict' };
    });
  }

  log(paths: PathSpec, signal: AbortSignal): Promise<readonly LogEntry[]> {
    return this.#inTurn(async () => {
      const { pageOf = () => '' } = this.#options;
      const entries = await readLog(await this.#clone.open(signal), rootsOf(paths), pageOf);
      for (const { id, parent } of entries) this.#clone.knows(id, parent);
      return entries;
    });
  }

  async *steps(
    from: string,
    paths: PathSpec,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Step[], StepsEnd> {
    const { pageOf = () => '' } = this.#options;
    const { steps, end } = await this.#inTurn(async () =>
      readLine(await this.#clone.open(signal), from, rootsOf(paths), pageOf),
    );
    for (const { id, parent } of steps) this.#clone.knows(id, parent);
    yield steps;
    return end;
  }

  readStates(
    commits: readonly string[],
    files: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly RepositoryFile[]>> {
    return this.#inTurn(async () => {
      const target = await this.#clone.open(signal);
      for (const commit of commits) await this.#clone.has(target, commit);
      return readStatesOf(target, commits, files, this.#blobs);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#turn;
    await this.#clone[Symbol.asyncDispose]();
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
