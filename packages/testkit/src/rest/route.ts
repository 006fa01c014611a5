import type { Answer } from '../http/answer.ts';
import type { RepositoryRecord, TokenRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import type { Permission } from '../types.ts';

/** A REST request that is allowed, ready for its handler. */
export interface RestCall {
  readonly world: World;
  readonly viewer: TokenRecord | null;
  readonly repository: RepositoryRecord;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Checked against the OpenAPI description before. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly accept: string;
  /** Address as called, for Link headers. */
  readonly url: URL;
  readonly stale: number;
}

export interface Route {
  /** Any one of these is enough. */
  readonly permissions: readonly Permission[];
  readonly access: 'read' | 'write';
  readonly handle: (call: RestCall) => Answer | Promise<Answer>;
}

/** By GitHub's own route, e.g. `GET /repos/{owner}/{repo}/pulls/{pull_number}`. */
export type Routes = Readonly<Record<string, Route>>;

type Handle = Route['handle'];

export const reads = (permission: Permission, handle: Handle): Route => ({
  permissions: [permission],
  access: 'read',
  handle,
});

export const writes = (permissions: Permission | readonly Permission[], handle: Handle): Route => ({
  permissions: typeof permissions === 'string' ? [permissions] : permissions,
  access: 'write',
  handle,
});

export const ok = (body: unknown, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  body,
  headers,
});
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent = (): Answer => ({ status: 204 });
