import { describe, expect, test } from '@jest/globals';
import { imageExists, resolveDigest } from '../../src/registry/index.ts';
import { LOGIN, sentence, spoken, startStage } from './stage.ts';

const BASIC = { ...LOGIN, scheme: 'basic' } as const;
const encode = (text: string) => Buffer.from(text).toString('base64');
const configOf = (host: string, entry: unknown) => JSON.stringify({ auths: { [host]: entry } });

describe('a private registry with a token service', () => {
  test('lets in who logged in, for pulling this repository only', async () => {
    await using stage = await startStage({ auth: LOGIN });
    const digest = await stage.registry.push('acme/web', 'v1');
    const client = await stage.client(stage.registry.dockerConfig());
    expect(await resolveDigest(stage.image('acme/web:v1'), client)).toBe(digest);
    expect(spoken(stage.registry)).toEqual([
      'HEAD manifest 401',
      'GET /token 200 basic',
      'HEAD manifest 200 bearer',
    ]);
    expect(stage.registry.requests()[1]?.path).toBe(
      '/token?service=registry.loopback&scope=repository%3Aacme%2Fweb%3Apull',
    );
  });

  test('stays logged in when the manifest must be read too', async () => {
    await using stage = await startStage({ auth: LOGIN, digestHeader: false });
    const digest = await stage.registry.push('acme/web', 'v1');
    const client = await stage.client(stage.registry.dockerConfig());
    expect(await resolveDigest(stage.image('acme/web:v1'), client)).toBe(digest);
    expect(spoken(stage.registry).slice(2)).toEqual(['HEAD manifest 200 bearer', 'GET manifest 200 bearer']);
  });

  test('public images need no login', async () => {
    await using stage = await startStage({ auth: LOGIN, public: ['acme/web'] });
    await stage.registry.push('acme/web', 'v1');
    expect(await imageExists(stage.image('acme/web:v1'), await stage.client())).toBe(true);
    expect(spoken(stage.registry)).toEqual([
      'HEAD manifest 401',
      'GET /token 200',
      'HEAD manifest 200 bearer',
    ]);
  });

  test('an identity token is exchanged', async () => {
    await using stage = await startStage({ auth: LOGIN });
    const { host, identityToken } = stage.registry;
    await stage.registry.push('acme/web', 'v1');
    const client = await stage.client(configOf(host, { auth: encode('0:'), identitytoken: identityToken }));
    expect(await imageExists(stage.image('acme/web:v1'), client)).toBe(true);
    expect(spoken(stage.registry)[1]).toBe('POST /token 200');
  });
});

test('Basic: the login goes to the registry itself', async () => {
  await using stage = await startStage({ auth: BASIC });
  await stage.registry.push('acme/web', 'v1');
  const { username, password } = LOGIN;
  const client = await stage.client(configOf(`https://${stage.registry.host}/v1/`, { username, password }));
  expect(await imageExists(stage.image('acme/web:v1'), client)).toBe(true);
  expect(spoken(stage.registry)).toEqual(['HEAD manifest 401', 'HEAD manifest 200 basic']);
});

test.each([
  { name: 'token service', auth: LOGIN },
  { name: 'Basic', auth: BASIC },
])('nobody logged in ($name): the missing step is named', async ({ auth }) => {
  await using stage = await startStage({ auth });
  const { host } = stage.registry;
  await stage.registry.push('acme/web', 'v1');
  expect(await sentence(imageExists(stage.image('acme/web:v1'), await stage.client()))).toBe(
    `ConfigurationError: Cannot look up image ${host}/acme/web:v1: ${host} answered 401 and this job is not logged in to ${host}; ` +
      'log in with docker/login-action before this step, or correct the name.',
  );
});

test.each([
  { name: 'token service', auth: LOGIN },
  { name: 'Basic', auth: BASIC },
])('a wrong password ($name)', async ({ auth }) => {
  await using stage = await startStage({ auth });
  const { host } = stage.registry;
  const client = await stage.client(configOf(host, { auth: encode('bot:wrong-secret') }));
  expect(await sentence(imageExists(stage.image('acme/web:v1'), client))).toBe(
    `ConfigurationError: Cannot look up image ${host}/acme/web:v1: ${host} refused the login of user "bot" (401); ` +
      `log in to ${host} with docker/login-action as somebody who may pull this image, or correct the name.`,
  );
});
