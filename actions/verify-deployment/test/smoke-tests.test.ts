import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputReader } from '@gitops-actions/core/action';
import { describe, expect, test } from '@jest/globals';
import { readSmokeTests } from '../src/smoke-inputs.ts';
import { judgeSmoke, runSmokeTests, smokeReasons } from '../src/smoke-tests.ts';

const log = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };

type Answer = (response: ServerResponse, asked: number) => void;

/** A site of real HTTP; each path counts how often it was asked. */
async function serve(pages: Readonly<Record<string, Answer>>) {
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.set(path, (asked.get(path) ?? 0) + 1);
    (pages[path] ?? ((one) => one.writeHead(404).end()))(response, asked.get(path) ?? 0);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const run = (tests: readonly (string | Record<string, unknown>)[], timeout = 150) => {
    const list = tests.map((one) =>
      typeof one === 'string' ? `${base}${one}` : { ...one, url: `${base}${one.url}` },
    );
    const read = readSmokeTests(new InputReader({ 'INPUT_SMOKE-TESTS': JSON.stringify(list) }));
    const { signal } = new AbortController();
    return runSmokeTests(read, { timeout, interval: 20, signal, log });
  };
  const base = `http://127.0.0.1:${port}`;
  const dispose = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { base, run, asked: (path: string) => asked.get(path) ?? 0, [Symbol.asyncDispose]: dispose };
}

const ok: Answer = (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('version v2');

describe('one URL', () => {
  test('that is ready after a while: asked until it is, and no longer', async () => {
    await using site = await serve({
      '/': (response, asked) => response.writeHead([503, 404][asked - 1] ?? 200).end(),
    });
    expect(await site.run(['/'])).toMatchObject([
      { url: `${site.base}/`, expected: '200-299', got: 'answered 200', passed: true, tries: 3 },
    ]);
    expect(site.asked('/')).toBe(3);
  });

  test.each([
    ['a status', { url: '/missing' }, 'answered 404, not 200-299'],
    ['a text', { url: '/', text: 'v3' }, 'answered 200, but without the text "v3"'],
    [
      'a header',
      { url: '/', header: 'content-type: application/json' },
      'answered 200, but with the header content-type: text/plain',
    ],
    ['a redirect', { url: '/moved' }, 'answered 302 (a redirect to https://login.example/), not 200-299'],
    [
      'a gateway',
      { url: '/gateway', status: '200-599' },
      'answered 502: nothing behind the ingress is ready',
    ],
  ])('fails for %s', async (_name, one, got) => {
    await using site = await serve({
      '/': ok,
      '/moved': (response) => response.writeHead(302, { location: 'https://login.example/' }).end(),
      '/gateway': (response) => response.writeHead(502).end(),
    });
    const results = await site.run([one]);
    expect(results).toMatchObject([{ got, passed: false }]);
    expect(results[0]?.tries).toBeGreaterThan(1);
    expect(smokeReasons(results)).toEqual([`${site.base}${one.url} ${got}`]);
  });

  test('passes where 503 and a redirect are what is asked for', async () => {
    await using site = await serve({
      '/moved': (response) => response.writeHead(301, { location: '/' }).end(),
      '/closed': (response) => response.writeHead(503).end(),
    });
    const results = await site.run([
      { url: '/moved', status: 301, header: 'location: /' },
      { url: '/closed', status: 503 },
    ]);
    expect(results.map(({ passed }) => passed)).toEqual([true, true]);
    expect(smokeReasons(results)).toEqual([]);
  });

  test('a body without end is read no further than a megabyte', async () => {
    const endless: Answer = (response) => {
      const more = () => {
        while (response.write('x'.repeat(64 * 1024))) if (response.destroyed) return;
      };
      response.on('drain', more).on('error', () => {});
      response.writeHead(200);
      more();
    };
    await using site = await serve({ '/': endless });
    expect(await site.run([{ url: '/', text: 'never' }])).toMatchObject([
      { got: 'answered 200, but without the text "never"', passed: false },
    ]);
  });
});

test('all at once: the slowest is the whole time, and the order stays', async () => {
  const late: Answer = (response) => void setTimeout(() => ok(response, 1), 300);
  await using site = await serve(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`/${i}`, late])));
  const start = Date.now();
  const results = await site.run(
    Array.from({ length: 10 }, (_, index) => `/${index}`),
    5000,
  );
  expect(Date.now() - start).toBeLessThan(2000);
  expect(results.map(({ url, passed }) => [url, passed])).toEqual(
    Array.from({ length: 10 }, (_, index) => [`${site.base}/${index}`, true]),
  );
});

test('the time is one for all: a site that never answers ends with it', async () => {
  await using site = await serve({ '/': () => {}, '/ok': ok });
  const results = await site.run(['/', '/ok'], 1000);
  expect(results).toMatchObject([
    { passed: false, tries: 1, got: 'did not answer within 1s' },
    { passed: true },
  ]);
});

describe('whose fault a failed test is', () => {
  const closed = async () => {
    await using site = await serve({});
    return site.base;
  };
  const ask = (urls: readonly string[]) => {
    const read = readSmokeTests(new InputReader({ 'INPUT_SMOKE-TESTS': urls.join('\n') }));
    return runSmokeTests(read, { timeout: 100, interval: 50, signal: new AbortController().signal, log });
  };

  test('nobody answers: the runner cannot reach it, which says nothing', async () => {
    await using site = await serve({ '/': ok });
    const base = await closed();
    const results = await ask([`${base}/`, `${base.replace('http:', 'https:')}/`, `${site.base}/`]);
    expect(results.map(({ answered }) => answered)).toEqual([false, false, true]);
    expect(judgeSmoke(results)).toEqual({
      verdict: 'unknown',
      message: expect.stringContaining(
        `the runner cannot reach ${base}/, ${base.replace('http:', 'https:')}/:`,
      ),
    });
  });

  test('a server that does not speak TLS', async () => {
    await using site = await serve({ '/': ok });
    const results = await ask([`${site.base.replace('http:', 'https:')}/`]);
    expect(judgeSmoke(results)?.verdict).toBe('unknown');
  });

  test('any wrong answer: degraded, whatever else', async () => {
    await using site = await serve({ '/': ok });
    const results = await ask([`${await closed()}/`, `${site.base}/missing`]);
    expect(judgeSmoke(results)).toMatchObject({ verdict: 'degraded' });
    expect(judgeSmoke(await ask([`${site.base}/`]))).toBeUndefined();
  });

  test('values of a query are not shown', async () => {
    await using site = await serve({ '/?token=a&token=b&v=1': ok });
    const lines: string[] = [];
    const read = readSmokeTests(
      new InputReader({ 'INPUT_SMOKE-TESTS': `${site.base}/?token=a&token=b&v=1#x` }),
    );
    const results = await runSmokeTests(read, {
      timeout: 100,
      signal: new AbortController().signal,
      log: { ...log, info: (line: string) => void lines.push(line) },
    });
    expect(results).toMatchObject([{ url: `${site.base}/?token=…&v=…`, passed: true }]);
    expect(lines).toEqual([expect.stringContaining(`${site.base}/?token=…&v=… is healthy`)]);
  });
});

test('a cancelled job ends the wait at once', async () => {
  await using site = await serve({});
  const controller = new AbortController();
  const tests = readSmokeTests(new InputReader({ 'INPUT_SMOKE-TESTS': `${site.base}/missing` }));
  const wait = runSmokeTests(tests, { timeout: 60_000, interval: 5000, signal: controller.signal, log });
  setTimeout(() => controller.abort(new Error('Cancelled')), 50);
  await expect(wait).rejects.toThrow();
});
