import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';

/** Requests to the API server as the administrator, without a process for each. */
export interface Api {
  /** JSON merge patch: https://www.rfc-editor.org/rfc/rfc7396 */
  patch(path: string, body: object): Promise<void>;
  /**
   * Tells every object of a list as it is and as it changes, until `signal` aborts. Goes on after the API server was away.
   *
   * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
   */
  watch(path: string, onObject: (object: unknown) => void, signal: AbortSignal): void;
}

export function createApi(url: string, token: string, ca: string): Api {
  const send = (method: string, path: string, type: string, body: string, options: RequestOptions = {}) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': type };
      const asked = request(`${url}${path}`, { method, headers, ca, agent: false, ...options }, resolve);
      asked.once('error', reject);
      asked.end(body);
    });
  const watchOnce = async (path: string, onObject: (object: unknown) => void, signal: AbortSignal) => {
    const answer = await send('GET', `${path}?watch=1`, 'application/json', '', { signal });
    if (answer.statusCode !== 200) throw new Error(`Watching ${path} was answered ${answer.statusCode}.`);
    for await (const line of lines(answer)) onObject((JSON.parse(line) as { object: unknown }).object);
  };
  return {
    async patch(path, body) {
      const answer = await send('PATCH', path, 'application/merge-patch+json', JSON.stringify(body));
      const text = await textOf(answer);
      if (answer.statusCode !== 200)
        throw new Error(`PATCH ${path} was answered ${answer.statusCode}: ${text}`);
    },
    watch(path, onObject, signal) {
      const again = async (): Promise<void> => {
        while (!signal.aborted) {
          await watchOnce(path, onObject, signal).catch(() => undefined);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      };
      void again();
    },
  };
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += String(chunk);
  return text;
}

async function* lines(answer: IncomingMessage): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of answer.setEncoding('utf8')) {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}
