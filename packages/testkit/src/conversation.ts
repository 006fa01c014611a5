import { repositoryOf } from './handles.ts';
import { addComment, setLabels } from './state/conversations.ts';
import type { CommentRecord, ConversationRecord, IssueRecord } from './state/records.ts';
import { account, timestamp, type World } from './state/world.ts';
import type { CommentView, Conversation, Issue } from './types.ts';

/** A comment as tests see it. */
export function commentView(comment: CommentRecord): CommentView {
  return {
    id: comment.id,
    nodeId: comment.nodeId,
    body: comment.body,
    author: comment.author.login,
    minimized: comment.minimizedReason !== null,
    minimizedReason: comment.minimizedReason,
    edits: comment.revisions.length - 1,
    revisions: comment.revisions.map(({ body, editor, at }) => ({ body, editor: editor.login, at })),
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
  };
}

const DEFAULT_AUTHOR = 'github-actions[bot]';

/** What an issue and a pull request have in common for a test. */
export function conversationView(
  world: World,
  record: ConversationRecord,
): Omit<Conversation, 'close' | 'reopen'> {
  const folder = record.kind === 'pull' ? 'pull' : 'issues';
  return {
    number: record.number,
    nodeId: record.nodeId,
    url: `${world.url}/${record.repository.fullName}/${folder}/${record.number}`,
    repository: repositoryOf(record.repository),
    get state() {
      return record.state;
    },
    get labels() {
      return record.labels.map((label) => label.name);
    },
    comments: () => record.comments.map(commentView),
    addComment: async (body, author = DEFAULT_AUTHOR) =>
      commentView(addComment(world, record, body, account(world, author))),
    lock: () => {
      record.locked = true;
    },
    unlock: () => {
      record.locked = false;
    },
    setLabels: (labels) => setLabels(world, record, labels),
  };
}

/** Puts getters over to a wider view as getters: spreading them would freeze their values. */
export function extend<Base extends object, More extends object>(base: Base, more: More): Base & More {
  return Object.defineProperties(more, Object.getOwnPropertyDescriptors(base)) as Base & More;
}

/** A handle on an issue. */
export function issueOf(world: World, record: IssueRecord): Issue {
  return extend(conversationView(world, record), {
    kind: 'issue' as const,
    async close() {
      record.state = 'closed';
      record.closedAt = timestamp(world);
    },
    async reopen() {
      record.state = 'open';
      record.closedAt = null;
    },
  });
}
