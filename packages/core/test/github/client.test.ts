import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createGitHub, failureKind, type GitHubOptions } from '../../src/github/index.ts';
import { nock } from './network.ts';

const API = 'https://ghes.example.com';
const said: string[] = [];
const log = {
  info: (text: string) => void said.push(text),
  debug: () => {},
  notice: () => {},
  warning: () => {},
};

/** The client through native fetch, which nock sees; a unit of back-off lasts 2 ms. */
function client(options: Partial<GitHubOptions> = {}) {
  return createGitHub({
    token: 'secret',
    apiUrl: `${API}/api/v3`,
    graphqlUrl: `${API}/api/graphql`,
    log,
    signal: new AbortController().signal,
    fetch: globalThis.fetch,
    backOffUnit: 2,
    ...options,
  });
}

beforeEach(() => {
  nock.disableNetConnect();
  said.length = 0;
});
afterEach(() => nock.cleanAll());

const PULL = { owner: 'acme', repo: 'shop', pull_number: 42 };
const PATH = '/api/v3/repos/acme/shop/pulls/42';

describe('addresses', () => {
  test('GHES: REST and GraphQL go where the runner said, with the token', async () => {
    nock(API, { reqheaders: { authorization: 'token secret' } })
      .get(PATH)
      .reply(200, {})
      .post('/api/graphql')
      .reply(200, { data: { viewer: { login: 'x' } } });
    await (await client()).rest.pulls.get(PULL);
    expect(await (await client()).graphql('query { viewer { login } }')).toEqual({ viewer: { login: 'x' } });
  });

  test('a GraphQL address that the API address does not tell', async () => {
    nock('https://graph.example.com')
      .post('/graphql')
      .reply(200, { data: { ok: true } });
    expect(
      await (await client({ graphqlUrl: 'https://graph.example.com/graphql' })).graphql('query { ok }'),
    ).toEqual({ ok: true });
  });
});

describe('what is tried again', () => {
  test.each([
    [
      'a read after 502',
      () => nock(API).get(PATH).reply(502).get(PATH).reply(200, {}),
      async () => (await client()).rest.pulls.get(PULL),
    ],
    [
      'a read after a broken connection',
      () => nock(API).get(PATH).replyWithError('reset').get(PATH).reply(200, {}),
      async () => (await client()).rest.pulls.get(PULL),
    ],
    [
      'a GraphQL query after 502',
      () => nock(API).post('/api/graphql').reply(502).post('/api/graphql').reply(200, { data: {} }),
      async () => (await client()).graphql('query { x }'),
    ],
    [
      'a write after a secondary limit, which did no work',
      () =>
        nock(API)
          .post('/api/graphql')
          .reply(403, { message: 'You have exceeded a secondary rate limit' }, { 'retry-after': '3' })
          .post('/api/graphql')
          .reply(200, { data: {} }),
      async () => (await client()).graphql('mutation { x }'),
    ],
    [
      'a read after the hourly limit',
      () =>
        nock(API)
          .get(PATH)
          .reply(
            429,
            {},
            { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 1) },
          )
          .get(PATH)
          .reply(200, {}),
      async () => (await client()).rest.pulls.get(PULL),
    ],
  ])('%s', async (_name, answers, call) => {
    const scope = answers();
    await call();
    expect(scope.isDone()).toBe(true);
  });
});

describe('a cancelled run leaves at once', () => {
  test.each([
    ['in a back-off', () => nock(API).get(PATH).times(4).reply(502)],
    [
      'while it sits out a limit',
      () => nock(API).get(PATH).reply(403, { message: 'secondary rate limit' }, { 'retry-after': '30' }),
    ],
  ])('%s', async (_name, answers) => {
    answers();
    const controller = new AbortController();
    const github = await client({ signal: controller.signal, backOffUnit: 100 });
    const started = Date.now();
    setTimeout(() => controller.abort(new Error('cancelled')), 30);
    await expect(github.rest.pulls.get(PULL)).rejects.toThrow('cancelled');
    expect(Date.now() - started).toBeLessThan(1000);
    await expect(github.rest.pulls.get(PULL)).rejects.toThrow('cancelled');
  });
});

