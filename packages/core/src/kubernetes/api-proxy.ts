import { existsSync } from 'node:fs';
import { request as send } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiAnswer, ApiProxy, ApiRequest } from './cluster.ts';
import type { OpenCluster } from './kubeconfig.ts';

/** How long kubectl may take to listen, and how often that is looked at; milliseconds. */
const LONGEST_START = 10_000;
const PAUSE = 5;
/** Of a socket's path in bytes; macOS has the shortest. https://man.freebsd.org/cgi/man.cgi?unix(4) */
const LONGEST_PATH = 100;
/** To log in again, to put together what is invalid, and to wait as long as the server says is kubectl's work. */
const NOT_FINAL: ReadonlySet<number> = new Set([401, 422, 429]);

/**
 * The same cluster with a `kubectl proxy` of its own, until it is disposed of. It logs in once, exec plugins included, and
 * a request costs no program. It listens on a socket in the cluster's folder, which only this user may enter; a port would
 * be open to every process of the machine. Where it cannot run (Windows, a folder with a long path, a kubectl older than
 * 1.21) everything goes on without it. https://kubernetes.io/docs/reference/kubectl/generated/kubectl_proxy/
 *
 * @param signal ends it at once: what is cancelled may take long to come to its end, and its process may be killed before
 */
export function withProxy(cluster: OpenCluster, signal?: AbortSignal): OpenCluster {
  const socketPath = join(cluster.folder, 'api');
  if (process.platform === 'win32' || Buffer.byteLength(socketPath) > LONGEST_PATH) return cluster;
  const ending = new AbortController();
  // Without the second flag, the path of a server such as https://rancher.example.com/k8s/clusters/c-1 would be left out.
  const args = ['proxy', `--unix-socket=${socketPath}`, '--append-server-path'];
  const until = signal === undefined ? ending.signal : AbortSignal.any([ending.signal, signal]);
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  // Why it ended, if it did, the kubectl that is asked in its place will say.
  const running = cluster
    .exec({ program: 'kubectl', args, env: cluster.env, signal: until })
    .then(over, over);
  return {
    ...cluster,
    proxy: viaSocket(socketPath, () => isOver),
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await Promise.all([running, cluster[Symbol.asyncDispose]()]);
    },
  };
}

function viaSocket(socketPath: string, isOver: () => boolean): ApiProxy {
  const end = performance.now() + LONGEST_START;
  return async (request, signal) => {
    for (;;) {
      try {
        // Looking costs less than asking in vain.
        if (existsSync(socketPath)) return await ask(socketPath, request, signal);
      } catch (error) {
        signal.throwIfAborted();
        // The file comes a moment before kubectl listens.
        if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') return undefined;
      }
      if (isOver() || performance.now() > end) return undefined;
      await sleep(PAUSE, undefined, { signal });
    }
  };
}

async function ask(
  socketPath: string,
  { method, path, body }: ApiRequest,
  signal: AbortSignal,
): Promise<ApiAnswer | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<ApiAnswer | undefined>();
  const content = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    accept: 'application/json, */*',
    'content-type': 'application/json',
    // Node leaves it out for DELETE, and the server would not see the preconditions.
    'content-length': Buffer.byteLength(content),
  };
  const createConnection = () => connect(socketPath);
  const sent = send({ createConnection, method, path, headers, signal }, (response) => {
    const { statusCode = 0 } = response;
    text(response)
      .then((said) => resolve(answerOf(statusCode, said)))
      .catch(reject);
  });
  sent.on('error', reject);
  sent.end(content);
  return promise;
}

/** What kubectl's proxy itself has to say, such as that nobody answers, is plain text. */
function answerOf(code: number, said: string): ApiAnswer | undefined {
  if (code >= 200 && code < 300) return { kind: 'done', text: said };
  if (code < 400 || code >= 500 || NOT_FINAL.has(code) || !said.startsWith('{')) return undefined;
  const { kind, reason = '', message = '' } = JSON.parse(said) as Partial<Record<string, string>>;
  return kind === 'Status' ? { kind: 'refused', reason, message } : undefined;
}
