import { HttpClient } from '@actions/http-client';
import { Agent, type Dispatcher, request } from 'undici';
import { untilAborted } from '../action/index.ts';
import type { Answer } from './health.ts';

/** As much of a body as is looked at, in bytes. */
const MOST_BYTES = 1_000_000;

/**
 * Asks a URL once, through the proxy that the official client takes from `http_proxy`, `https_proxy` and `no_proxy`.
 * A redirect is an answer, not followed: where it leads is not what was asked for.
 *
 * Whatever the other side does, nothing is left open that would keep the process alive. The official client itself
 * cannot promise that: it has no way to end a request that waits for a proxy's tunnel.
 *
 * @throws when nothing answers, or with the signal's reason when it is aborted
 */
export async function httpGet(url: string, signal: AbortSignal): Promise<Answer> {
  const dispatcher: Dispatcher = new HttpClient().getAgentDispatcher(url) ?? new Agent();
  try {
    signal.throwIfAborted();
    return await untilAborted(ask(url, signal, dispatcher), signal);
  } finally {
    await dispatcher.destroy();
  }
}

async function ask(url: string, signal: AbortSignal, dispatcher: Dispatcher): Promise<Answer> {
  const headers = {
    'user-agent': 'gitops-actions',
    'cache-control': 'no-cache',
    'accept-encoding': 'identity',
  };
  const { statusCode, headers: answered, body } = await request(url, { signal, dispatcher, headers });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size >= MOST_BYTES) break;
  }
  return { status: statusCode, text: Buffer.concat(chunks).toString('utf8'), headers: joined(answered) };
}

function joined(headers: Dispatcher.ResponseData['headers']): Answer['headers'] {
  const pairs = Object.entries(headers).map(([name, value = '']) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, typeof value === 'string' ? value : value.join(', ')]),
  );
}
