import { mayTouchComment } from '../state/comment-rules.ts';
import type { CommentRecord, Revision } from '../state/records.ts';
import { connection } from './connection.ts';
import type { Args, Context, Fields } from './source.ts';

function address({ conversation, id }: CommentRecord, _: Args, { world }: Context): string {
  const folder = conversation.kind === 'pull' ? 'pull' : 'issues';
  return `${world.url}/${conversation.repository.fullName}/${folder}/${conversation.number}#issuecomment-${id}`;
}

/** Empty until the first edit; from then on every text, the original included, newest first. */
function userContentEdits({ revisions }: CommentRecord, args: Args) {
  const edits = revisions.length > 1 ? revisions : [];
  return connection(edits, args, { name: 'userContentEdits', key: (one) => one.nodeId });
}

const edited = ({ revisions }: CommentRecord) => revisions.length > 1;

export const COMMENT_FIELDS: Fields<CommentRecord> = {
  id: (comment) => comment.nodeId,
  databaseId: (comment) => comment.id,
  fullDatabaseId: (comment) => String(comment.id),
  body: (comment) => comment.body,
  url: address,
  author: (comment) => comment.author,
  editor: (comment) => (edited(comment) ? (comment.revisions[0]?.editor ?? null) : null),
  repository: (comment) => comment.conversation.repository,
  issue: (comment) => comment.conversation,
  pullRequest: (comment) => (comment.conversation.kind === 'pull' ? comment.conversation : null),
  viewerDidAuthor: (comment, _, { viewer }) => comment.author.login === viewer.account.login,
  viewerCanUpdate: (comment, _, { viewer }) => mayTouchComment(viewer, comment) === null,
  viewerCanMinimize: (comment, _, { viewer }) => mayTouchComment(viewer, comment) === null,
  isMinimized: (comment) => comment.minimizedReason !== null,
  minimizedReason: (comment) => comment.minimizedReason,
  createdAt: (comment) => comment.createdAt,
  updatedAt: (comment) => comment.updatedAt,
  lastEditedAt: (comment) => (edited(comment) ? comment.updatedAt : null),
  includesCreatedEdit: edited,
  userContentEdits,
};

export const EDIT_FIELDS: Fields<Revision> = {
  id: (revision) => revision.nodeId,
  createdAt: (revision) => revision.at,
  editedAt: (revision) => revision.at,
  updatedAt: (revision) => revision.at,
  deletedAt: () => null,
  deletedBy: () => null,
  /** Despite its name the whole text of that revision. */
  diff: (revision) => revision.body,
  editor: (revision) => revision.editor,
};