describe('what is not', () => {
  test.each([
    [
      'a write after 502: nobody knows whether it was done',
      () => nock(API).post('/api/graphql').reply(502),
      async () => (await client()).graphql('mutation { x }'),
    ],
    [
      'a REST write after 502',
      () => nock(API).post('/api/v3/repos/acme/shop/issues/1/comments').reply(502),
      async () =>
        (await client()).rest.issues.createComment({
          owner: 'acme',
          repo: 'shop',
          issue_number: 1,
          body: 'x',
        }),
    ],
    ['404', () => nock(API).get(PATH).reply(404), async () => (await client()).rest.pulls.get(PULL)],
    [
      'a limit of an hour',
      () => nock(API).get(PATH).reply(403, { message: 'secondary rate limit' }, { 'retry-after': '3600' }),
      async () => (await client()).rest.pulls.get(PULL),
    ],
  ])('%s', async (_name, answers, call) => {
    const scope = answers();
    await expect(call()).rejects.toMatchObject({ status: expect.any(Number) });
    expect(scope.isDone()).toBe(true);
  });

  test('a wait is announced with its length, giving up too', async () => {
    nock(API).get(PATH).reply(403, { message: 'secondary rate limit' }, { 'retry-after': '3600' });
    await expect((await client()).rest.pulls.get(PULL)).rejects.toThrow();
    expect(said).toEqual([
      'A secondary rate limit of GitHub was reached at GET /repos/{owner}/{repo}/pulls/{pull_number}; it lasts 3600 s, giving up.',
    ]);
  });
});

test('writes are not spaced: ten take no seconds', async () => {
  nock(API).post('/api/graphql').times(10).reply(200, { data: {} });
  const github = await client({ backOffUnit: 1000 });
  const before = performance.now();
  await Promise.all(Array.from({ length: 10 }, () => github.graphql('mutation { x }')));
  // The plugin's default spacing of a second would need nine.
  expect(performance.now() - before).toBeLessThan(5000);
});

test('a hundred requests at once: all are answered, thirty at a time', async () => {
  let running = 0;
  let most = 0;
  const full = Promise.withResolvers<void>();
  const fetch = async () => {
    most = Math.max(most, ++running);
    // One more than may be would come while the thirty are held.
    if (running === 30) setTimeout(full.resolve, 50);
    await full.promise;
    running--;
    return Response.json({ number: 42 });
  };
  const { rest } = await client({ fetch });
  const answers = await Promise.all(Array.from({ length: 100 }, () => rest.pulls.get(PULL)));
  expect(answers.map(({ data }) => data.number)).toEqual(new Array(100).fill(42));
  expect(most).toBe(30);
});

describe('a request that is not answered', () => {
  /** Never answers the first request, and the second one at once. */
  async function silent() {
    nock.enableNetConnect('127.0.0.1');
    let asked = 0;
    const server = createServer((_request, response) => {
      if (++asked > 1) response.setHeader('content-type', 'application/json').end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const close = () => {
      server.closeAllConnections();
      server.close();
    };
    const github = await client({ apiUrl: url, graphqlUrl: `${url}/graphql`, requestTimeout: 200 });
    return {
      github,
      asked: () => asked,
      [Symbol.dispose]: close,
    };
  }

  test('a read is tried again', async () => {
    using server = await silent();
    await server.github.rest.pulls.get(PULL);
    expect(server.asked()).toBe(2);
  });

  test('of a write nobody knows whether it was done', async () => {
    using server = await silent();
    const error: unknown = await server.github.graphql('mutation { x }').catch((thrown: unknown) => thrown);
    expect(failureKind(error)).toBe('ambiguous');
    expect(server.asked()).toBe(1);
  });
});

test('an aborted run sends nothing more', async () => {
  const controller = new AbortController();
  controller.abort(new Error('cancelled'));
  await expect((await client({ signal: controller.signal })).rest.pulls.get(PULL)).rejects.toThrow();
});

/** Asks for a pull request in a process of its own: the official toolkit reads the proxy's address when it is loaded. */
const ASK = `
  const { createGitHub } = await import(process.argv[1]);
  const log = { info() {}, debug() {}, notice() {}, warning() {} };
  const apiUrl = process.env.GITHUB_API_URL;
  const github = await createGitHub({ token: 't', apiUrl, graphqlUrl: apiUrl, log, signal: AbortSignal.timeout(5000), backOffUnit: 1 });
  await github.rest.pulls.get({ owner: 'acme', repo: 'shop', pull_number: 42 }).catch(() => {});
`;

test('without a fetch of our own, the official one honours a proxy', async () => {
  const connected: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    connected.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const env = {
    PATH: process.env.PATH ?? '',
    GITHUB_API_URL: `${API}/api/v3`,
    https_proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
  };
  const source = join(import.meta.dirname, '../../src/github/index.ts');
  const child = spawn(process.execPath, ['--conditions=source', '--input-type=module', '-e', ASK, source], {
    env,
  });
  await once(child, 'close');
  proxy.close();
  expect(connected[0]).toBe('ghes.example.com:443');
});
