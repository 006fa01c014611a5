import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { addressOf } from '../../src/registry/address.ts';
import {
  credentialsIn,
  dockerConfigFolder,
  helperFor,
  readDockerConfig,
} from '../../src/registry/docker-config.ts';
import { reference, sentence } from './stage.ts';

const config = (content: object) => ({ path: '', auths: {}, credHelpers: {}, credsStore: '', ...content });
const login = (user: string) => ({ auth: Buffer.from(`${user}:word`).toString('base64') });

test.each([
  { name: 'the host', image: 'ghcr.io/acme/web', auths: { 'ghcr.io': login('a') }, user: 'a' },
  {
    name: 'a URL of the host',
    image: 'ghcr.io/acme/web',
    auths: { 'https://ghcr.io/v2/': login('a') },
    user: 'a',
  },
  { name: 'Docker Hub', image: 'nginx', auths: { 'https://index.docker.io/v1/': login('a') }, user: 'a' },
  { name: 'Docker Hub by its other name', image: 'acme/web', auths: { 'docker.io': login('a') }, user: 'a' },
  { name: 'another port', image: 'r.test:5000/web', auths: { 'r.test': login('a') }, user: undefined },
  {
    name: 'a longer host',
    image: 'ghcr.io/acme/web',
    auths: { 'ghcr.io.evil.test': login('a') },
    user: undefined,
  },
  { name: 'a shorter host', image: 'eu.gcr.io/acme/web', auths: { 'gcr.io': login('a') }, user: undefined },
  {
    name: 'a part of the registry before the whole',
    image: 'quay.io/acme/web',
    auths: { 'quay.io': login('a'), 'quay.io/acme': login('b'), 'quay.io/other': login('c') },
    user: 'b',
  },
  {
    name: 'another part only',
    image: 'quay.io/acme/web',
    auths: { 'quay.io/other': login('c') },
    user: undefined,
  },
  {
    name: 'an empty entry, as a store leaves it',
    image: 'ghcr.io/acme/web',
    auths: { 'ghcr.io': {} },
    user: undefined,
  },
  {
    name: 'an entry that is no object',
    image: 'ghcr.io/acme/web',
    auths: { 'ghcr.io': 'x' },
    user: undefined,
  },
])('whose login is used: $name', ({ image, auths, user }) => {
  const found = credentialsIn(config({ auths }), addressOf(reference(image)));
  expect(found?.kind === 'password' ? found.user : undefined).toBe(user);
});

test.each([
  {
    entry: { username: 'a', password: 'b:c' },
    credentials: { kind: 'password', user: 'a', password: 'b:c' },
  },
  { entry: { auth: 'YTpiOmMAAA==' }, credentials: { kind: 'password', user: 'a', password: 'b:c' } },
  { entry: { auth: 'YQ==' }, credentials: undefined },
  { entry: { auth: 'MDo=', identitytoken: 't' }, credentials: { kind: 'identity', token: 't' } },
  { entry: { registrytoken: 't' }, credentials: { kind: 'bearer', token: 't' } },
])('an entry $entry', ({ entry, credentials }) => {
  const found = credentialsIn(config({ auths: { 'ghcr.io': entry } }), addressOf(reference('ghcr.io/a/b')));
  expect(found).toEqual(credentials);
});

test.each([
  { image: 'ghcr.io/a/b', helper: 'gh' },
  { image: 'nginx', helper: 'hub' },
  { image: 'quay.io/a/b', helper: 'all' },
])('the helper of $image is $helper', ({ image, helper }) => {
  const credHelpers = { 'ghcr.io': 'gh', 'https://index.docker.io/v1/': 'hub', 'quay.io': '' };
  expect(helperFor(config({ credHelpers, credsStore: 'all' }), addressOf(reference(image)))).toBe(helper);
});

test.each([
  { environment: { DOCKER_CONFIG: '/etc/docker-login', HOME: '/home/runner' }, folder: '/etc/docker-login' },
  { environment: { DOCKER_CONFIG: '', HOME: '/home/runner' }, folder: '/home/runner/.docker' },
  { environment: { USERPROFILE: '/users/runner' }, folder: '/users/runner/.docker' },
])('the folder of $environment is $folder', ({ environment, folder }) => {
  expect(dockerConfigFolder(environment)).toBe(folder);
});

test('no file is no login', async () => {
  await using folder = await temporaryDirectory();
  expect(await readDockerConfig(join(folder.path, 'absent'))).toMatchObject({ auths: {}, credsStore: '' });
});

test.each([
  { text: '{"auths":{"ghcr.io":{"auth":"c2VjcmV0"', what: 'is not valid JSON' },
  { text: '["c2VjcmV0"]', what: 'is not a JSON object' },
])('a file that $what, of which nothing is shown', async ({ text, what }) => {
  await using folder = await temporaryDirectory();
  const path = join(folder.path, 'config.json');
  await writeFile(path, text);
  expect(await sentence(readDockerConfig(folder.path))).toBe(
    `LookupProblem: the Docker configuration ${path} ${what}; log in again with docker/login-action.`,
  );
});

test('a folder in its place', async () => {
  await using folder = await temporaryDirectory();
  await mkdir(join(folder.path, 'config.json'));
  expect(await sentence(readDockerConfig(folder.path))).toContain('cannot be read (EISDIR); log in again');
});
