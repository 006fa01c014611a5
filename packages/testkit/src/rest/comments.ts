import { invalid, RestError } from '../http/answer.ts';
import { commentFault, mayComment, mayTouchComment } from '../state/comment-rules.ts';
import { addComment, commentsOf, deleteComment, editComment } from '../state/conversations.ts';
import { commentJson } from './conversation-json.ts';
import { commentOf, conversationOf, text } from './find.ts';
import { paged } from './paging.ts';
import { created, noContent, ok, type RestCall, type Routes, reads, writes } from './route.ts';

const EITHER = ['issues', 'pull_requests'] as const;

function refuse(fault: ReturnType<typeof mayComment>): void {
  if (fault) throw new RestError(403, fault.message, { headers: fault.headers });
}

function bodyOf(call: RestCall): string {
  const body = text(call, 'body') ?? '';
  const fault = commentFault(body);
  if (fault) throw invalid('IssueComment', 'body', fault);
  return body;
}

async function list(call: RestCall) {
  const since = call.query.get('since');
  const all = commentsOf(conversationOf(call), call.stale);
  return paged(
    call,
    all.filter((one) => !since || one.updatedAt >= since),
    (one) => commentJson(call.world, one),
  );
}

function create(call: RestCall) {
  const conversation = conversationOf(call);
  refuse(mayComment(call.viewer, conversation));
  const author = call.viewer?.account;
  if (!author) throw new RestError(401, 'Requires authentication');
  return created(commentJson(call.world, addComment(call.world, conversation, bodyOf(call), author)));
}

function update(call: RestCall) {
  const comment = commentOf(call);
  refuse(mayTouchComment(call.viewer, comment));
  const editor = call.viewer?.account ?? comment.author;
  const edited = editComment(call.world, comment.id, bodyOf(call), editor);
  return ok(commentJson(call.world, edited ?? comment));
}

function remove(call: RestCall) {
  const comment = commentOf(call);
  refuse(mayTouchComment(call.viewer, comment));
  deleteComment(call.world, comment.id);
  return noContent();
}

export const COMMENT_ROUTES: Routes = {
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': reads('issues', list),
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': writes(EITHER, create),
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}': reads('issues', (call) =>
    ok(commentJson(call.world, commentOf(call))),
  ),
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': writes(EITHER, update),
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': writes(EITHER, remove),
};
