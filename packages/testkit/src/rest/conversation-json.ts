import type { CommentRecord, ConversationRecord, LabelRecord, RepositoryRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { apiAddress, userJson, webAddress } from './templates.ts';

/** A label of an issue or pull request. */
export function labelJson(
  world: World,
  repository: RepositoryRecord,
  { id, nodeId, name, color }: LabelRecord,
) {
  const url = `${apiAddress(world, repository)}/labels/${encodeURIComponent(name)}`;
  return { id, node_id: nodeId, url, name, description: '', color, default: false };
}

/** Web address of an issue or pull request. */
export function conversationAddress(world: World, conversation: ConversationRecord): string {
  const folder = conversation.kind === 'pull' ? 'pull' : 'issues';
  return `${webAddress(world, conversation.repository)}/${folder}/${conversation.number}`;
}

/** An issue, or a pull request as the issues API shows it. */
export function issueJson(world: World, conversation: ConversationRecord) {
  const { repository, number } = conversation;
  const url = `${apiAddress(world, repository)}/issues/${number}`;
  const web = conversationAddress(world, conversation);
  const pull = {
    url: `${apiAddress(world, repository)}/pulls/${number}`,
    html_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    merged_at: conversation.kind === 'pull' ? conversation.mergedAt : null,
  };
  return {
    id: conversation.id,
    node_id: conversation.nodeId,
    number,
    url,
    repository_url: apiAddress(world, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: web,
    title: conversation.title,
    body: conversation.body,
    state: conversation.state,
    state_reason: null,
    locked: conversation.locked,
    active_lock_reason: null,
    user: userJson(world, conversation.author),
    labels: conversation.labels.map((one) => labelJson(world, repository, one)),
    assignee: null,
    assignees: [],
    milestone: null,
    comments: conversation.comments.length,
    created_at: conversation.createdAt,
    updated_at: conversation.updatedAt,
    closed_at: conversation.closedAt,
    author_association: 'CONTRIBUTOR',
    ...(conversation.kind === 'pull' && { pull_request: pull, draft: conversation.draft }),
  };
}

/** A comment of an issue or pull request. */
export function commentJson(world: World, comment: CommentRecord) {
  const { conversation } = comment;
  const root = apiAddress(world, conversation.repository);
  return {
    id: comment.id,
    node_id: comment.nodeId,
    url: `${root}/issues/comments/${comment.id}`,
    html_url: `${conversationAddress(world, conversation)}#issuecomment-${comment.id}`,
    issue_url: `${root}/issues/${conversation.number}`,
    body: comment.body,
    user: userJson(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: 'CONTRIBUTOR',
    performed_via_github_app: null,
  };
}
