import { HttpClient } from '@actions/http-client';
import type { Answer } from './health.ts';

/** As much of a body as is looked at, in bytes. */
const MOST_BYTES = 1_000_000;

/**
 * Asks a URL once, through the official client: it honours `http_proxy`, `https_proxy` and `no_proxy`.
 * A redirect is an answer, not followed: where it leads is not the preview.
 *
 * @throws when nothing answers, or with the signal's reason when it is aborted
 */
export async function httpGet(url: string, signal: AbortSignal): Promise<Answer> {
  const client = new HttpClient('gitops-actions', [], { allowRedirects: false, socketTimeout: 10_000 });
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([ask(client, url, signal), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
    client.dispose();
  }
}

async function ask(client: HttpClient, url: string, signal: AbortSignal): Promise<Answer> {
  const { message } = await client.get(url, { 'cache-control': 'no-cache' });
  signal.addEventListener('abort', () => message.destroy(), { once: true });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size >= MOST_BYTES) break;
  }
  return { status: message.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') };
}
