import { expect, test } from '@jest/globals';
import { imageExists, resolveDigest } from '../../src/registry/index.ts';
import { LOGIN, sentence, spoken, startStage } from './stage.ts';

const BASIC = { ...LOGIN, scheme: 'basic' } as const;

test('a token service without TLS is told nothing', async () => {
  await using stage = await startStage({ auth: LOGIN, realm: 'http://tokens.example.com/token' });
  const { host } = stage.registry;
  const client = await stage.client(stage.registry.dockerConfig());
  expect(await sentence(imageExists(stage.image('acme/web:v1'), client))).toBe(
    `ConfigurationError: Cannot look up image ${host}/acme/web:v1: ` +
      `${host} sends logins to http://tokens.example.com, which is not https; ` +
      "nothing was sent, so have the registry's token service set right.",
  );
  expect(spoken(stage.registry)).toEqual(['HEAD manifest 401']);
});

test.each(['', 'tokens', 'file:///etc/passwd', 'https://user:word@tokens.example.com/'])(
  'an address that is none, or holds a login (%s)',
  async (realm) => {
    await using stage = await startStage({ auth: LOGIN, realm });
    const client = await stage.client(stage.registry.dockerConfig());
    expect(await sentence(imageExists(stage.image('acme/web:v1'), client))).toContain(
      "nothing was sent, so have the registry's token service set right.",
    );
  },
);

test('a redirect is followed, but no login crosses to another host', async () => {
  await using stage = await startStage({ auth: LOGIN });
  await using elsewhere = await startStage();
  const digest = await elsewhere.registry.push('acme/web', 'v1');
  const location = `${elsewhere.registry.url}/v2/acme/web/manifests/v1`;
  stage.registry.inject({
    match: () => stage.registry.requests().at(-1)?.authorization === 'bearer',
    status: 307,
    headers: { location },
  });
  const client = await stage.client(stage.registry.dockerConfig());
  expect(await resolveDigest(stage.image('acme/web:v1'), client)).toBe(digest);
  expect(spoken(stage.registry).at(-1)).toBe('HEAD manifest 307 bearer');
  expect(spoken(elsewhere.registry)).toEqual(['HEAD manifest 200']);
});

test('a redirect within the registry keeps the login', async () => {
  await using stage = await startStage({ auth: BASIC });
  const digest = await stage.registry.push('acme/web', 'v1');
  stage.registry.inject({
    match: /manifests/,
    times: 1,
    status: 301,
    headers: { location: '/v2/acme/web/manifests/v1' },
  });
  const client = await stage.client(stage.registry.dockerConfig());
  expect(await resolveDigest(stage.image('acme/web:v1'), client)).toBe(digest);
});

test('a redirect to a host that asks for a login ends there', async () => {
  await using stage = await startStage();
  await using elsewhere = await startStage({ auth: LOGIN });
  const location = `${elsewhere.registry.url}/v2/acme/web/manifests/v1`;
  stage.registry.inject({ match: /manifests/, status: 302, headers: { location } });
  const there = elsewhere.registry.host;
  const client = await stage.client(elsewhere.registry.dockerConfig());
  expect(await sentence(imageExists(stage.image('acme/web:v1'), client))).toBe(
    `ConfigurationError: Cannot look up image ${stage.registry.host}/acme/web:v1: ${stage.registry.host} redirects to ${there}, ` +
      `which answered 401; name the image as ${there} has it, and log in there.`,
  );
  expect(spoken(elsewhere.registry)).toEqual(['HEAD manifest 401']);
});

test.each([
  {
    name: 'without TLS',
    location: 'http://example.com/v2/',
    clause: 'redirects to http://example.com, which is not https; name the registry that holds the image.',
  },
  {
    name: 'in a circle',
    location: '/v2/acme/web/manifests/v1',
    clause: 'redirects more than 5 times; have the registry set right.',
  },
])('a redirect $name is refused', async ({ location, clause }) => {
  await using stage = await startStage();
  const { host } = stage.registry;
  stage.registry.inject({ match: /manifests/, status: 302, headers: { location } });
  expect(await sentence(imageExists(stage.image('acme/web:v1'), await stage.client()))).toBe(
    `ConfigurationError: Cannot look up image ${host}/acme/web:v1: ${host} ${clause}`,
  );
});
