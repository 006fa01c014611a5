import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GitRequestRecord, RequestRecord } from '../types.ts';
import type { Answer } from './answer.ts';
import { type Api, answerCall } from './api.ts';
import type { Call } from './call.ts';
import { answerGit } from './git-answer.ts';
import { gitServiceOf, isGitPath } from './git-http.ts';

/** Requests so far, with the secret each was made with. */
export interface RequestLog {
  readonly api: { record: RequestRecord; secret: string }[];
  readonly git: GitRequestRecord[];
  last: number;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function startRecord(log: RequestLog, request: IncomingMessage) {
  log.last += 1;
  return {
    n: log.last,
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    status: 0,
    token: '',
    startedAt: new Date(),
    ms: 0,
    bytesIn: 0,
    bytesOut: 0,
  };
}

function headersOf(api: Api, answer: Answer): Record<string, string> {
  const reset = Math.floor(api.world.now().getTime() / 1000) + 3600;
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-github-request-id': randomUUID(),
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '4999',
    'x-ratelimit-used': '1',
    'x-ratelimit-reset': String(reset),
    'x-ratelimit-resource': 'core',
    ...answer.headers,
  };
}

function send(api: Api, response: ServerResponse, record: RequestRecord, answer: Answer): void {
  const { body } = answer;
  const raw = Buffer.isBuffer(body)
    ? body
    : body === undefined
      ? Buffer.alloc(0)
      : Buffer.from(JSON.stringify(body));
  record.status = answer.status;
  record.bytesOut = raw.length;
  response.writeHead(answer.status, { ...headersOf(api, answer), 'content-length': String(raw.length) });
  response.end(raw);
}

async function serveApi(api: Api, log: RequestLog, request: IncomingMessage, response: ServerResponse) {
  const started = performance.now();
  const agent = request.headers['user-agent'] ?? '';
  const record: RequestRecord = {
    ...startRecord(log, request),
    route: '',
    userAgent: agent,
    body: undefined,
  };
  const secret = (request.headers.authorization ?? '').replace(/^\S+\s+/, '');
  log.api.push({ record, secret });
  const body = await readBody(request);
  record.bytesIn = body.length;
  record.body = parseJson(body);
  const url = new URL(record.path, api.world.url);
  const call: Call = { world: api.world, record, headers: request.headers, url, viewer: null, stale: 0 };
  const end = await answerCall(api, call);
  record.ms = performance.now() - started;
  if (end && 'answer' in end) send(api, response, record, end.answer);
  else request.socket.destroy();
}

function startGitRecord(api: Api, log: RequestLog, request: IncomingMessage): GitRequestRecord {
  const service = gitServiceOf(new URL(request.url ?? '/', api.world.url));
  const record = { ...startRecord(log, request), service, route: `git ${request.method} ${service}` };
  log.git.push(record);
  return record;
}

async function serveGitRequest(
  api: Api,
  log: RequestLog,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const started = performance.now();
  const record = startGitRecord(api, log, request);
  await answerGit(api, record, request, response);
  record.ms = performance.now() - started;
}

/** Starts listening on a free port of the loopback interface. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** A server that hands API calls and git's requests to their places; `api` is asked for when one comes. */
export function createGitHubServer(api: () => Api, log: RequestLog): Server {
  return createServer((request, response) => {
    const pathname = (request.url ?? '/').replace(/\?.*$/, '');
    const serve = isGitPath(pathname) ? serveGitRequest : serveApi;
    serve(api(), log, request, response).catch((error: unknown) => {
      // A client that left is no problem of the kit.
      if (!request.socket.destroyed) api().world.problems.push(`${request.method} ${request.url}: ${error}`);
      request.socket.destroy();
    });
  });
}
