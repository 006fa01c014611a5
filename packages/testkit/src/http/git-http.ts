import { spawn } from 'node:child_process';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { git, gitEnvironment } from '../git/command.ts';
import { refsChanged } from '../state/branches.ts';
import { accessTo, readAuthorization } from '../state/tokens.ts';
import { findRepository, type World } from '../state/world.ts';
import type { GitRequestRecord } from '../types.ts';

/** Where an answer goes: a response, or a place to keep it while a fault may still take its place. */
export interface GitAnswer {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  write(chunk: Buffer): unknown;
  end(): unknown;
}

const GIT_PATH = /^\/([^/]+\/[^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** Whether a path belongs to git's smart HTTP protocol. */
export function isGitPath(pathname: string): boolean {
  return GIT_PATH.test(pathname);
}

let backend: Promise<string> | undefined;

function backendPath(): Promise<string> {
  backend ??= git(['--exec-path']).then((folder) => join(folder.trim(), 'git-http-backend'));
  return backend;
}

/** Which service of git a request is for, by its path as sent. */
export function gitServiceOf(url: URL): GitRequestRecord['service'] {
  const name = url.searchParams.get('service') ?? url.pathname.replace(/^.*\//, '');
  return name === 'git-upload-pack' || name === 'git-receive-pack' ? name : 'other';
}

/** Status with which git's request is refused, or the repository's path for the backend. */
function authorize(world: World, record: GitRequestRecord, url: URL, authorization: string | undefined) {
  const fullName = GIT_PATH.exec(url.pathname)?.[1] ?? '';
  const repository = findRepository(world, fullName);
  const secret = readAuthorization(authorization);
  const viewer = secret === null ? null : (world.tokens.get(secret) ?? null);
  record.token = viewer?.account.login ?? '';
  if (secret !== null && !viewer) return { refused: 401 };
  const wanted = record.service === 'git-receive-pack' ? 'write' : 'read';
  const access = repository ? accessTo(viewer, repository, 'contents', wanted) : 'hidden';
  if (access === 'anonymous' || (access === 'hidden' && !viewer)) return { refused: 401 };
  if (access === 'hidden' || !repository) return { refused: 404 };
  if (access === 'forbidden' || (wanted === 'write' && repository.archived)) return { refused: 403 };
  return { repository };
}

function cgiEnvironment(
  world: World,
  request: IncomingMessage,
  url: URL,
  path: string,
): Record<string, string> {
  const header = (name: string) => String(request.headers[name] ?? '');
  return gitEnvironment({
    GIT_PROJECT_ROOT: world.directory,
    GIT_HTTP_EXPORT_ALL: '1',
    REQUEST_METHOD: request.method ?? 'GET',
    PATH_INFO: path,
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: header('content-type'),
    CONTENT_LENGTH: header('content-length'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    GIT_PROTOCOL: header('git-protocol'),
    REMOTE_USER: 'x-access-token',
    REMOTE_ADDR: '127.0.0.1',
  });
}

/** Splits CGI output at its empty line, sets status and headers, and passes the rest on. */
function relay(output: NodeJS.ReadableStream, response: GitAnswer, record: GitRequestRecord): void {
  let head = Buffer.alloc(0);
  const pass = (chunk: Buffer) => {
    record.bytesOut += chunk.length;
    response.write(chunk);
  };
  const onHead = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    for (const line of head.toString('latin1', 0, end).split('\r\n')) {
      const [name = '', value = ''] = line.split(/:\s*/, 2);
      if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    output.off('data', onHead);
    output.on('data', pass);
    if (head.length > end + 4) pass(head.subarray(end + 4));
  };
  output.on('data', onHead);
}

async function runBackend(
  environment: Record<string, string>,
  request: IncomingMessage,
  response: GitAnswer,
  record: GitRequestRecord,
): Promise<void> {
  const child = spawn(await backendPath(), { env: environment, stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => undefined);
  request.on('data', (chunk: Buffer) => {
    record.bytesIn += chunk.length;
  });
  // Git waits for the end of what a client that left had begun to send.
  pipeline(request, child.stdin, () => undefined);
  relay(child.stdout, response, record);
  await new Promise((resolve) => child.on('close', resolve));
}

/** Serves one request of git through `git http-backend`. */
export async function serveGit(
  world: World,
  record: GitRequestRecord,
  request: IncomingMessage,
  response: GitAnswer,
): Promise<void> {
  const url = new URL(request.url ?? '/', world.url);
  const verdict = authorize(world, record, url, request.headers.authorization);
  if ('refused' in verdict) {
    const status = verdict.refused ?? 500;
    if (status === 401) response.setHeader('www-authenticate', 'Basic realm="GitHub"');
    response.statusCode = status;
    request.resume();
  } else {
    const rest = url.pathname.replace(GIT_PATH, '$2');
    const path = `${verdict.repository.directory.slice(world.directory.length)}/${rest}`;
    await runBackend(cgiEnvironment(world, request, url, path), request, response, record);
    // Before the answer ends: who has pushed must find the pull request moved.
    if (record.service === 'git-receive-pack' && request.method === 'POST')
      refsChanged(world, verdict.repository);
  }
  response.end();
  record.status = response.statusCode;
}
