import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { imageExists } from '../../src/registry/index.ts';
import { reference, sentence, spoken, startStage } from './stage.ts';

const { https_proxy: proxy } = process.env;
afterEach(() => {
  if (proxy === undefined) delete process.env.https_proxy;
  else process.env.https_proxy = proxy;
});

test.each([
  { name: '429', fault: { status: 429 } },
  { name: '502', fault: { status: 502 } },
  { name: 'a broken connection', fault: { reset: true } as const },
])('$name passes: it is asked again', async ({ fault }) => {
  await using stage = await startStage();
  await stage.registry.push('acme/web', 'v1');
  stage.registry.inject({ match: /manifests/, times: 2, ...fault });
  expect(await imageExists(stage.image('acme/web:v1'), await stage.client())).toBe(true);
  expect(stage.registry.requests()).toHaveLength(3);
});

test.each([
  { name: 'seconds', value: '7', waits: [7000] },
  { name: 'a date', value: 'Wed, 21 Oct 2026 07:28:10 GMT', waits: [10_000] },
])('retry-after in $name is kept to', async ({ value, waits }) => {
  await using stage = await startStage();
  await stage.registry.push('acme/web', 'v1');
  stage.registry.inject({ match: /manifests/, times: 1, status: 429, headers: { 'retry-after': value } });
  const slept: number[] = [];
  const client = await stage.client(undefined, {
    sleep: async (milliseconds) => void slept.push(milliseconds),
    now: () => Date.parse('Wed, 21 Oct 2026 07:28:00 GMT'),
  });
  expect(await imageExists(stage.image('acme/web:v1'), client)).toBe(true);
  expect(slept).toEqual(waits);
});

test.each([
  {
    name: 'a limit longer than a minute',
    fault: { status: 429, headers: { 'retry-after': '3600' } },
    asked: 1,
    clause: 'answered 429; it limits requests, so log in or try again later.',
  },
  { name: '503 for good', fault: { status: 503 }, asked: 4, clause: 'answered 503; try again later.' },
  {
    name: 'no manifest operation',
    fault: { status: 405 },
    asked: 1,
    clause: 'answered 405; try again later.',
  },
])('$name ends as a sentence', async ({ fault, asked, clause }) => {
  await using stage = await startStage();
  const { host } = stage.registry;
  stage.registry.inject({ match: /manifests/, ...fault });
  expect(await sentence(imageExists(stage.image('acme/web:v1'), await stage.client()))).toBe(
    `ConfigurationError: Cannot look up image ${host}/acme/web:v1: ${host} ${clause}`,
  );
  expect(stage.registry.requests()).toHaveLength(asked);
});

test('the waits grow, and the log says why', async () => {
  await using stage = await startStage();
  stage.registry.inject({ match: /manifests/, status: 503 });
  const slept: number[] = [];
  const client = await stage.client(undefined, {
    backOffUnit: 1000,
    random: () => 0,
    sleep: async (milliseconds) => void slept.push(milliseconds),
  });
  await sentence(imageExists(stage.image('acme/web:v1'), client));
  expect(slept).toEqual([500, 1000, 2000]);
  expect(stage.said[1]).toBe(`${stage.registry.host} answered 503; asking again in 1s.`);
});

test('nobody there', async () => {
  await using stage = await startStage();
  const { host } = stage.registry;
  const client = await stage.client();
  await stage.registry.close();
  expect(await sentence(imageExists(stage.image('acme/web:v1'), client))).toBe(
    `ConfigurationError: Cannot look up image ${host}/acme/web:v1: ` +
      `${host} cannot be reached (connect ECONNREFUSED ${host}); ` +
      'check the name of the registry, and the network and proxy of this runner.',
  );
});

test('a registry that never answers', async () => {
  await using stage = await startStage();
  const { host } = stage.registry;
  stage.registry.inject({ match: /manifests/, delay: 400 });
  const client = await stage.client(undefined, { timeout: 50 });
  expect(await sentence(imageExists(stage.image('acme/web:v1'), client))).toContain(
    `${host} did not answer within 0s; check the name`,
  );
});

test('a cancelled job stops at once', async () => {
  await using stage = await startStage();
  stage.registry.inject({ match: /manifests/, delay: 2000 });
  const controller = new AbortController();
  const client = await stage.client(undefined, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error('Cancelled')), 50);
  const started = performance.now();
  expect(await sentence(imageExists(stage.image('acme/web:v1'), client))).toBe('Error: Cancelled');
  expect(performance.now() - started).toBeLessThan(1500);
});

test('other hosts are asked over TLS only, through the proxy of the runner', async () => {
  await using stage = await startStage();
  const tunnels: string[] = [];
  const server = createServer().listen(0, '127.0.0.1');
  server.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await once(server, 'listening');
  process.env.https_proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const result = await sentence(imageExists(reference('registry.test:80/acme/web:v1'), await stage.client()));
  server.close();
  expect(tunnels).toEqual(['registry.test:80']);
  expect(result).toMatch(
    /^ConfigurationError: Cannot look up image registry\.test:80\/acme\/web:v1: registry\.test:80 cannot be reached \(.*403.*\); check/,
  );
  expect(spoken(stage.registry)).toEqual([]);
});
