/** File contents by path; `null` deletes the file. Strings are written as UTF-8. */
export type FileChanges = Record<string, string | Uint8Array | null>;

export interface RepositoryOptions {
  /** First commit on the default branch. Left out: a README.md. An empty object: a repository without any commit. */
  files?: Record<string, string | Uint8Array>;
  defaultBranch?: string;
  private?: boolean;
  archived?: boolean;
  /** The setting "Allow auto-merge". Default: off, as on GitHub. */
  allowAutoMerge?: boolean;
  /** The setting "Allow GitHub Actions to create and approve pull requests". Default: on. */
  allowActionsPullRequests?: boolean;
  /** Default: all. */
  mergeMethods?: readonly ('merge' | 'squash' | 'rebase')[];
}

export interface Author {
  name: string;
  email: string;
}

export interface CommitOptions {
  message?: string;
  /** Branch, tag or commit id that a new branch starts from. Default: the default branch. */
  from?: string;
  author?: Author;
}

/** One of many commits that are made at once. */
export interface SeriesCommit {
  message: string;
  /** Default: none, an empty commit. */
  files?: FileChanges;
  /** Default: now. */
  date?: Date;
}

export interface TagOptions {
  /** Branch, tag or commit id. Default: the default branch. */
  at?: string;
  /** Makes it an annotated tag. */
  message?: string;
}

export interface LogEntry {
  sha: string;
  parents: string[];
  message: string;
  author: Author;
  /** Paths this commit changed against its first parent. */
  files: string[];
}
