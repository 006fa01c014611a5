/** A comment as it is listed. */
export interface StoredComment {
  /** Grows with creation: of two comments, the lower one came first. */
  readonly id: number;
  readonly nodeId: string;
  readonly url: string;
  readonly body: string;
  /** Hidden ("minimized"); undefined where a list does not tell. */
  readonly isHidden?: boolean;
}

/** Own comments of a conversation. */
export interface Listing {
  /** Lowest id first. */
  readonly comments: readonly StoredComment[];
  /** Comments can be changed, but none can be added: it is locked, or has as many as GitHub allows. */
  readonly takesNoMore: boolean;
}

/** Why a comment is hidden, as GitHub shows it. https://docs.github.com/graphql/reference/enums#reportedcontentclassifiers */
export const HIDING_REASONS = ['outdated', 'resolved', 'off-topic', 'duplicate', 'spam', 'abuse'] as const;
export type HidingReason = (typeof HIDING_REASONS)[number];

/** A comment as it is after a write, or when it is looked at. */
export interface Seen {
  /** Its text now. */
  readonly body: string;
  /** Its texts, newest first, as far back as one page goes; undefined where GitHub does not tell. */
  readonly history: readonly string[] | undefined;
  /** Where the history goes on, when it does. */
  readonly older?: string;
  readonly isHidden?: boolean;
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
   * Own comments for which `isOurs` says yes. May leave out some when it has found at least one among
   * the first or last hundred.
   */
  list(isOurs: (body: string) => boolean): Promise<Listing>;
  create(body: string): Promise<StoredComment | Lost>;
  /** The answer shows the comment's history after the write, this write included. */
  update(comment: StoredComment, body: string): Promise<Seen | Gone | Lost>;
  /** @param older from an earlier answer, to read on in the history */
  look(comment: StoredComment, older?: string): Promise<Seen | Gone>;
  /** Does nothing when the comment is gone already, or when nobody knows: a later writer removes it then. */
  remove(comment: StoredComment): Promise<void>;
  hide(comment: StoredComment, reason: HidingReason): Promise<'hidden' | Gone>;
  /** Shows a hidden comment again; does nothing when it is gone. */
  show(comment: StoredComment): Promise<void>;
}
