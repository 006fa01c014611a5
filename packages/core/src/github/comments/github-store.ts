import { failureKind, UnreadableAnswer } from '../failure.ts';
import { at } from '../pull-request.ts';
import { type Conversation, listOwn, place, readFailure } from './list-own.ts';
import { HIDE_COMMENT, type HistoryNode, LOOK_AT_COMMENT, SHOW_COMMENT, UPDATE_COMMENT } from './queries.ts';
import { writeFailure } from './refusal.ts';
import type { CommentStore, Gone, HidingReason, Lost, Seen, StoredComment } from './store.ts';

const TRIES = 3;

/**
 * The comments that the token's account wrote on a pull request or issue.
 *
 * `list` is one request when one of ours is among the first or last hundred comments, otherwise the pages between are
 * read at once; `update` is one request whose answer carries the history.
 * Its methods throw `WriteRefused` for a read-only token, an archived repository, and a conversation that is locked or full,
 * and a `ConfigurationError` for one that is not there.
 */
export function createCommentStore(conversation: Conversation): CommentStore {
  return {
    list: (isOurs) => listOwn(conversation, isOurs),
    create: (body) => create(conversation, body),
    update: (comment, body) => update(conversation, comment, body),
    look: (comment, older) => look(conversation, comment, older),
    remove: (comment) => remove(conversation, comment),
    hide: (comment, reason) => hide(conversation, comment, reason),
    show: (comment) => show(conversation, comment),
  };
}

async function create(conversation: Conversation, body: string): Promise<StoredComment | Lost> {
  const { github, repository, number } = conversation;
  try {
    const { data } = await github.rest.issues.createComment({ ...repository, issue_number: number, body });
    // An answer of something between here and GitHub says nothing about the comment.
    if (!Number.isSafeInteger(data?.id)) return { lost: unreadable(conversation) };
    return { id: data.id, nodeId: data.node_id, url: data.html_url, body };
  } catch (error) {
    return lostOrThrow(error, conversation);
  }
}

async function update(
  conversation: Conversation,
  { nodeId }: StoredComment,
  body: string,
): Promise<Seen | Gone | Lost> {
  try {
    const answer = await conversation.github.graphql<unknown>(UPDATE_COMMENT, { id: nodeId, body });
    const written = at(answer, 'updateIssueComment', 'issueComment');
    return written ? seen(written as HistoryNode) : { lost: unreadable(conversation) };
  } catch (error) {
    if (failureKind(error) === 'not-found') return 'gone';
    // The text was written and only its history may not be read.
    const written = at(error, 'data', 'updateIssueComment', 'issueComment');
    return written ? seen(written as HistoryNode) : lostOrThrow(error, conversation);
  }
}

function unreadable(conversation: Conversation): Error {
  return failureOf(new UnreadableAnswer(), conversation);
}

function failureOf(thrown: unknown, conversation: Conversation): Error {
  return writeFailure(thrown, place(conversation), conversation.permission);
}

function lostOrThrow(error: unknown, conversation: Conversation): Lost {
  const failure = failureOf(error, conversation);
  if (isUnanswered(error)) return { lost: failure };
  throw failure;
}

/** GraphQL reports its own time-outs in a 200: "Something went wrong while executing your query…". */
function isUnanswered(error: unknown): boolean {
  if (failureKind(error) === 'ambiguous') return true;
  return Error.isError(error) && error.message.includes('Something went wrong while executing your query');
}

async function look(
  conversation: Conversation,
  { nodeId }: StoredComment,
  older?: string,
): Promise<Seen | Gone> {
  try {
    const answer = await conversation.github.graphql<unknown>(LOOK_AT_COMMENT, { id: nodeId, after: older });
    const node = at(answer, 'node');
    return node ? seen(node as HistoryNode) : 'gone';
  } catch (error) {
    if (failureKind(error) === 'not-found') return 'gone';
    throw readFailure(error, conversation);
  }
}

function seen({ body, isMinimized, userContentEdits }: HistoryNode): Seen {
  const history = userContentEdits?.nodes.flatMap(({ diff }) => (diff === null ? [] : [diff]));
  const { hasNextPage = false, endCursor = null } = userContentEdits?.pageInfo ?? {};
  return {
    body,
    history,
    isHidden: isMinimized,
    ...(hasNextPage && endCursor !== null && { older: endCursor }),
  };
}

async function remove(conversation: Conversation, { id }: StoredComment): Promise<void> {
  const { github, repository } = conversation;
  try {
    await github.rest.issues.deleteComment({ ...repository, comment_id: id });
  } catch (error) {
    const kind = failureKind(error);
    if (kind !== 'not-found' && kind !== 'ambiguous') throw failureOf(error, conversation);
  }
}

/** Hiding what is hidden changes only the reason, so it is safe to ask again after a lost answer. */
async function hide(
  conversation: Conversation,
  { nodeId }: StoredComment,
  reason: HidingReason,
): Promise<'hidden' | Gone> {
  const classifier = reason.toUpperCase().replaceAll('-', '_');
  const isThere = await minimize(conversation, HIDE_COMMENT, { id: nodeId, classifier });
  return isThere ? 'hidden' : 'gone';
}

async function show(conversation: Conversation, { nodeId }: StoredComment): Promise<void> {
  await minimize(conversation, SHOW_COMMENT, { id: nodeId });
}

async function minimize(
  conversation: Conversation,
  mutation: string,
  variables: Readonly<Record<string, string>>,
): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      await conversation.github.graphql<unknown>(mutation, variables);
      return true;
    } catch (error) {
      if (failureKind(error) === 'not-found') return false;
      const failure = lostOrThrow(error, conversation);
      if (tries === TRIES) throw failure.lost;
    }
  }
}
