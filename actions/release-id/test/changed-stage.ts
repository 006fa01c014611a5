import type { Run } from '@gitops-actions/core/action';
import { createGitHub } from '@gitops-actions/core/github';
import type { EventName, EventOptions, GitHub, Repository } from '@gitops-actions/testkit';
import { startGitHub } from '@gitops-actions/testkit';
import { type ChangedQuestion, keepChanged } from '../src/changed/keep-changed.ts';
import type { Kept } from '../src/changed/verdict.ts';
import { parseServices } from '../src/services.ts';
import { readSource } from '../src/source.ts';

const log = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };

export const COMPARE = 'GET /repos/{owner}/{repo}/compare/{basehead}';
export const RUNS = 'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs';
/** The names of all services below. */
export const ALL = ['always', 'web', 'orders'];

const SERVICES = `[
  "always",
  {"name": "web", "paths": ["web", "libs/**", "!**/*.md"]},
  {"name": "orders", "context": "services/orders"}
]`;

export const FILES = {
  '.github/workflows/ci.yml': 'on: push\n',
  'web/index.ts': 'export const web = 1;\nexport const shop = 2;\nexport const cart = 3;\n',
  'libs/money.ts': 'export {};\n',
  'services/orders/main.go': 'package main\n',
};

/** What one question is asked with; the rest is a push to main by run 9 of ci.yml. */
export interface Asked {
  readonly event?: EventName;
  readonly options?: Partial<EventOptions>;
  readonly run?: Partial<Run>;
  readonly services?: string;
  readonly since?: string;
  readonly token?: string;
  readonly signal?: AbortSignal;
}

export interface Stage {
  readonly github: GitHub;
  readonly shop: Repository;
  /** What was kept, by name, with the routes that were called for it. */
  readonly ask: (asked?: Asked) => Promise<{ kept: string[]; routes: string[]; answer: Kept }>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A repository with files and one run of its workflow that ended well. */
export async function startStage(): Promise<Stage> {
  const github = await startGitHub();
  const shop = await github.createRepository('acme/shop', { private: true });
  shop.addRun({ id: 1, sha: await shop.commit('main', FILES) });
  const ask = async (asked: Asked = {}) => {
    github.clearRequests();
    const answer = await keepChanged(await question(github, shop, asked));
    return {
      kept: answer.services.map(({ name }) => name),
      routes: github.requests().map(({ route }) => route),
      answer,
    };
  };
  return { github, shop, ask, [Symbol.asyncDispose]: () => github.close() };
}

async function question(github: GitHub, repository: Repository, asked: Asked): Promise<ChangedQuestion> {
  const { event: eventName = 'push', token = github.token } = asked;
  const signal = asked.signal ?? new AbortController().signal;
  const { apiUrl, graphqlUrl } = github;
  const event = github.event(eventName, { repository, ...asked.options });
  const run = {
    repository: repository.fullName,
    runId: 9,
    eventName,
    event,
    ref: String(event.ref ?? 'refs/heads/main'),
    sha: String(event.after ?? (await repository.head('main'))),
    workflowRef: 'acme/shop/.github/workflows/ci.yml@refs/heads/main',
    ...asked.run,
  } as Run;
  return {
    github: await createGitHub({ token, apiUrl, graphqlUrl, log, signal, backOffUnit: 2 }),
    repository: { owner: 'acme', repo: 'shop' },
    run,
    source: readSource(run),
    services: parseServices(asked.services ?? SERVICES) ?? [],
    since: asked.since ?? 'auto',
    signal,
  };
}
