import { globBase, isGlob, pathMatcher } from '../path-spec.ts';
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
} from '../repository.ts';
import { GitBlobs } from './blobs.ts';
import { GitClient } from './client.ts';
import { type GitIdentity, makeCommit } from './commit.ts';
import { defaultBranch, fetchHead, type GitBranch, refuseBranchName } from './head.ts';
import { readLog } from './log.ts';
import type { GitClientOptions } from './options.ts';
import { pushCommit } from './push.ts';
import { listFiles } from './tree.ts';

export interface GitRepositoryOptions extends GitClientOptions {
  /** Empty: the default branch. */
  readonly branch: string;
  /** Default: GitHub's own bot. */
  readonly identity?: GitIdentity;
  /** Address of a commit's page; default: none. */
  readonly pageOf?: (commit: string) => string;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
}

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
  #client: Promise<GitClient> | undefined;
  /** The default branch's name is only known after the first read. */
  #branch: string;
  /** One at a time: git locks the clone while it fetches. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: GitRepositoryOptions) {
    this.#options = options;
    this.#branch = options.branch;
  }

  get name(): string {
    return `${this.#repository}@${this.#branch || 'its default branch'}`;
  }

  get #repository(): string {
    const { host, path } = this.#options.remote;
    return `${host}/${path}`;
  }

  read(paths: PathSpec, signal: AbortSignal): Promise<Snapshot> {
    return this.#inTurn(async () => {
      const target = await this.#open(signal);
      const head = await fetchHead(target, 1);
      const bases = paths.map((path) => (isGlob(path) ? globBase(path) : path));
      const matchers = paths.map(pathMatcher);
      const listed = paths.length === 0 ? [] : await listFiles(target.client, head, bases, signal);
      const entries = listed.filter(({ path, mode }) =>
        mode === 'submodule' ? paths.includes(path) : matchers.some((matches) => matches(path)),
      );
      const ids = entries.filter(({ mode }) => mode !== 'submodule').map(({ oid }) => oid);
      const contents = await this.#blobs.read(target, ids);
      const files = entries.map(
        ({ path, oid, mode }): RepositoryFile => ({
          path,
          oid,
          mode,
          content: contents.get(oid) ?? Buffer.alloc(0),
        }),
      );
      return { head, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
    });
  }

  commit(
    base: Snapshot,
    changes: readonly FileChange[],
    message: CommitMessage,
    signal: AbortSignal,
  ): Promise<Commit | Conflict> {
    return this.#inTurn(async () => {
      const target = await this.#open(signal);
      const { identity = BOT, now = Date.now, pageOf = () => '' } = this.#options;
      const time = Math.floor(now() / 1000);
      const id = await makeCommit(target, { parent: base.head, changes, message, identity, time });
      const pushed = await pushCommit(target, base.head, id);
      return pushed === 'taken' ? { kind: 'commit', id, url: pageOf(id) } : { kind: 'conflict' };
    });
  }

  log(path: string, signal: AbortSignal): Promise<readonly LogEntry[]> {
    return this.#inTurn(async () => {
      const { pageOf = () => '' } = this.#options;
      return readLog(await this.#open(signal), path, pageOf);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#turn;
    const client = await this.#client?.catch(() => undefined);
    await client?.[Symbol.asyncDispose]();
  }

  async #open(signal: AbortSignal): Promise<GitBranch> {
    this.#client ??= this.#start(signal);
    const client = await this.#client;
    if (this.#branch === '') this.#branch = await defaultBranch(client, this.#repository, signal);
    return { client, branch: this.#branch, name: this.name, signal };
  }

  async #start(signal: AbortSignal): Promise<GitClient> {
    const client = await GitClient.open(this.#options, signal);
    if (this.#branch !== '') await refuseBranchName(client, this.#branch, signal);
    return client;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
