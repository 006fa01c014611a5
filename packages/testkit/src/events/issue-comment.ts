import { recordOf } from '../handles.ts';
import { commentJson, issueJson } from '../rest/conversation-json.ts';
import { addComment } from '../state/conversations.ts';
import type { CommentRecord, ConversationRecord } from '../state/records.ts';
import { account, type World } from '../state/world.ts';
import type { EventOptions, EventPayload } from '../types.ts';
import { withReactions } from './reactions.ts';

function conversationOf(options: EventOptions): ConversationRecord {
  const subject = options.pullRequest ?? options.issue;
  const record = subject && recordOf(options.repository).conversations.get(subject.number);
  if (!record) throw new Error('An issue_comment event needs a pullRequest or an issue of its repository.');
  return record;
}

function commentOf(world: World, conversation: ConversationRecord, options: EventOptions): CommentRecord {
  const wanted = options.comment;
  const found = wanted
    ? conversation.comments.find((one) => one.id === wanted.id)
    : conversation.comments.at(-1);
  if (!found && wanted) throw new Error(`Comment ${wanted.id} is not on #${conversation.number}.`);
  return found ?? addComment(world, conversation, 'A comment', account(world, options.sender ?? 'octocat'));
}

/** Without any comment on the conversation one is made: the event is about a comment. */
export function issueCommentEvent(world: World, options: EventOptions): EventPayload {
  const conversation = conversationOf(options);
  const comment = commentJson(world, commentOf(world, conversation, options));
  return {
    action: options.action ?? 'created',
    issue: withReactions(issueJson(world, conversation)),
    comment: withReactions(comment),
  };
}
