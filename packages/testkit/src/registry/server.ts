import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type FaultList, strikeAll } from '../faults.ts';
import type { Answer } from '../http/answer.ts';
import type { Access } from './access.ts';
import { BLOB_ROUTES } from './blobs.ts';
import { MANIFEST_ROUTES } from './manifests.ts';
import { RegistryRefusal } from './refusal.ts';
import { placeOf } from './routes.ts';
import type { Store } from './store.ts';
import type { RegistryOptions, RegistryRequest } from './types.ts';

/** What one registry is made of. */
export interface Parts {
  readonly options: RegistryOptions;
  readonly store: Store;
  readonly faults: FaultList;
  readonly log: RegistryRequest[];
  access: Access;
  url: string;
}

const ROUTES = { ...BLOB_ROUTES, ...MANIFEST_ROUTES };

function startRecord({ log }: Parts, request: IncomingMessage, body: Buffer): RegistryRequest {
  const method = request.method ?? 'GET';
  const path = request.url ?? '/';
  const record: RegistryRequest = {
    n: (log.at(-1)?.n ?? 0) + 1,
    method,
    path,
    route: placeOf(method, path.replace(/\?.*$/, '')).route,
    status: 0,
    token: '',
    startedAt: new Date(),
    ms: 0,
    bytesIn: body.length,
    bytesOut: 0,
    userAgent: request.headers['user-agent'] ?? '',
    body: undefined,
    authorization: (request.headers.authorization ?? '').split(' ', 1).join('').toLowerCase(),
  };
  log.push(record);
  return record;
}

function work(
  parts: Parts,
  { headers }: IncomingMessage,
  { method, path }: RegistryRequest,
  body: Buffer,
): Answer {
  const { access, store, options, url: origin } = parts;
  const url = new URL(path, origin);
  const { route, name, reference } = placeOf(method, url.pathname);
  if (url.pathname === '/token') return access.issue(headers, method, url, body);
  access.admit(headers, name, method === 'GET' || method === 'HEAD' ? 'pull' : 'push');
  if (route === 'GET /v2/') return { status: 200, body: {} };
  const handler = ROUTES[route];
  if (!handler) throw new RegistryRefusal(404, 'UNSUPPORTED', `no such operation: ${route}`);
  return handler({ store, url, headers, body, name, reference, digestHeader: options.digestHeader ?? true });
}

function answerOf(parts: Parts, request: IncomingMessage, record: RegistryRequest, body: Buffer): Answer {
  try {
    return work(parts, request, record, body);
  } catch (error) {
    if (error instanceof RegistryRefusal) return error.answer();
    throw error;
  }
}

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now();
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const record = startRecord(parts, request, body);
  const struck = parts.faults.take(record);
  const before = await strikeAll(struck.filter(({ after }) => !after));
  const done = before.end ?? { answer: answerOf(parts, request, record, body) };
  const end = (await strikeAll(struck.filter(({ after }) => after))).end ?? done;
  if (!('answer' in end)) return void request.socket.destroy();
  send(response, record, end.answer);
  record.ms = performance.now() - started;
}

function send(response: ServerResponse, record: RegistryRequest, answer: Answer): void {
  const raw = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(JSON.stringify(answer.body ?? ''));
  const isEmpty = record.method === 'HEAD' || answer.body === undefined;
  record.status = answer.status;
  record.bytesOut = isEmpty ? 0 : raw.length;
  const length = answer.body === undefined ? 0 : raw.length;
  const headers = { 'content-type': 'application/json', 'docker-distribution-api-version': 'registry/2.0' };
  response.writeHead(answer.status, { ...headers, ...answer.headers, 'content-length': String(length) });
  response.end(isEmpty ? undefined : raw);
}

/** A server that answers for these parts. */
export function createRegistryServer(parts: Parts): Server {
  return createServer((request, response) => {
    serve(parts, request, response).catch(() => request.socket.destroy());
  });
}
