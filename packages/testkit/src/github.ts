import { createEvent } from './events/event.ts';
import { createFaultList } from './faults.ts';
import { repositoryOf } from './handles.ts';
import type { Api } from './http/api.ts';
import { createContentLimit } from './http/content-limit.ts';
import { createGitHubServer, listen, type RequestLog } from './http/server.ts';
import { createRepositoryView } from './repository.ts';
import { addRepository } from './state/repositories.ts';
import { copyToken, issueToken, revokeToken } from './state/tokens.ts';
import { createWorld, findRepository, type World } from './state/world.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import type { GitHub, GitHubOptions, Repository, RequestRecord } from './types.ts';

/** What `runAction` needs of a GitHub beyond its public face. */
export interface Internals {
  readonly world: World;
  copyToken(token: string): string | null;
  /** Number of the newest request. */
  lastRequest(): number;
  /** Calls after a number, made with one of these secrets or with none that is known. */
  requestsSince(after: number, secrets: ReadonlySet<string>): RequestRecord[];
}

const internals = new WeakMap<GitHub, Internals>();

/** The inside of a GitHub that `startGitHub` made. */
export function internalsOf(github: GitHub): Internals {
  const found = internals.get(github);
  if (!found) throw new Error('This GitHub was not started by startGitHub().');
  return found;
}

function findOrFail(world: World, fullName: string): Repository {
  const record = findRepository(world, fullName);
  if (!record) throw new Error(`There is no repository ${fullName}.`);
  return repositoryOf(record);
}

function problemReport(problems: readonly string[]): string {
  return `GitHub on loopback was asked for what it cannot do truthfully:\n${problems.map((one) => `- ${one}`).join('\n')}`;
}

interface Started {
  world: World;
  api: Api;
  log: RequestLog;
  close(): Promise<void>;
}

/** Server and folder; the server's port is known before the world that names it. */
async function startServer(options: GitHubOptions): Promise<Started> {
  const folder = await temporaryDirectory('github-');
  const log: RequestLog = { api: [], git: [], last: 0 };
  let api: Api | undefined;
  const server = createGitHubServer(() => {
    if (!api) throw new Error('a request came before the server had started');
    return api;
  }, log);
  const url = `http://127.0.0.1:${await listen(server)}`;
  const world = createWorld({ url, directory: folder.path, now: options.now ?? (() => new Date()) });
  api = { world, faults: createFaultList(), limit: createContentLimit(), latency: options.latency ?? 0 };
  const close = async () => {
    const ended = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await ended;
    for (const repository of world.repositories.values()) repository.objects.close();
    await folder[Symbol.asyncDispose]();
    if (world.problems.length > 0) throw new Error(problemReport(world.problems));
  };
  return { world, api, log, close };
}

function createInternals({ world, log }: Started): Internals {
  return {
    world,
    copyToken: (token) => copyToken(world, token),
    lastRequest: () => log.last,
    requestsSince: (after, secrets) =>
      log.api
        .filter(
          ({ record, secret }) => record.n > after && (secrets.has(secret) || !world.tokens.has(secret)),
        )
        .map(({ record }) => record),
  };
}

/**
 * Starts GitHub on loopback: REST at `apiUrl`, GraphQL at `graphqlUrl`, git over HTTP at `url`. Repositories are real
 * bare repositories in a temporary folder.
 *
 * Closing (or leaving the block of an `await using`) ends everything and throws when `problems()` is not empty: a call
 * that is not implemented or that breaks GitHub's own description must not pass unseen.
 */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const started = await startServer(options);
  const { world, api, log } = started;
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= started.close();
    return closing;
  };
  const github: GitHub = {
    url: world.url,
    apiUrl: world.apiUrl,
    graphqlUrl: world.graphqlUrl,
    token: issueToken(world),
    createRepository: async (fullName, given = {}) =>
      createRepositoryView(world, await addRepository(world, fullName, given)),
    repository: (fullName) => findOrFail(world, fullName),
    issueToken: (given) => issueToken(world, given),
    revokeToken: (token) => revokeToken(world, token),
    requests: () => log.api.map(({ record }) => record),
    gitRequests: () => [...log.git],
    clearRequests: () => {
      log.api.length = 0;
      log.git.length = 0;
    },
    inject: api.faults.inject,
    limitContentWrites: api.limit.set,
    event: (name, given) => createEvent(world, name, given),
    problems: () => [...world.problems],
    clearProblems: () => {
      world.problems.length = 0;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
  internals.set(github, createInternals(started));
  return github;
}
