/** Which files of a repository to read: file paths, folders and globs, relative to its root, `/` as separator. */
export type PathSpec = readonly string[];

/** One file as it stands at a snapshot's head. */
export interface RepositoryFile {
  readonly path: string;
  /** The bytes, exactly; what git hashes to `oid`. */
  readonly content: Buffer;
  /** Object id of the blob. */
  readonly oid: string;
  readonly mode: 'regular' | 'executable' | 'symlink' | 'submodule';
}

/** Files of a branch at one commit. */
export interface Snapshot {
  /** Commit id of the branch's head. */
  readonly head: string;
  /** The files that the paths matched, sorted by path. */
  readonly files: readonly RepositoryFile[];
}

/** A file to write, or to delete when `content` is null. */
export interface FileChange {
  readonly path: string;
  readonly content: Buffer | string | null;
}

export interface CommitMessage {
  readonly headline: string;
  /** May be empty. Ends with the trailers, one a line. */
  readonly body: string;
}

export interface Commit {
  readonly kind: 'commit';
  readonly id: string;
  /** Its page; empty where there is none. */
  readonly url: string;
}

/** Somebody else's commit came first, or the server wants fewer writes for a while: nothing was written. */
export interface Conflict {
  readonly kind: 'conflict';
  /** Seconds that the server asks to wait before the next write; not set when it does not. */
  readonly retryAfter?: number;
}

/** A commit of a branch's history. */
export interface LogEntry {
  readonly id: string;
  /** First parent; empty for a first commit. */
  readonly parent: string;
  readonly message: string;
  /** Its page; empty where there is none. */
  readonly url: string;
}

/** A commit of a branch's own line: its head, that one's first parent, and so on. */
export interface Step extends LogEntry {
  /** Messages of the commits that it brought as a merge, newest first, as far as they changed the same paths. */
  readonly brought: readonly string[];
}

/** How a list of steps ends: with the first commit there is, or before it. */
export type StepsEnd = 'whole' | 'cut';

/** How many commits a log has at most. */
export const LONGEST_LOG = 100;

/** Where manifests live. Every transport behaves alike under the same contract test. */
export interface GitOpsRepository {
  /** For messages: `acme/gitops@main`. */
  readonly name: string;
  /**
   * Reads head and files at one and the same commit. A path that matches nothing is absent from the files.
   *
   * @throws ConfigurationError when repository or branch cannot be read
   */
  read(paths: PathSpec, signal: AbortSignal): Promise<Snapshot>;
  /**
   * Writes all changes in one commit whose parent is `base.head`, or writes nothing: compare-and-swap.
   * After a lost answer it finds out whether the commit was taken before it answers.
   *
   * @throws ConfigurationError when the branch may not be written
   */
  commit(
    base: Snapshot,
    changes: readonly FileChange[],
    message: CommitMessage,
    signal: AbortSignal,
  ): Promise<Commit | Conflict>;
  /**
   * The last hundred commits of the branch that touched any of these files or folders, newest first; of a pattern, the
   * folder that it cannot leave. Only after a read.
   */
  log(paths: PathSpec, signal: AbortSignal): Promise<readonly LogEntry[]>;
  /**
   * The commits of a branch's own line that changed any of these files or folders against their first parent, newest
   * first, at most a hundred. A merge is one of them, and what it merged is none. Of many paths, those of the folder
   * that holds them all. Read piece by piece, as far as the caller goes on. Only after a read.
   *
   * @param from full id of the commit to begin at, such as a snapshot's head
   */
  steps(from: string, paths: PathSpec, signal: AbortSignal): AsyncGenerator<readonly Step[], StepsEnd>;
  /**
   * Files as they stood at several commits of the branch, by commit; a file that did not exist is left out.
   *
   * @param commits full ids
   * @param files paths of files, no folders or patterns
   */
  readStates(
    commits: readonly string[],
    files: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly RepositoryFile[]>>;
  /**
   * Files as they stood at a commit of the repository, whichever branch has it; `head` is that commit then.
   *
   * @param commit full id
   * @throws ConfigurationError when the repository does not have the commit
   */
  readAt(commit: string, paths: PathSpec, signal: AbortSignal): Promise<Snapshot>;
  /**
   * Whether a candidate is the commit or has it among its ancestors. False when the repository does not know the candidate.
   *
   * @param commit full id
   * @param candidate full id; anything else is unknown
   * @throws ConfigurationError when the repository does not have `commit`
   */
  isAtOrAfter(commit: string, candidate: string, signal: AbortSignal): Promise<boolean>;
}
