import type { CommentView } from './comment.ts';
import type { Issue, PullRequest, Repository } from './repository.ts';
import type { RunView } from './run.ts';

export type EventName =
  | 'pull_request'
  | 'pull_request_target'
  | 'push'
  | 'issue_comment'
  | 'issues'
  | 'merge_group'
  | 'workflow_dispatch'
  | 'workflow_run'
  | 'schedule';

export interface EventOptions {
  repository: Repository;
  pullRequest?: PullRequest;
  issue?: Issue;
  action?: string;
  /** Login of who caused it. Default: the author of what it is about. */
  sender?: string;
  /** push, merge_group, workflow_dispatch: the branch or full ref. Default: the default branch. */
  ref?: string;
  /** push: the head before; default: the commit's first parent. */
  before?: string;
  /** push, merge_group, workflow_run: the commit. Default: the head of `ref`. */
  sha?: string;
  /** issue_comment. Default: the newest comment. */
  comment?: CommentView;
  /** workflow_dispatch. */
  inputs?: Record<string, string>;
  /** workflow_run. */
  run?: RunView;
  /** schedule. */
  schedule?: string;
  /** pull_request `labeled` and `unlabeled`. */
  label?: string;
}

/** A webhook payload; its shape depends on the event, and is checked against GitHub's description in our tests. */
export type EventPayload = Record<string, unknown>;
