import { type Answer, KitProblem, notFound, RestError } from '../http/answer.ts';
import { type Call, header } from '../http/call.ts';
import type { RepositoryRecord } from '../state/records.ts';
import { accessTo } from '../state/tokens.ts';
import { findRepository } from '../state/world.ts';
import { META, type Meta } from './meta.ts';
import { type OpenApi, openApi } from './openapi.ts';
import type { RestCall, Route } from './route.ts';
import { createRouter, type RouteMatch } from './router.ts';
import { ROUTES } from './routes.ts';

export type Target = Route | Meta;
type Match = RouteMatch<Target>;

const router = createRouter<Target>({ ...ROUTES, ...META });

/** The route of a REST request, by the path below the API's root. */
export function findRoute(method: string, path: string): Match | null {
  return router(method, path);
}

/** Lets only those through who may; GitHub's answers to the others. */
function authorize(call: Call, match: RouteMatch<Route>): RepositoryRecord {
  const { owner = '', repo = '' } = match.params;
  const repository = findRepository(call.world, `${owner}/${repo}`);
  if (!repository) throw notFound();
  const { permissions, access } = match.target;
  const verdicts = permissions.map((permission) => accessTo(call.viewer, repository, permission, access));
  if (verdicts.includes('hidden')) throw notFound();
  if (verdicts.includes('granted')) {
    if (access === 'write' && repository.archived) {
      throw new RestError(403, 'Repository was archived so is read-only.');
    }
    return repository;
  }
  if (verdicts.includes('anonymous')) throw new RestError(401, 'Requires authentication');
  const accepted = permissions.map((permission) => `${permission}=${access}`).join('; ');
  throw new RestError(403, 'Resource not accessible by integration', {
    headers: { 'x-accepted-github-permissions': accepted },
  });
}

function check(match: Match, fault: string | null, what: string): void {
  if (fault) throw new KitProblem(`${what} of ${match.name} breaks GitHub's description: ${fault}`);
}

function checkAnswer(api: OpenApi, match: Match, answer: Answer): void {
  if (typeof answer.body === 'object' && Buffer.isBuffer(answer.body)) return;
  check(match, api.checkAnswer(match.name, answer.status, answer.body), `the answer (${answer.status})`);
}

/** Every body that this API takes is a JSON object. */
function bodyOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

function restCall(call: Call, match: RouteMatch<Route>): RestCall {
  return {
    world: call.world,
    viewer: call.viewer,
    repository: authorize(call, match),
    params: match.params,
    query: call.url.searchParams,
    body: bodyOf(call.record.body),
    accept: header(call, 'accept'),
    url: call.url,
    stale: call.stale,
  };
}

/** Answers a REST request; request and answer are checked against GitHub's OpenAPI description. */
export async function answerRest(call: Call, match: Match | null): Promise<Answer> {
  if (!match) {
    call.world.problems.push(`${call.record.method} ${call.record.path} is not implemented`);
    throw notFound();
  }
  const { name, params, target } = match;
  const rest = 'meta' in target ? null : restCall(call, { name, params, target });
  const api = openApi();
  check(match, api.checkQuery(name, call.url.searchParams), 'the query');
  if (call.record.method !== 'GET') check(match, api.checkRequest(name, call.record.body), 'the body');
  const answer = 'meta' in target ? target.meta(call) : await target.handle(rest as RestCall);
  checkAnswer(api, match, answer);
  return answer;
}
