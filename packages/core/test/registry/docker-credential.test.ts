import { chmod, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type TemporaryDirectory, temporaryDirectory } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { verifyImages } from '../../src/registry/index.ts';
import { LOGIN, type Stage, sentence, spoken, startStage } from './stage.ts';

let programs: TemporaryDirectory;

beforeAll(async () => {
  programs = await temporaryDirectory('programs-');
});
afterAll(async () => {
  await programs[Symbol.asyncDispose]();
});

/** A real program on PATH that notes its arguments, input and folder, and then does as told. */
async function install(helper: string, script: string): Promise<void> {
  const path = join(programs.path, `docker-credential-${helper}`);
  await writeFile(path, `#!/bin/sh\nread server\necho "$1 $server $PWD" >> "${path}.log"\n${script}\n`);
  await chmod(path, 0o755);
}

const environment = () => ({ PATH: `${programs.path}${delimiter}${process.env.PATH ?? ''}` });
const answer = (user: string, secret: string) =>
  `printf '%s' '${JSON.stringify({ ServerURL: 'x', Username: user, Secret: secret })}'`;

async function check(stage: Stage, config: object) {
  const client = await stage.client(JSON.stringify(config), { environment: environment() });
  return sentence(verifyImages([stage.image('acme/web:v1'), stage.image('acme/web:v2')], client));
}

test('a helper is asked once for a registry, in the folder of the configuration', async () => {
  await using stage = await startStage({ auth: LOGIN });
  const { host } = stage.registry;
  await stage.registry.push('acme/web', 'v1');
  await stage.registry.push('acme/web', 'v2');
  await install('own', answer(LOGIN.username, LOGIN.password));
  const result = await check(stage, { credHelpers: { [host]: 'own' }, credsStore: 'unused' });
  expect(result).toBe('no error: undefined');
  const noted = await readFile(join(programs.path, 'docker-credential-own.log'), 'utf8');
  expect(noted).toBe(`get ${host} ${stage.folder}\n`);
});

test('inputs of the action are no business of a helper', async () => {
  await using stage = await startStage({ auth: LOGIN });
  await stage.registry.push('acme/web', 'v1');
  await install('nosy', `env > "${programs.path}/seen"\n${answer(LOGIN.username, LOGIN.password)}`);
  const variables = {
    ...environment(),
    AWS_REGION: 'eu-west-1',
    'INPUT_GITOPS-TOKEN': 'hunter2',
    UNSET: undefined,
  };
  const client = await stage.client('{"credsStore":"nosy"}', { environment: variables });
  await verifyImages([stage.image('acme/web:v1')], client);
  const seen = await readFile(join(programs.path, 'seen'), 'utf8');
  expect(seen).toContain('AWS_REGION=eu-west-1');
  expect(seen).not.toMatch(/hunter2|UNSET/);
});

test('the store for all registries may hold an identity token', async () => {
  await using stage = await startStage({ auth: LOGIN });
  await stage.registry.push('acme/web', 'v1');
  await stage.registry.push('acme/web', 'v2');
  await install('store', answer('<token>', stage.registry.identityToken));
  expect(await check(stage, { credsStore: 'store' })).toBe('no error: undefined');
  expect(spoken(stage.registry)).toContain('POST /token 200');
});

test('a helper that knows nothing leaves it to the file', async () => {
  await using stage = await startStage({ auth: LOGIN });
  await stage.registry.push('acme/web', 'v1');
  await stage.registry.push('acme/web', 'v2');
  await install('none', 'echo "credentials not found in native keychain"; exit 1');
  const { auths } = JSON.parse(stage.registry.dockerConfig());
  expect(await check(stage, { credsStore: 'none', auths })).toBe('no error: undefined');
});

test.each([
  {
    name: 'no such program',
    helper: 'absent',
    clause: (path: string, host: string) =>
      `the Docker configuration ${path} names the credential helper docker-credential-absent, which is not on PATH; ` +
      `install it, or log in to ${host} without it.`,
  },
  {
    name: 'a name that is a path',
    helper: '../../bin/sh',
    clause: (path: string) =>
      `the Docker configuration ${path} names the credential helper "../../bin/sh", which is no program's name; correct it.`,
  },
  {
    name: 'a failure, of which nothing is shown',
    helper: 'fails',
    script: 'echo "secret=hunter2"; exit 3',
    clause: (_: string, host: string) =>
      'docker-credential-fails failed (exit code 3); ' +
      `run "docker-credential-fails get" by hand, or log in to ${host} with docker/login-action.`,
  },
  {
    name: 'an answer in another form',
    helper: 'odd',
    script: 'echo "hunter2"',
    clause: (_: string, host: string) =>
      "docker-credential-odd printed no credentials in Docker's form; " +
      `run "docker-credential-odd get" by hand, or log in to ${host} with docker/login-action.`,
  },
])('$name', async ({ helper, script, clause }) => {
  await using stage = await startStage({ auth: LOGIN });
  const { host } = stage.registry;
  if (script !== undefined) await install(helper, script);
  const path = join(stage.folder, 'config.json');
  expect(await check(stage, { credsStore: helper })).toBe(
    `ConfigurationError: Cannot look up image ${host}/acme/web:v1: ${clause(path, host)}`,
  );
});

test('a cancelled job does not wait for a helper that hangs', async () => {
  await using stage = await startStage({ auth: LOGIN });
  await install('hangs', 'sleep 3');
  const controller = new AbortController();
  const client = await stage.client('{"credsStore":"hangs"}', {
    signal: controller.signal,
    environment: environment(),
  });
  setTimeout(() => controller.abort(new Error('Cancelled')), 200);
  const started = performance.now();
  expect(await sentence(verifyImages([stage.image('acme/web:v1')], client))).toBe('Error: Cancelled');
  expect(performance.now() - started).toBeLessThan(2000);
});
