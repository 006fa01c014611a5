import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultList, type Strike, strikeAll } from '../faults.ts';
import type { GraphQLRequest } from '../graphql/request.ts';
import { answerRest, findRoute, type Target } from '../rest/dispatch.ts';
import type { RouteMatch } from '../rest/router.ts';
import { readAuthorization } from '../state/tokens.ts';
import type { World } from '../state/world.ts';
import { type Answer, KitProblem, RestError } from './answer.ts';
import type { Call } from './call.ts';
import type { ContentLimit } from './content-limit.ts';

export interface Api {
  readonly world: World;
  readonly faults: FaultList;
  readonly limit: ContentLimit;
  readonly latency: number;
}

/** What a call is about: known before its work, so that faults and the log can name it. */
export type Subject = { rest: RouteMatch<Target> | null } | { graphql: GraphQLRequest };

async function subjectOf(call: Call): Promise<Subject> {
  const { record } = call;
  if (call.url.pathname !== '/api/graphql') {
    const path = call.url.pathname.replace(/^\/api\/v3/, '');
    const match = call.url.pathname.startsWith('/api/v3/') ? findRoute(record.method, path) : null;
    record.route = match?.name ?? `${record.method} ${path}`;
    return { rest: match };
  }
  // graphql-js and GitHub's schema are loaded by the first call that needs them.
  const { readGraphQL } = await import('../graphql/request.ts');
  const request = readGraphQL(record.body);
  record.operation = request.operation;
  record.fields = request.fields;
  record.route = `graphql ${request.operation}`;
  return { graphql: request };
}

function authenticate(call: Call): void {
  const authorization = call.headers.authorization;
  const secret = readAuthorization(Array.isArray(authorization) ? authorization[0] : authorization);
  if (secret === null) return;
  call.viewer = call.world.tokens.get(secret) ?? null;
  if (!call.viewer) throw new RestError(401, 'Bad credentials');
  call.record.token = call.viewer.account.login;
}

function isContentWrite(call: Call, subject: Subject): boolean {
  return 'graphql' in subject ? subject.graphql.mutation : call.record.method !== 'GET';
}

async function work(api: Api, call: Call, subject: Subject): Promise<Answer> {
  authenticate(call);
  if (isContentWrite(call, subject)) api.limit.count(call.record.token);
  if ('rest' in subject) return answerRest(call, subject.rest);
  const { answerGraphQL } = await import('../graphql/answer.ts');
  return answerGraphQL(call, subject.graphql);
}

/** Turns every failure of the work into an answer; a fault of the kit or the test is also kept in the list of problems. */
async function workSafely(api: Api, call: Call, subject: Subject): Promise<Answer> {
  try {
    return await work(api, call, subject);
  } catch (error) {
    if (error instanceof RestError) return error.answer();
    const message = Error.isError(error) ? error.message : String(error);
    api.world.problems.push(error instanceof KitProblem ? message : `${call.record.route}: ${message}`);
    return { status: 500, body: { message: `testkit: ${message}` } };
  }
}

/** One API call from its request to its answer: latency, faults before, the work, faults after. */
export async function answerCall(api: Api, call: Call): Promise<Strike> {
  const subject = await subjectOf(call);
  if (api.latency > 0) await sleep(api.latency);
  const struck = api.faults.take(call.record);
  const before = await strikeAll(struck.filter((fault) => !fault.after));
  if (before.end) return before.end;
  call.stale = before.stale;
  const answer = await workSafely(api, call, subject);
  const after = await strikeAll(struck.filter((fault) => fault.after));
  return after.end ?? { answer };
}
