import type { RequestRecord } from './request.ts';

export type FaultMatch = string | RegExp | ((request: RequestRecord) => boolean);

export interface FaultScope {
  /**
   * Against `METHOD /route/{with}/{names}` or `graphql <operation or field>`. A string must be equal (`graphql` alone
   * is any GraphQL call), an expression may match any part. Requests of git are `git POST git-receive-pack` and so on;
   * a function is not asked about them.
   */
  match: FaultMatch;
  /** How often it strikes. Default: until it is removed. */
  times?: number;
  /** Do the work first, then fail. */
  after?: boolean;
}

export type FaultEffect =
  | { status: number; headers?: Record<string, string>; body?: unknown }
  /** Cuts the connection. */
  | { reset: true }
  /** Milliseconds. */
  | { delay: number }
  /** Waits before the work; with `after` the work is done and only the answer waits. */
  | { hold: Promise<unknown> }
  /** Reads branch heads and comments as they were so many changes ago. */
  | { stale: number };

export type Fault = FaultScope & FaultEffect;
