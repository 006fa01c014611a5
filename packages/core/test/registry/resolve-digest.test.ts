import { expect, test } from '@jest/globals';
import { imageExists, resolveDigest } from '../../src/registry/index.ts';
import { sentence, spoken, startStage } from './stage.ts';

const OTHER = `sha256:${'0'.repeat(64)}`;

test('a single manifest by its tag, in one request', async () => {
  await using stage = await startStage();
  const digest = await stage.registry.push('acme/web', 'v1');
  expect(await resolveDigest(stage.image('acme/web:v1'), await stage.client())).toBe(digest);
  expect(spoken(stage.registry)).toEqual(['HEAD manifest 200']);
});

test('an image for several platforms has the digest of its index', async () => {
  await using stage = await startStage();
  const digest = await stage.registry.push('acme/web', 'v1', { platforms: ['linux/amd64', 'linux/arm64'] });
  expect(await resolveDigest(stage.image('acme/web:v1'), await stage.client())).toBe(digest);
});

test('a reference without tag and digest is latest, as for Docker', async () => {
  await using stage = await startStage();
  const digest = await stage.registry.push('acme/web', 'latest');
  expect(await resolveDigest(stage.image('acme/web'), await stage.client())).toBe(digest);
});

test.each([
  { name: 'the tag is there', text: 'acme/web:v1', exists: true },
  { name: 'the tag is not there', text: 'acme/web:v2', exists: false },
  { name: 'the repository is not there', text: 'acme/other:v1', exists: false },
  { name: 'the digest is not there', text: `acme/web@${OTHER}`, exists: false },
])('whether an image exists: $name', async ({ text, exists }) => {
  await using stage = await startStage();
  await stage.registry.push('acme/web', 'v1');
  expect(await imageExists(stage.image(text), await stage.client())).toBe(exists);
});

test('the digest is there, with and without its tag', async () => {
  await using stage = await startStage();
  const digest = await stage.registry.push('acme/web', 'v1');
  const client = await stage.client();
  expect(await resolveDigest(stage.image(`acme/web@${digest}`), client)).toBe(digest);
  expect(await resolveDigest(stage.image(`acme/web:v1@${digest}`), client)).toBe(digest);
});

test('a missing image is one sentence', async () => {
  await using stage = await startStage();
  const { host } = stage.registry;
  expect(await sentence(resolveDigest(stage.image('acme/web:v1'), await stage.client()))).toBe(
    `ConfigurationError: Image ${host}/acme/web:v1 does not exist in the registry; ` +
      'build and push before this step, or correct the name or tag.',
  );
});

test('tag and digest of two images are refused, whoever asks', async () => {
  await using stage = await startStage();
  const { host } = stage.registry;
  const digest = await stage.registry.push('acme/web', 'v1');
  const image = stage.image(`acme/web:v1@${OTHER}`);
  const client = await stage.client();
  const expected =
    `ConfigurationError: Cannot look up image ${host}/acme/web:v1@${OTHER}: ` +
    `in ${host} tag v1 is ${digest}; correct the digest or the tag.`;
  expect(await sentence(resolveDigest(image, client))).toBe(expected);
  expect(await sentence(imageExists(image, client))).toBe(expected);
});

test('a registry that keeps the digest to itself: the manifest is read and hashed', async () => {
  await using stage = await startStage({ digestHeader: false });
  const digest = await stage.registry.push('acme/web', 'v1', { platforms: ['linux/amd64'] });
  expect(await resolveDigest(stage.image('acme/web:v1'), await stage.client())).toBe(digest);
  expect(spoken(stage.registry)).toEqual(['HEAD manifest 200', 'GET manifest 200']);
});

test.each([
  {
    name: 'a digest that is none',
    headers: { 'docker-content-digest': 'sha256:abc' },
    clause: 'answered with a digest that is none; have the registry set right.',
  },
  {
    name: 'a page of a portal',
    headers: { 'content-type': 'text/html' },
    clause: 'answered with something that is no image; correct the name of the registry.',
  },
])('an answer that cannot be true is refused: $name', async ({ headers, clause }) => {
  await using stage = await startStage();
  const { host } = stage.registry;
  stage.registry.inject({ match: /manifests/, status: 200, headers, body: 'hello' });
  expect(await sentence(resolveDigest(stage.image('acme/web:v1'), await stage.client()))).toBe(
    `ConfigurationError: Cannot look up image ${host}/acme/web:v1: ${host} ${clause}`,
  );
});

test('a host that cannot be one', async () => {
  await using stage = await startStage();
  const image = { name: 'ghcr.io:99999/acme/web', written: '', tag: 'v1', digest: undefined };
  expect(await sentence(resolveDigest(image, await stage.client()))).toBe(
    'ConfigurationError: Cannot look up image ghcr.io:99999/acme/web:v1: ' +
      'ghcr.io:99999 is no host; correct the name of the registry.',
  );
});
