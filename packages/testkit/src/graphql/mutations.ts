import { readRef } from '../git/refs.ts';
import { inTurn, moveRef, NO_COMMIT } from '../state/branches.ts';
import { commentFault, mayComment, mayTouchComment } from '../state/comment-rules.ts';
import { addComment, deleteComment, editComment, minimizeComment } from '../state/conversations.ts';
import type { CommentRecord } from '../state/records.ts';
import { createCommitOnBranch, repositoryOfRef } from './commit-mutation.ts';
import { refSource } from './git-objects.ts';
import { findNode } from './query.ts';
import {
  type Args,
  type Context,
  type Fields,
  fault,
  inputOf,
  plain,
  requireAccess,
  textOf,
} from './source.ts';

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

async function createRef(_: unknown, args: Args, context: Context) {
  const input = inputOf(args);
  const repository = findNode(input.repositoryId, context);
  if (repository.kind !== 'repository') throw fault('NOT_FOUND', 'Could not resolve to a Repository.');
  requireAccess(context, repository, 'contents', 'write');
  const [ref, to] = [textOf(input.name), textOf(input.oid)];
  const object = await repository.objects.get(to);
  if (object?.type !== 'commit')
    throw fault('UNPROCESSABLE', `Could not resolve to a commit with the oid '${to}'.`);
  if (!/^refs\/(heads|tags)\/[^\s~^:?*[\\]+$/.test(ref))
    throw fault('UNPROCESSABLE', `'${ref}' is not a valid ref name.`);
  const made = await inTurn(repository, () =>
    moveRef(context.world, repository, { ref, from: NO_COMMIT, to }),
  );
  if (!made) throw fault('UNPROCESSABLE', `A ref named "${ref}" already exists in the repository.`);
  return plain({ ref: refSource(repository, ref, to) });
}

async function deleteRef(_: unknown, args: Args, context: Context) {
  const { repository, ref } = repositoryOfRef(inputOf(args).refId, context);
  requireAccess(context, repository, 'contents', 'write');
  const from = readRef(repository.directory, ref);
  if (!from) throw fault('NOT_FOUND', `Could not resolve to a Ref with the name '${ref}'.`);
  await inTurn(repository, () => moveRef(context.world, repository, { ref, from, to: NO_COMMIT }));
  return plain({});
}

export const MUTATION_FIELDS: Fields<unknown> = {
  addComment: add,
  updateIssueComment: update,
  deleteIssueComment: remove,
  minimizeComment: minimize(reasonOf, 'minimizedComment'),
  unminimizeComment: minimize(() => null, 'unminimizedComment'),
  createCommitOnBranch,
  createRef,
  deleteRef,
};
