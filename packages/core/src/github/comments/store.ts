/** A comment as it is listed. */
export interface StoredComment {
  /** Grows with creation: of two comments, the lower one came first. */
  readonly id: number;
  readonly nodeId: string;
  readonly url: string;
  readonly body: string;
}

/** A comment as it is after a write, or when it is looked at. */
export interface Seen {
  /** Its text now. */
  readonly body: string;
  /** Its texts, newest first, as far back as one page goes; undefined where GitHub does not tell. */
  readonly history: readonly string[] | undefined;
  /** Where the history goes on, when it does. */
  readonly older?: string;
}

/** A write without an answer: it may or may not have been done. */
export interface Lost {
  readonly lost: unknown;
}

/** The comment is no longer there. */
export type Gone = 'gone';

/**
 * The comments of one pull request or issue, as far as the token's own account wrote them. There is no
 * compare-and-swap: an update replaces whatever text is there.
 */
export interface CommentStore {
  /**
   * Own comments for which `isOurs` says yes, lowest id first. May leave out some when it has found at least one among
   * the first or last hundred.
   */
  list(isOurs: (body: string) => boolean): Promise<readonly StoredComment[]>;
  create(body: string): Promise<StoredComment | Lost>;
  /** The answer shows the comment's history after the write, this write included. */
  update(comment: StoredComment, body: string): Promise<Seen | Gone | Lost>;
  /** @param older from an earlier answer, to read on in the history */
  look(comment: StoredComment, older?: string): Promise<Seen | Gone>;
  /** Does nothing when the comment is gone already, or when nobody knows: a later writer removes it then. */
  remove(comment: StoredComment): Promise<void>;
}
