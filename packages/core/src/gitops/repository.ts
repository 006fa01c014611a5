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
  /** The last hundred commits of the branch that touched a file, newest first. Only after a read. */
  log(path: string, signal: AbortSignal): Promise<readonly LogEntry[]>;
}
