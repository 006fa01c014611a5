import type { RepositoryOptions } from './commit.ts';
import type { EventName, EventOptions, EventPayload } from './event.ts';
import type { Fault } from './fault.ts';
import type { Repository } from './repository.ts';
import type { GitRequestRecord, RequestRecord } from './request.ts';
import type { TokenOptions } from './token.ts';

/** A moment of GitHub on loopback; every timestamp it writes comes from here. */
export type Clock = () => Date;

export interface GitHubOptions {
  /** Milliseconds added to each answer, of the API and of git. */
  latency?: number;
  now?: Clock;
}

export interface GitHub extends AsyncDisposable {
  /** GITHUB_SERVER_URL */
  readonly url: string;
  /** GITHUB_API_URL */
  readonly apiUrl: string;
  /** GITHUB_GRAPHQL_URL */
  readonly graphqlUrl: string;
  /** One full token acting as `github-actions[bot]`. */
  readonly token: string;
  createRepository(fullName: string, options?: RepositoryOptions): Promise<Repository>;
  repository(fullName: string): Repository;
  issueToken(options?: TokenOptions): string;
  /** Unknown from now on: 401. */
  revokeToken(token: string): void;
  /** API calls in order of arrival. */
  requests(): RequestRecord[];
  gitRequests(): GitRequestRecord[];
  clearRequests(): void;
  /** The returned function removes the fault. */
  inject(fault: Fault): () => void;
  /** GitHub's secondary limit on content writes, per login and 60 real seconds; `null` (the default) is none. */
  limitContentWrites(limit: { perMinute: number } | null): void;
  event(name: EventName, options: EventOptions): EventPayload;
  /** What the kit could not do or what broke GitHub's own description. Not empty: closing throws. */
  problems(): string[];
  clearProblems(): void;
  close(): Promise<void>;
}
