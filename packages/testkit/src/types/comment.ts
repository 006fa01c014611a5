export interface CommentRevision {
  body: string;
  editor: string;
  at: string;
}

export interface CommentView {
  id: number;
  nodeId: string;
  body: string;
  author: string;
  minimized: boolean;
  minimizedReason: string | null;
  /** Number of edits after the first text. */
  edits: number;
  /** Every text this comment has had, newest first, the original last. */
  revisions: CommentRevision[];
  createdAt: string;
  updatedAt: string;
}
