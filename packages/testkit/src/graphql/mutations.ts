import { commentFault, mayComment, mayTouchComment } from '../state/comment-rules.ts';
import { addComment, deleteComment, editComment, minimizeComment } from '../state/conversations.ts';
import type { CommentRecord } from '../state/records.ts';
import { enablePullRequestAutoMerge } from './auto-merge.ts';
import { createCommitOnBranch } from './commit-mutation.ts';
import { findNode } from './query.ts';
import { createRef, deleteRef, updateManyRefs } from './ref-mutations.ts';
import { type Args, type Context, type Fields, fault, inputOf, plain, textOf } from './source.ts';

function bodyOf(input: Args): string {
  const body = textOf(input.body);
  const wrong = commentFault(body);
  if (wrong) throw fault('UNPROCESSABLE', wrong);
  return body;
}

/** The comment of an input, if the viewer may change it. */
function commentOf(id: unknown, context: Context): CommentRecord {
  const node = findNode(id, context);
  if (node.kind !== 'comment') {
    throw fault('NOT_FOUND', `Could not resolve to IssueComment node with the global id of '${textOf(id)}'.`);
  }
  requireOpen(node.conversation.repository.archived);
  const refusal = mayTouchComment(context.viewer, node);
  if (refusal) throw fault('FORBIDDEN', refusal.message);
  return node;
}

function requireOpen(archived: boolean): void {
  if (archived) throw fault('FORBIDDEN', 'Repository was archived so is read-only.');
}

function add(_: unknown, args: Args, context: Context) {
  const input = inputOf(args);
  const subject = findNode(input.subjectId, context);
  if (subject.kind !== 'pull' && subject.kind !== 'issue') {
    throw fault(
      'NOT_FOUND',
      `Could not resolve to a node with the global id of '${textOf(input.subjectId)}'.`,
    );
  }
  requireOpen(subject.repository.archived);
  const refusal = mayComment(context.viewer, subject);
  if (refusal) throw fault('FORBIDDEN', refusal.message);
  const comment = addComment(context.world, subject, bodyOf(input), context.viewer.account);
  const cursor = Buffer.from(`cursor:${comment.id}`).toString('base64');
  return plain({ subject, commentEdge: plain({ node: comment, cursor }) });
}

function update(_: unknown, args: Args, context: Context) {
  const input = inputOf(args);
  const comment = commentOf(input.id, context);
  const issueComment = editComment(context.world, comment.id, bodyOf(input), context.viewer.account);
  return plain({ issueComment });
}

function remove(_: unknown, args: Args, context: Context) {
  deleteComment(context.world, commentOf(inputOf(args).id, context).id);
  return plain({});
}

function minimize(reasonOf: (input: Args) => string | null, field: string) {
  return (_: unknown, args: Args, context: Context) => {
    const input = inputOf(args);
    const comment = commentOf(input.subjectId, context);
    const changed = minimizeComment(context.world, comment.id, reasonOf(input));
    return plain({ [field]: changed });
  };
}

/** GitHub shows `OFF_TOPIC` as `off-topic`. */
const reasonOf = (input: Args) => textOf(input.classifier).toLowerCase().replaceAll('_', '-');

export const MUTATION_FIELDS: Fields<unknown> = {
  addComment: add,
  updateIssueComment: update,
  deleteIssueComment: remove,
  minimizeComment: minimize(reasonOf, 'minimizedComment'),
  unminimizeComment: minimize(() => null, 'unminimizedComment'),
  createCommitOnBranch,
  createRef,
  deleteRef,
  enablePullRequestAutoMerge,
  updateRefs: updateManyRefs,
};
