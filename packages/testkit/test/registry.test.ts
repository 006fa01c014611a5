import { expect, test } from '@jest/globals';
import { type Registry, startRegistry } from '../src/index.ts';

const AUTH = { username: 'bot', password: 'word' };
const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const login = `Basic ${Buffer.from('bot:word').toString('base64')}`;

/** What is read of any answer in JSON. */
interface Body {
  readonly errors: readonly { readonly code: string }[];
  readonly manifests: readonly { readonly digest: string; readonly platform: object }[];
  readonly config: { readonly digest: string; readonly Labels: object };
  readonly layers: readonly { readonly digest: string }[];
  readonly token: string;
}

const json = async (answer: Response | Promise<Response>) => (await (await answer).json()) as Body;

const call = (
  registry: Registry,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
) => fetch(`${registry.url}${path}`, { method, headers, ...(body !== undefined && { body }) });

test('what is pushed can be pulled, by tag and by digest, down to the layers', async () => {
  await using registry = await startRegistry();
  const digest = await registry.push('acme/web', 'v1', {
    platforms: ['linux/amd64', 'linux/arm64/v8'],
    labels: { a: 'b' },
  });
  expect(registry.tags('acme/web')).toEqual({ v1: digest });
  const byTag = await call(registry, 'HEAD', '/v2/acme/web/manifests/v1', { accept: INDEX });
  expect([
    byTag.status,
    byTag.headers.get('docker-content-digest'),
    byTag.headers.get('content-type'),
  ]).toEqual([200, digest, INDEX]);
  const { manifests } = await json(call(registry, 'GET', `/v2/acme/web/manifests/${digest}`));
  const [first] = manifests;
  expect(first?.platform).toEqual({ os: 'linux', architecture: 'amd64' });
  const { config, layers } = await json(call(registry, 'GET', `/v2/acme/web/manifests/${first?.digest}`));
  const blob = await json(call(registry, 'GET', `/v2/acme/web/blobs/${config.digest}`));
  expect(blob.config.Labels).toMatchObject({ a: 'b' });
  expect((await call(registry, 'HEAD', `/v2/acme/web/blobs/${layers[0]?.digest}`)).status).toBe(200);
});

test('one tag, one digest; other labels, another one', async () => {
  await using registry = await startRegistry();
  const first = await registry.push('acme/web', 'v1');
  expect(await registry.push('acme/web', 'v1')).toBe(first);
  expect(await registry.push('acme/web', 'v1', { labels: { a: 'b' } })).not.toBe(first);
  expect(await registry.push('acme/web', 'v2')).not.toBe(first);
});

test.each([
  { path: '/v2/acme/none/manifests/v1', code: 'NAME_UNKNOWN' },
  { path: '/v2/acme/web/manifests/v2', code: 'MANIFEST_UNKNOWN' },
  { path: '/v2/acme/web/blobs/sha256:abc', code: 'BLOB_UNKNOWN' },
  { path: '/v2/acme/web/nothing', code: 'UNSUPPORTED' },
])('$path is 404 $code', async ({ path, code }) => {
  await using registry = await startRegistry();
  await registry.push('acme/web', 'v1');
  const response = await call(registry, 'GET', path);
  expect(response.status).toBe(404);
  expect((await json(response)).errors[0]?.code).toBe(code);
});

test('a client that does not understand an index does not see it', async () => {
  await using registry = await startRegistry();
  await registry.push('acme/web', 'v1', { platforms: ['linux/amd64'] });
  expect((await call(registry, 'HEAD', '/v2/acme/web/manifests/v1', { accept: MANIFEST })).status).toBe(404);
});

