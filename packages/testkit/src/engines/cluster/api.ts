import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';

/** Requests to the API server as the administrator, without a process for each. */
export interface Api {
  /** What is there; `undefined` when the answer is 404. */
  read(path: string, accept?: string): Promise<unknown>;
  /** The object as the API server made it. */
  create(path: string, object: object): Promise<unknown>;
  /** Server-side apply, over what others own: https://kubernetes.io/docs/reference/using-api/server-side-apply/ */
  apply(path: string, object: object): Promise<void>;
  /** JSON merge patch: https://www.rfc-editor.org/rfc/rfc7396 */
  patch(path: string, body: object): Promise<void>;
  /**
   * Tells every object of a list as it is and as it changes, until `signal` aborts. Goes on after the API server was away.
   *
   * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
   */
  watch(path: string, onObject: (object: unknown) => void, signal: AbortSignal): void;
}

const JSON_TYPE = 'application/json';
/** As kubectl does: a field that no schema knows is refused, and the fields are kubectl's. */
const STRICT = 'fieldManager=kubectl&fieldValidation=Strict';

export function createApi(url: string, token: string, ca: string): Api {
  const send = (
    method: string,
    path: string,
    { headers, ...options }: RequestOptions & { readonly headers: Readonly<Record<string, string>> },
    body = '',
  ) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const all = { authorization: `Bearer ${token}`, ...headers };
      const asked = request(`${url}${path}`, { method, headers: all, ca, agent: false, ...options }, resolve);
      asked.once('error', reject);
      asked.end(body);
    });
  const write = async (method: string, path: string, type: string, object: object) => {
    const answer = await send(method, path, { headers: { 'content-type': type } }, JSON.stringify(object));
    return JSON.parse(await bodyOf(answer, `${method} ${path}`)) as unknown;
  };
  const watchOnce = async (path: string, onObject: (object: unknown) => void, signal: AbortSignal) => {
    const answer = await send('GET', `${path}?watch=1`, { headers: { accept: JSON_TYPE }, signal });
    if (answer.statusCode !== 200) throw new Error(`Watching ${path} was answered ${answer.statusCode}.`);
    for await (const line of lines(answer)) onObject((JSON.parse(line) as { object: unknown }).object);
  };
  return {
    async read(path, accept = JSON_TYPE) {
      const answer = await send('GET', path, { headers: { accept } });
      if (answer.statusCode !== 404) return JSON.parse(await bodyOf(answer, `GET ${path}`)) as unknown;
      answer.resume();
      return undefined;
    },
    create: (path, object) => write('POST', `${path}?${STRICT}`, JSON_TYPE, object),
    async apply(path, object) {
      await write('PATCH', `${path}?${STRICT}&force=true`, 'application/apply-patch+yaml', object);
    },
    async patch(path, body) {
      await write('PATCH', path, 'application/merge-patch+json', body);
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

/** Throws with what the API server says when it refused. */
async function bodyOf(answer: IncomingMessage, what: string): Promise<string> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += String(chunk);
  const { statusCode = 0 } = answer;
  if (statusCode < 200 || statusCode > 299) throw new Error(`${what} was answered ${statusCode}: ${text}`);
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
