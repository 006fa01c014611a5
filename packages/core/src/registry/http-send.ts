import type { IncomingHttpHeaders } from 'node:http';
import { HttpClient } from '@actions/http-client';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * The longest body that is read, in bytes: registries need not take larger manifests.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests
 */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Sends one request through the official client, which honours `https_proxy` and `no_proxy`. A redirect is an answer.
 *
 * @throws when nothing answers or the body is too long, or with the signal's reason when it is aborted
 */
export async function send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  signal.throwIfAborted();
  const client = new HttpClient('gitops-actions', [], { allowRedirects: false, socketTimeout: 30_000 });
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([exchange(client, request, signal), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
    client.dispose();
  }
}

async function exchange(
  client: HttpClient,
  { method, url, headers, body }: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const { message } = await client.request(method, url, body ?? null, headers);
  signal.addEventListener('abort', () => message.destroy(), { once: true });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error(`the answer is longer than ${MOST_BYTES} bytes`);
  }
  return { status: message.statusCode ?? 0, headers: message.headers, body: Buffer.concat(chunks) };
}
