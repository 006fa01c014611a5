import { commentsOf } from '../state/conversations.ts';
import { mergeState } from '../state/merges.ts';
import { pullBase, pullHead, testMerge } from '../state/pulls.ts';
import type {
  CommentRecord,
  ConversationRecord,
  IssueRecord,
  LabelRecord,
  PullRecord,
} from '../state/records.ts';
import { autoMergeRequest } from './auto-merge.ts';
import { connection } from './connection.ts';
import { readGitObject, refSource } from './git-objects.ts';
import { pullState } from './repository.ts';
import type { Args, Context, Fields } from './source.ts';

function byUpdate(comments: readonly CommentRecord[], direction: unknown): CommentRecord[] {
  const order = comments.toSorted((a, b) => a.updatedAt.localeCompare(b.updatedAt) || a.id - b.id);
  return direction === 'DESC' ? order.reverse() : order;
}

function comments(conversation: ConversationRecord, args: Args, { stale }: Context) {
  const all = commentsOf(conversation, stale);
  const order = args.orderBy as { direction: string } | null | undefined;
  return connection(order ? byUpdate(all, order.direction) : all, args, {
    name: 'comments',
    key: (one) => one.id,
  });
}

function address(conversation: ConversationRecord, _: Args, { world }: Context): string {
  const folder = conversation.kind === 'pull' ? 'pull' : 'issues';
  return `${world.url}/${conversation.repository.fullName}/${folder}/${conversation.number}`;
}

const shared = {
  id: (one) => one.nodeId,
  databaseId: (one) => one.id,
  fullDatabaseId: (one) => String(one.id),
  number: (one) => one.number,
  title: (one) => one.title,
  body: (one) => one.body ?? '',
  url: address,
  locked: (one) => one.locked,
  author: (one) => one.author,
  repository: (one) => one.repository,
  closed: (one) => one.state === 'closed',
  createdAt: (one) => one.createdAt,
  updatedAt: (one) => one.updatedAt,
  closedAt: (one) => one.closedAt,
  labels: (one, args) => connection(one.labels, args, { name: 'labels', key: (label) => label.id }),
  comments,
} satisfies Fields<ConversationRecord>;

export const ISSUE_FIELDS: Fields<IssueRecord> = { ...shared, state: (issue) => issue.state.toUpperCase() };

async function mergeable(pull: PullRecord, _: Args, { world }: Context): Promise<string> {
  if (pull.state !== 'open') return 'UNKNOWN';
  return (await testMerge(world, pull)) ? 'MERGEABLE' : 'CONFLICTING';
}

export const PULL_FIELDS: Fields<PullRecord> = {
  ...shared,
  state: pullState,
  merged: (pull) => pull.mergedAt !== null,
  mergedAt: (pull) => pull.mergedAt,
  mergedBy: (pull) => pull.mergedBy,
  mergeable,
  mergeStateStatus: mergeState,
  autoMergeRequest,
  mergeCommit: (pull) => (pull.mergeCommit ? readGitObject(pull.repository, pull.mergeCommit) : null),
  isDraft: (pull) => pull.draft,
  headRefName: (pull) => pull.headRef,
  headRefOid: pullHead,
  headRef: (pull) =>
    pull.state === 'open'
      ? refSource(pull.headRepository, `refs/heads/${pull.headRef}`, pullHead(pull))
      : null,
  headRepository: (pull) => pull.headRepository,
  headRepositoryOwner: (pull) => pull.headRepository.owner,
  isCrossRepository: (pull) => pull.headRepository !== pull.repository,
  baseRefName: (pull) => pull.baseRef,
  baseRefOid: pullBase,
  baseRepository: (pull) => pull.repository,
};

export const LABEL_FIELDS: Fields<LabelRecord> = {
  id: (label) => label.nodeId,
  name: (label) => label.name,
  color: (label) => label.color,
};
