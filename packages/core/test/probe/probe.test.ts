import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { httpGet, type ProbeOptions, parseStatusRanges, probe } from '../../src/probe/index.ts';

const silent = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };

/** A server whose answers come one after the other; the last one stays. */
async function serve(
  answers: readonly { status: number; text?: string; headers?: Record<string, string> }[],
) {
  let asked = 0;
  const server = createServer((_request, response) => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    response.writeHead(answer?.status ?? 500, answer?.headers).end(answer?.text);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    asked: () => asked,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

const ask = (url: string, changes: Partial<ProbeOptions> = {}) =>
  probe({
    url,
    expected: { statuses: parseStatusRanges('200-399', 'health-status'), text: '' },
    timeout: 500,
    interval: 20,
    signal: new AbortController().signal,
    log: silent,
    get: httpGet,
    ...changes,
  });

test('asks again until the answer is healthy', async () => {
  await using server = await serve([{ status: 503 }, { status: 404 }, { status: 200 }]);
  expect(await ask(server.url)).toMatchObject({ healthy: true, tries: 3, said: 'answered 200' });
  expect(server.asked()).toBe(3);
});

test('gives up with what the last answer said', async () => {
  await using server = await serve([{ status: 404 }]);
  const health = await ask(server.url, { timeout: 100 });
  expect(health).toMatchObject({
    healthy: false,
    reason: expect.stringMatching(
      /^http:\/\/127\.0\.0\.1:\d+\/ answered 404, not 200-399 \(\d tries in 0s\)\.$/,
    ),
  });
});

test('a redirect is an answer and not followed', async () => {
  await using server = await serve([{ status: 302, headers: { location: '/other' } }]);
  expect(await ask(server.url)).toMatchObject({ healthy: true });
  expect(server.asked()).toBe(1);
});

test('nobody there', async () => {
  const { url } = await (async () => {
    await using server = await serve([{ status: 200 }]);
    return server;
  })();
  expect(await ask(url, { timeout: 60 })).toMatchObject({
    reason: expect.stringContaining('did not answer: '),
  });
});

test('a cancelled job ends the wait at once, with the reason of the signal', async () => {
  await using server = await serve([{ status: 404 }]);
  const controller = new AbortController();
  const wait = ask(server.url, { timeout: 60_000, interval: 5000, signal: controller.signal });
  setTimeout(() => controller.abort(new Error('Cancelled')), 50);
  await expect(wait).rejects.toMatchObject({ name: 'AbortError' });
});

test('a host that never answers is given up by the time-out of the whole', async () => {
  const never = () => new Promise<never>(() => {});
  const get = (_url: string, signal: AbortSignal) =>
    Promise.race([
      never(),
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    ]);
  const health = await ask('http://example.test/', { timeout: 100, get });
  expect(health).toMatchObject({ reason: expect.stringContaining('did not answer within 1s') });
});