test('a manifest may only name what is there, and a digest what it is of', async () => {
  await using registry = await startRegistry();
  const type = { 'content-type': MANIFEST };
  const absent = JSON.stringify({ config: { digest: 'sha256:abc' }, layers: [] });
  const put = (path: string, headers: Record<string, string>, body: string) =>
    call(registry, 'PUT', path, headers, body);
  const answers = await Promise.all([
    put('/v2/acme/web/manifests/v1', type, absent),
    put('/v2/acme/web/manifests/v1', type, 'no JSON'),
    put(`/v2/acme/web/manifests/sha256:${'0'.repeat(64)}`, type, '{}'),
    call(registry, 'POST', '/v2/acme/web/blobs/uploads/?digest=sha256:abc', {}, 'bytes'),
  ]);
  const codes = await Promise.all(answers.map(async (answer) => (await json(answer)).errors[0]?.code));
  expect(codes).toEqual(['MANIFEST_BLOB_UNKNOWN', 'MANIFEST_INVALID', 'DIGEST_INVALID', 'DIGEST_INVALID']);
  expect(registry.tags('acme/web')).toEqual({});
});

test('a deleted manifest is gone with its tags', async () => {
  await using registry = await startRegistry();
  const digest = await registry.push('acme/web', 'v1');
  expect((await call(registry, 'DELETE', `/v2/acme/web/manifests/${digest}`)).status).toBe(202);
  expect(registry.tags('acme/web')).toEqual({});
});

test('a token opens the repository and the right that it was asked for, and no other', async () => {
  await using registry = await startRegistry({ auth: AUTH, public: ['acme/open'] });
  for (const name of ['acme/web', 'acme/other', 'acme/open']) await registry.push(name, 'v1');
  const asked = await call(registry, 'HEAD', '/v2/acme/web/manifests/v1');
  expect([asked.status, asked.headers.get('www-authenticate')]).toEqual([
    401,
    `Bearer realm="${registry.url}/token",service="registry.loopback",scope="repository:acme/web:pull"`,
  ]);
  const token = async (scope: string, headers = {}) => {
    const answer = await call(
      registry,
      'GET',
      `/token?service=registry.loopback&scope=repository:${scope}`,
      headers,
    );
    return `Bearer ${(await json(answer)).token}`;
  };
  const status = async (name: string, authorization: string, method = 'HEAD') =>
    (await call(registry, method, `/v2/${name}/manifests/v1`, { authorization })).status;
  const pull = await token('acme/web:pull', { authorization: login });
  expect(await status('acme/web', pull)).toBe(200);
  expect(await status('acme/other', pull)).toBe(401);
  expect(await status('acme/web', pull, 'DELETE')).toBe(401);
  expect(await status('acme/web', await token('acme/web:pull'))).toBe(401);
  expect(await status('acme/open', await token('acme/open:pull'))).toBe(200);
  expect(await status('acme/open', await token('acme/open:pull,push'), 'DELETE')).toBe(401);
});

test('the token service refuses a wrong login', async () => {
  await using registry = await startRegistry({ auth: AUTH });
  const authorization = `Basic ${Buffer.from('bot:wrong').toString('base64')}`;
  const answer = await call(registry, 'GET', '/token?service=registry.loopback', { authorization });
  expect(answer.status).toBe(401);
});

test('Basic logins at the registry itself', async () => {
  await using registry = await startRegistry({ auth: { ...AUTH, scheme: 'basic' } });
  await registry.push('acme/web', 'v1');
  const path = '/v2/acme/web/manifests/v1';
  expect((await call(registry, 'HEAD', path)).headers.get('www-authenticate')).toBe('Basic realm="registry"');
  expect((await call(registry, 'HEAD', path, { authorization: login })).status).toBe(200);
});

test('faults strike a route, before the work or after it', async () => {
  await using registry = await startRegistry();
  const route = 'POST /v2/{name}/blobs/uploads/';
  registry.inject({ match: route, times: 1, status: 503, headers: { 'retry-after': '1' } });
  await expect(registry.push('acme/web', 'v1')).rejects.toThrow('was answered 503');
  registry.inject({ match: 'PUT /v2/{name}/manifests/{reference}', times: 1, after: true, reset: true });
  await expect(registry.push('acme/web', 'v1')).rejects.toThrow('fetch failed');
  expect(Object.keys(registry.tags('acme/web'))).toEqual(['v1']);
  await call(registry, 'GET', '/v2/', { authorization: 'Bearer x' });
  expect(registry.requests().map(({ route, authorization }) => `${route} ${authorization}`)).toEqual([
    'GET /v2/ bearer',
  ]);
});
