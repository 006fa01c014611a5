import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Strike, strikeAll } from '../faults.ts';
import type { GitRequestRecord } from '../types.ts';
import type { Api } from './api.ts';
import { serveGit } from './git-http.ts';

/** An answer that is kept back until it is known whether a fault takes its place. */
function heldAnswer() {
  const headers: Record<string, string> = {};
  const chunks: Buffer[] = [];
  return {
    statusCode: 200,
    headers,
    chunks,
    setHeader: (name: string, value: string) => {
      headers[name] = value;
    },
    write: (chunk: Buffer) => chunks.push(chunk),
    end: () => undefined,
  };
}

/** What a fault says in place of git's own answer. */
function strikeGit(
  strike: Strike,
  record: GitRequestRecord,
  request: IncomingMessage,
  response: ServerResponse,
) {
  if (strike && 'answer' in strike) {
    request.resume();
    record.status = strike.answer.status;
    response.writeHead(record.status, strike.answer.headers).end();
  } else request.socket.destroy();
}

/** One request of git from its arrival to its answer: latency, faults before, the work, faults after. */
export async function answerGit(
  api: Api,
  record: GitRequestRecord,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (api.latency > 0) await sleep(api.latency);
  const struck = api.faults.takeGit(record);
  const before = await strikeAll(struck.filter((fault) => !fault.after));
  if (before.end) return strikeGit(before.end, record, request, response);
  const late = struck.filter((fault) => fault.after);
  if (late.length === 0) return serveGit(api.world, record, request, response);
  const held = heldAnswer();
  await serveGit(api.world, record, request, held);
  const { end } = await strikeAll(late);
  if (end) strikeGit(end, record, request, response);
  else response.writeHead(held.statusCode, held.headers).end(Buffer.concat(held.chunks));
}
