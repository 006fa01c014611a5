import type { Run } from '../../src/action/index.ts';
import { createGitHub, pullRequestNumber } from '../../src/github/index.ts';
import { nock } from './network.ts';

export const API = 'https://ghes.example.com/api/v3';
export const SHA = 'a'.repeat(40);
export const OTHER = 'b'.repeat(40);
export const BASE_ID = 1;
const FORK_ID = 2;
const silent = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };
const github = await createGitHub({
  token: 't',
  apiUrl: API,
  graphqlUrl: 'https://ghes.example.com/api/graphql',
  log: silent,
  signal: new AbortController().signal,
  fetch: (...args) => globalThis.fetch(...args),
});
/** The number that a run is found to be about. */
export const find = (run: Partial<Run>, number?: number) =>
  pullRequestNumber(
    github,
    { owner: 'acme', repo: 'shop' },
    { repository: 'acme/shop', event: {}, ref: '', sha: SHA, ...run } as Run,
    number,
  );

/** A pull request as the list shows it. */
export interface Listed {
  readonly number: number;
  readonly sha?: string;
  /** Of the head's repository; null: it was deleted. */
  readonly repo?: number | null;
}

/** What GitHub answers, once, when it is asked for the pull requests of a head. */
export const answer = (head: string, list: readonly Listed[], state = 'open') =>
  nock(API)
    .get('/repos/acme/shop/pulls')
    .query({ state, head, per_page: 100 })
    .reply(
      200,
      list.map(({ number, sha = SHA, repo = FORK_ID }) => ({
        number,
        head: { sha, repo: repo === null ? null : { id: repo } },
        base: { repo: { id: BASE_ID } },
      })),
    );

/** A workflow_run after the run of a fork's pull request. */
export const followed = (fields: object = {}) => ({
  eventName: 'workflow_run',
  event: {
    workflow_run: {
      event: 'pull_request',
      head_repository: { id: FORK_ID, owner: { login: 'mona' } },
      head_branch: 'fix',
      head_sha: SHA,
      head_commit: { id: SHA },
      pull_requests: [],
      ...fields,
    },
  },
});
