import { isCommitId, unknownCommit } from '../commit-id.ts';
import { GitClient } from './client.ts';
import { defaultBranch, fetchCommit, type GitBranch, refuseBranchName } from './head.ts';
import type { GitRepositoryOptions } from './options.ts';

/** What is fetched of a branch: made when it is first needed, and thrown away at the end. */
export class GitClone implements AsyncDisposable {
  readonly #options: GitRepositoryOptions;
  #client: Promise<GitClient> | undefined;
  /** A clone of commits alone. */
  #commits: Promise<GitClient> | undefined;
  /** Commits whose folders are in the clone. */
  readonly #known = new Set<string>();
  /** The default branch's name is only known after the first read. */
  #branch: string;

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

  async open(signal: AbortSignal): Promise<GitBranch> {
    this.#client ??= this.#start(signal);
    const client = await this.#client;
    if (this.#branch === '') this.#branch = await defaultBranch(client, this.#repository, signal);
    return { client, branch: this.#branch, name: this.name, signal };
  }

  /** The branch in a clone of commits alone, without folders and contents. */
  async openCommits(signal: AbortSignal): Promise<GitBranch> {
    const branch = await this.open(signal);
    this.#commits ??= GitClient.open(this.#options, signal);
    return { ...branch, client: await this.#commits };
  }

  /** Says of commits that their folders are in the clone. */
  knows(...commits: readonly string[]): void {
    for (const commit of commits) this.#known.add(commit);
  }

  /**
   * Sees to it that the folders of a commit are in the clone.
   *
   * @throws ConfigurationError when the repository does not have the commit
   */
  async has(target: GitBranch, commit: string): Promise<void> {
    const isThere =
      this.#known.has(commit) || (isCommitId(commit) && (await fetchCommit(target, commit, 1, 'blob:none')));
    if (!isThere) throw unknownCommit(commit, this.name);
    this.#known.add(commit);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const opened of [this.#client, this.#commits]) {
      const client = await opened?.catch(() => undefined);
      await client?.[Symbol.asyncDispose]();
    }
  }

  async #start(signal: AbortSignal): Promise<GitClient> {
    const client = await GitClient.open(this.#options, signal);
    if (this.#branch !== '') await refuseBranchName(client, this.#branch, signal);
    return client;
  }
}
