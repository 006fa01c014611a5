import type { CommentRecord, ConversationRecord, TokenRecord } from './records.ts';
import { accessTo } from './tokens.ts';

/** GitHub's limit on a comment's text, in characters. */
const LONGEST_BODY = 65_536;
/** GitHub's limit on a conversation. */
const MOST_COMMENTS = 2500;

export interface Refusal {
  message: string;
  headers: Record<string, string>;
}

const NOT_ACCESSIBLE = 'Resource not accessible by integration';

/** What GitHub says about a text that cannot be a comment, or null. */
export function commentFault(body: string): string | null {
  if (body.trim() === '') return "Body can't be blank";
  if ([...body].length > LONGEST_BODY) return `Body is too long (maximum is ${LONGEST_BODY} characters)`;
  return null;
}

/** A pull request's conversation opens with either permission, an issue's with its own only. */
function mayWrite(viewer: TokenRecord | null, conversation: ConversationRecord): boolean {
  const granted = (permission: 'issues' | 'pull_requests') =>
    accessTo(viewer, conversation.repository, permission, 'write') === 'granted';
  return granted('issues') || (conversation.kind === 'pull' && granted('pull_requests'));
}

function writeRefusal(viewer: TokenRecord | null, conversation: ConversationRecord): Refusal | null {
  if (mayWrite(viewer, conversation)) return null;
  const accepted = conversation.kind === 'pull' ? 'issues=write; pull_requests=write' : 'issues=write';
  return { message: NOT_ACCESSIBLE, headers: { 'x-accepted-github-permissions': accepted } };
}

/** Why a viewer may not add a comment, or null. A locked conversation takes comments of its members only, a full one none. */
export function mayComment(viewer: TokenRecord | null, conversation: ConversationRecord): Refusal | null {
  const refusal = writeRefusal(viewer, conversation);
  if (refusal) return refusal;
  if (conversation.locked)
    return { message: 'Unable to create comment because issue is locked.', headers: {} };
  if (conversation.comments.length < MOST_COMMENTS) return null;
  return { message: 'Commenting is disabled on issues with more than 2500 comments', headers: {} };
}

/** Why a viewer may not edit, hide or delete a comment, or null. Its own comments are a viewer's to edit when locked, too. */
export function mayTouchComment(viewer: TokenRecord | null, comment: CommentRecord): Refusal | null {
  return writeRefusal(viewer, comment.conversation);
}
