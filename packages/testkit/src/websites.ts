import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { Certificate } from './certificate.ts';
import { listen } from './http/server.ts';

export interface WebsiteRequest {
  /** Host name without its port. */
  host: string;
  /** Path with its query. */
  path: string;
  method: string;
}

export interface WebsiteAnswer {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

export interface Websites extends AsyncDisposable {
  /** For `http_proxy` in a run's environment; set `no_proxy=127.0.0.1` beside it. */
  readonly proxyUrl: string;
  requests(): WebsiteRequest[];
  close(): Promise<void>;
}

type Handler = (request: WebsiteRequest) => WebsiteAnswer | Promise<WebsiteAnswer>;

/** A proxy is asked for a whole address; through a tunnel only the path comes, and the host in its header. */
function readRequest(request: IncomingMessage): WebsiteRequest {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'unknown'}`);
  return { host: url.hostname, path: `${url.pathname}${url.search}`, method: request.method ?? 'GET' };
}

async function answer(handler: Handler, asked: WebsiteRequest, response: ServerResponse): Promise<void> {
  try {
    const { status, body = '', headers = {} } = await handler(asked);
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
    response.end(body);
  } catch (error) {
    // Like a site behind a broken upstream; the reason is for who debugs the test.
    response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(`the test's website failed: ${Error.isError(error) ? error.message : String(error)}`);
  }
}

/** A `CONNECT` for any host becomes a tunnel to this server. */
function openTunnel(port: number, client: Socket, head: Buffer): void {
  const site = connect(port, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) site.write(head);
    site.pipe(client);
    client.pipe(site);
  });
  site.on('error', () => client.destroy());
  client.on('error', () => site.destroy());
  client.on('close', () => site.destroy());
}

/** Real services of the test on loopback (GitHub itself) are reached as they are, should a client ask for them here. */
function passOn(request: IncomingMessage, response: ServerResponse, url: URL): void {
  const onward = httpRequest(url, { method: request.method ?? 'GET', headers: request.headers }, (got) => {
    response.writeHead(got.statusCode ?? 502, got.headers);
    got.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

function createProxy(handler: Handler, seen: WebsiteRequest[]): Server {
  return createServer((request, response) => {
    const absolute = /^http:\/\/127\.0\.0\.1:\d+\//.test(request.url ?? '');
    if (absolute) return passOn(request, response, new URL(request.url ?? ''));
    const asked = readRequest(request);
    seen.push(asked);
    request.resume();
    return void answer(handler, asked, response);
  });
}

/** The same answers for `https:`, behind a tunnel. */
function createSecure(handler: Handler, seen: WebsiteRequest[], { key, cert }: Certificate): Server {
  return createTlsServer({ key, cert }, (request, response) => {
    const asked = readRequest(request);
    seen.push(asked);
    request.resume();
    return void answer(handler, asked, response);
  });
}

async function closed(server: Server): Promise<void> {
  const ended = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await ended;
}

/**
 * Every website of a test: a forward proxy on loopback that answers for any host name by `handler`. It takes absolute
 * addresses (`GET http://host/path`) and `CONNECT` tunnels: to plain HTTP, and with a certificate to port 443 with TLS.
 */
export async function startWebsites(handler: Handler, certificate?: Certificate): Promise<Websites> {
  const seen: WebsiteRequest[] = [];
  const server = createProxy(handler, seen);
  const secure = certificate && createSecure(handler, seen, certificate);
  const tunnels = new Set<Socket>();
  const port = await listen(server);
  const securePort = secure ? await listen(secure) : port;
  server.on('connect', (request, client: Socket, head: Buffer) => {
    tunnels.add(client);
    openTunnel(request.url?.endsWith(':443') ? securePort : port, client, head);
  });
  const close = async () => {
    for (const tunnel of tunnels) tunnel.destroy();
    await Promise.all([server, ...(secure ? [secure] : [])].map(closed));
  };
  return {
    proxyUrl: `http://127.0.0.1:${port}`,
    requests: () => [...seen],
    close,
    [Symbol.asyncDispose]: close,
  };
}
