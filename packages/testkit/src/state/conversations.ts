import type {
  Account,
  CommentRecord,
  ConversationRecord,
  IssueRecord,
  LabelRecord,
  RepositoryRecord,
} from './records.ts';
import { nextId, nodeId, timestamp, type World } from './world.ts';

type Common = Omit<IssueRecord, 'kind' | 'title' | 'body' | 'author'>;

/** Gives an issue or pull request its number, ids and empty conversation. */
export function addConversation<Fields extends object>(
  world: World,
  repository: RepositoryRecord,
  prefix: 'PR' | 'I',
  fields: Fields,
): Fields & Common {
  const id = nextId(world);
  const at = timestamp(world);
  const made: Fields & Common = {
    ...fields,
    id,
    nodeId: nodeId(prefix, id),
    repository,
    number: repository.nextNumber,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    state: 'open',
    locked: false,
    labels: [],
    comments: [],
    past: [],
  };
  repository.nextNumber += 1;
  // The callers pass exactly the fields that turn the common ones into an issue or a pull request.
  const record = made as unknown as ConversationRecord;
  repository.conversations.set(made.number, record);
  world.nodes.set(made.nodeId, record);
  return made;
}

/** Opens an issue. */
export function addIssue(
  world: World,
  repository: RepositoryRecord,
  fields: { title: string; body: string | null; author: Account },
): IssueRecord {
  return addConversation(world, repository, 'I', { ...fields, kind: 'issue' as const });
}

/** A label of the repository by name, made when it is new. */
export function label(world: World, repository: RepositoryRecord, name: string): LabelRecord {
  const known = repository.labels.get(name.toLowerCase());
  if (known) return known;
  const id = nextId(world);
  const made = { id, nodeId: nodeId('LA', id), name, color: 'ededed' };
  repository.labels.set(name.toLowerCase(), made);
  return made;
}

/** Sets the labels by name; unknown ones are made. */
export function setLabels(world: World, conversation: ConversationRecord, names: readonly string[]): void {
  const records = names.map((name) => label(world, conversation.repository, name));
  conversation.labels = [...new Set(records)];
  conversation.updatedAt = timestamp(world);
}

const KEPT_STATES = 50;

function replaceComments(world: World, conversation: ConversationRecord, comments: CommentRecord[]): void {
  conversation.past = [...conversation.past.slice(1 - KEPT_STATES), conversation.comments];
  conversation.comments = comments;
  conversation.updatedAt = timestamp(world);
}

/** Comments now, or as they were `stale` changes ago; oldest first. */
export function commentsOf(conversation: ConversationRecord, stale = 0): readonly CommentRecord[] {
  if (stale <= 0) return conversation.comments;
  return conversation.past.at(-stale) ?? conversation.past[0] ?? conversation.comments;
}

/** Adds a comment; who may is decided by the caller. */
export function addComment(
  world: World,
  conversation: ConversationRecord,
  body: string,
  author: Account,
): CommentRecord {
  const id = nextId(world);
  const at = timestamp(world);
  const comment: CommentRecord = {
    kind: 'comment',
    id,
    nodeId: nodeId('IC', id),
    conversation,
    author,
    body,
    minimizedReason: null,
    createdAt: at,
    updatedAt: at,
    revisions: [{ nodeId: nodeId('UCE', nextId(world)), body, editor: author, at }],
  };
  world.comments.set(id, comment);
  world.nodes.set(comment.nodeId, { kind: 'comment-id', id });
  replaceComments(world, conversation, [...conversation.comments, comment]);
  return comment;
}

function replaceComment(world: World, before: CommentRecord, after: CommentRecord): CommentRecord {
  const { conversation } = before;
  const changed = conversation.comments.map((one) => (one.id === before.id ? after : one));
  world.comments.set(after.id, after);
  replaceComments(world, conversation, changed);
  return after;
}

/** Sets a comment's text. The same text again makes no revision. */
export function editComment(world: World, id: number, body: string, editor: Account): CommentRecord | null {
  const comment = world.comments.get(id);
  if (!comment) return null;
  if (comment.body === body) return comment;
  const at = timestamp(world);
  const revision = { nodeId: nodeId('UCE', nextId(world)), body, editor, at };
  const revisions = [revision, ...comment.revisions];
  return replaceComment(world, comment, { ...comment, body, revisions, updatedAt: at });
}

/** Hides a comment with a reason, or shows it again with null; null when it is gone. */
export function minimizeComment(world: World, id: number, reason: string | null): CommentRecord | null {
  const comment = world.comments.get(id);
  return comment ? replaceComment(world, comment, { ...comment, minimizedReason: reason }) : null;
}

/** False when it was gone already. */
export function deleteComment(world: World, id: number): boolean {
  const comment = world.comments.get(id);
  if (!comment) return false;
  world.comments.delete(id);
  world.nodes.delete(comment.nodeId);
  const { conversation } = comment;
  replaceComments(
    world,
    conversation,
    conversation.comments.filter((one) => one.id !== id),
  );
  return true;
}
