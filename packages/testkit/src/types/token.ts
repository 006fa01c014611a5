export type Permission = 'contents' | 'issues' | 'pull_requests' | 'deployments' | 'actions' | 'metadata';
export type Access = 'read' | 'write' | 'none';

export interface TokenOptions {
  /** Login that the token acts as. Default: `github-actions[bot]`. */
  as?: string;
  /** Left out: all write. A permission not named in a given record: none. */
  permissions?: Partial<Record<Permission, Access>>;
  /** Full names. Left out: every repository. */
  repositories?: string[];
}
