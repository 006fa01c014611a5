import type { ObjectReader } from '../git/objects.ts';
import type { DeploymentState, Permission, RunOptions } from '../types.ts';

export interface Account {
  readonly login: string;
  readonly id: number;
  readonly nodeId: string;
  readonly type: 'User' | 'Bot' | 'Organization';
}

export interface Revision {
  readonly nodeId: string;
  readonly body: string;
  readonly editor: Account;
  readonly at: string;
}

/** Never changed in place: an edit makes a new record, so that earlier states can be shown again. */
export interface CommentRecord {
  readonly kind: 'comment';
  readonly id: number;
  readonly nodeId: string;
  readonly conversation: ConversationRecord;
  readonly author: Account;
  readonly body: string;
  readonly minimizedReason: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Newest first, the original last. */
  readonly revisions: readonly Revision[];
}

export interface LabelRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly name: string;
  readonly color: string;
}

interface ConversationFields {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: RepositoryRecord;
  readonly number: number;
  readonly author: Account;
  readonly createdAt: string;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  locked: boolean;
  labels: LabelRecord[];
  updatedAt: string;
  closedAt: string | null;
  comments: readonly CommentRecord[];
  /** Earlier values of `comments`, newest last. */
  past: (readonly CommentRecord[])[];
}

export interface IssueRecord extends ConversationFields {
  readonly kind: 'issue';
}

export interface PullRecord extends ConversationFields {
  readonly kind: 'pull';
  readonly headRef: string;
  readonly headRepository: RepositoryRecord;
  baseRef: string;
  draft: boolean;
  autoMerge: { readonly method: string; readonly by: Account; readonly at: string } | null;
  mergedAt: string | null;
  mergedBy: Account | null;
  mergeCommit: string | null;
  /** Head and base as they were last seen; what a closed pull request keeps. */
  lastHead: string;
  lastBase: string;
}

export type ConversationRecord = IssueRecord | PullRecord;

export interface DeploymentStatusRecord {
  readonly id: number;
  readonly nodeId: string;
  readonly state: DeploymentState;
  readonly creator: Account;
  readonly description: string;
  readonly environment: string;
  readonly environmentUrl: string;
  readonly logUrl: string;
  readonly createdAt: string;
}

export interface DeploymentRecord {
  readonly kind: 'deployment';
  readonly id: number;
  readonly nodeId: string;
  readonly repository: RepositoryRecord;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string | null;
  readonly payload: Record<string, unknown> | string;
  readonly transient: boolean;
  readonly production: boolean;
  readonly creator: Account;
  readonly createdAt: string;
  updatedAt: string;
  /** Newest first. */
  statuses: DeploymentStatusRecord[];
}

export type RunRecord = Required<RunOptions> & { workflowId: number; repository: RepositoryRecord };

export interface RepositoryRecord {
  readonly kind: 'repository';
  readonly id: number;
  readonly nodeId: string;
  readonly owner: Account;
  readonly name: string;
  readonly fullName: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly directory: string;
  readonly createdAt: string;
  readonly objects: ObjectReader;
  archived: boolean;
  pushedAt: string;
  nextNumber: number;
  readonly conversations: Map<number, ConversationRecord>;
  deployments: DeploymentRecord[];
  readonly labels: Map<string, LabelRecord>;
  readonly runs: RunRecord[];
  /** Workflow ids by path. */
  readonly workflows: Map<string, number>;
  readonly protectedBranches: Set<string>;
  /** Branches that a pull request needs a review for. */
  readonly reviewedBranches: Set<string>;
  readonly allowAutoMerge: boolean;
  /** Whether the job's own token may open pull requests. */
  readonly allowActionsPullRequests: boolean;
  readonly mergeMethods: ReadonlySet<string>;
  /** Branch changes wait for each other here, as they do on GitHub. */
  lastChange: Promise<unknown>;
}

export interface TokenRecord {
  /** The secret itself. */
  readonly text: string;
  /** Of a copy: the secret it was made from, with which it ends. */
  readonly origin: string | null;
  readonly account: Account;
  readonly permissions: Readonly<Record<Permission, 'read' | 'write' | 'none'>>;
  /** Lower-case full names; null: all. */
  readonly repositories: ReadonlySet<string> | null;
}

/** What a global node id can name. */
export type NodeRecord =
  | RepositoryRecord
  | ConversationRecord
  | DeploymentRecord
  | { kind: 'comment-id'; id: number };
