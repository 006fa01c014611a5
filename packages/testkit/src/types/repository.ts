import type { CommentView } from './comment.ts';
import type { CommitOptions, FileChanges, LogEntry, SeriesCommit, TagOptions } from './commit.ts';
import type { DeploymentView } from './deployment.ts';
import type { RunOptions, RunView } from './run.ts';

export interface PullRequestOptions {
  head: string;
  base?: string;
  title?: string;
  body?: string;
  draft?: boolean;
  labels?: string[];
  /** Committed to the head branch first (which is created from base if it is missing). */
  files?: FileChanges;
  /** Login of who opened it. */
  author?: string;
  /** The fork that holds the head branch. */
  headRepository?: Repository;
}

export interface IssueOptions {
  title?: string;
  body?: string;
  labels?: string[];
  author?: string;
}

/** What a pull request and an issue have in common. */
export interface Conversation {
  readonly number: number;
  readonly nodeId: string;
  readonly url: string;
  readonly repository: Repository;
  readonly state: 'open' | 'closed';
  readonly labels: string[];
  comments(): CommentView[];
  /** Adds a comment as `author` (default: the default token's login), past locks and limits. */
  addComment(body: string, author?: string): Promise<CommentView>;
  lock(): void;
  unlock(): void;
  setLabels(labels: string[]): void;
  close(): Promise<void>;
  reopen(): Promise<void>;
}

export interface Issue extends Conversation {
  readonly kind: 'issue';
}

export interface PullRequest extends Conversation {
  readonly kind: 'pull-request';
  readonly head: string;
  readonly base: string;
  readonly draft: boolean;
  readonly merged: boolean;
  readonly headRepository: Repository;
  /** Head commit; of a closed pull request the one it was closed with. */
  headSha(): Promise<string>;
  /** The test merge commit of head into base, as `refs/pull/<n>/merge`. Fails when they conflict. */
  mergeSha(): Promise<string>;
  /** Commits to the head branch; the new head. */
  push(files: FileChanges, options?: CommitOptions): Promise<string>;
  setDraft(draft: boolean): void;
  /** A real merge commit on base; its id. Fails when they conflict. */
  merge(): Promise<string>;
}

export interface Repository {
  readonly fullName: string;
  readonly owner: string;
  readonly name: string;
  readonly id: number;
  readonly nodeId: string;
  readonly url: string;
  readonly cloneUrl: string;
  readonly defaultBranch: string;
  readonly private: boolean;
  readonly archived: boolean;
  /** The bare repository on disk. */
  readonly directory: string;
  /** Commits the changes atomically, creating the branch if it is missing; the new commit's id. */
  commit(branch: string, files: FileChanges, options?: CommitOptions): Promise<string>;
  /** Many commits at once, oldest first, on a branch that exists; their ids. */
  commitSeries(branch: string, commits: readonly SeriesCommit[]): Promise<string[]>;
  /** Makes a tag; the id of the commit it is on. */
  tag(name: string, options?: TagOptions): Promise<string>;
  head(branch: string): Promise<string>;
  branches(): Promise<string[]>;
  deleteBranch(branch: string): Promise<void>;
  read(branch: string, path: string): Promise<string>;
  readBytes(branch: string, path: string): Promise<Uint8Array>;
  list(branch: string, prefix?: string): Promise<string[]>;
  /** Newest first. */
  log(branch: string): Promise<LogEntry[]>;
  openPullRequest(options: PullRequestOptions): Promise<PullRequest>;
  pullRequest(number: number): PullRequest;
  pullRequests(): PullRequest[];
  openIssue(options?: IssueOptions): Promise<Issue>;
  /** Oldest first. */
  deployments(): DeploymentView[];
  /** A run whose `id` is known takes the place of what was known of it. */
  addRun(run?: RunOptions): RunView;
  /** From now on only a pull request may change this branch. */
  protect(branch: string): void;
  /** From now on a pull request into this branch waits for a review that never comes; `merge()` goes past it. */
  requireReview(branch: string): void;
  archive(archived?: boolean): void;
}
