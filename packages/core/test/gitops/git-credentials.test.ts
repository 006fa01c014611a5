import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { sshCommand } from '../../src/gitops/git/ssh-command.ts';
import { gitCredentials, parseGitRemote, tokenFor } from '../../src/gitops/index.ts';

const none = { token: '', username: '', sshKey: '', sshKnownHosts: '' };
const https = parseGitRemote('https://git.example.com/acme/gitops', 'repository');
const ssh = parseGitRemote('git@git.example.com:acme/gitops', 'repository');
const KNOWN = 'git.example.com ssh-ed25519 AAAA';

/** A key that ssh-keygen made. */
async function makeKey(...options: string[]): Promise<string> {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'key');
  execFileSync('ssh-keygen', ['-q', '-f', file, ...options]);
  return readFileSync(file, 'utf8');
}

describe('https', () => {
  test('a token, with the user name that any server takes', () => {
    expect(gitCredentials(https, { ...none, token: 'secret' })).toEqual({
      kind: 'token',
      username: 'x-access-token',
      token: 'secret',
    });
    expect(gitCredentials(https, { ...none, token: 'secret', username: 'oauth2' })).toMatchObject({
      username: 'oauth2',
    });
  });

  test('none, to read what everybody may', () => {
    expect(gitCredentials(https, none)).toEqual({ kind: 'none' });
  });

  test('a key cannot be used', () => {
    expect(() => gitCredentials(https, { ...none, sshKey: 'x' })).toThrow(
      'Input "ssh-key" is set, but "repository" is a https address; use ssh://git@git.example.com/acme/gitops, or pass a token.',
    );
    expect(() => gitCredentials(https, { ...none, sshKnownHosts: 'x' })).toThrow(
      'Input "ssh-known-hosts" is set',
    );
  });

  test('a user name with a colon would end early', () => {
    expect(() => gitCredentials(https, { ...none, token: 'x', username: 'a:b' })).toThrow(
      'Input "username" is "a:b"; it must be a user name without a colon.',
    );
  });
});

describe('the token of the job', () => {
  const run = { serverUrl: 'https://github.com', repository: 'acme/shop' };
  const given = { gitopsToken: '', token: 'job' };
  const token = (url: string, more = {}) =>
    tokenFor(parseGitRemote(url, 'repository'), { ...given, ...more }, run);

  test.each([
    ['https://github.com/acme/shop', 'job'],
    ['https://github.com/Acme/Shop.git', 'job'],
    ['https://github.com/acme/gitops', ''],
    ['http://github.com/acme/shop', ''],
    ['https://github.com:8443/acme/shop', ''],
    ['https://github.com.evil.example/acme/shop', ''],
    ['git@github.com:acme/shop', ''],
  ])('for %s: "%s"', (url, expected) => {
    expect(token(url)).toBe(expected);
  });

  test('another token goes where it was given for', () => {
    expect(token('https://git.example.com/acme/gitops', { gitopsToken: 'own' })).toBe('own');
    expect(token('https://github.com/acme/shop', { gitopsToken: 'own' })).toBe('own');
  });
});

describe('ssh', () => {
  test('needs a key and the host keys, and says how to get them', () => {
    expect(() => gitCredentials(ssh, none)).toThrow(
      'Input "ssh-key" is empty, but "repository" is an ssh address; pass the private key of a deploy key with write access.',
    );
    const sshKey = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----';
    expect(() => gitCredentials(ssh, { ...none, sshKey })).toThrow(
      'Input "ssh-known-hosts" is empty, but "repository" is an ssh address; pass the lines of `ssh-keyscan git.example.com` after comparing them with the fingerprints that the server\'s owner publishes.',
    );
  });

  test.each([
    ['ed25519', ['-t', 'ed25519']],
    ['rsa', ['-t', 'rsa', '-b', '2048']],
    ['rsa in PEM', ['-t', 'rsa', '-b', '2048', '-m', 'PEM']],
    ['ecdsa in PKCS8', ['-t', 'ecdsa', '-m', 'PKCS8']],
  ])('a key of ssh-keygen, its line ends mended: %s', async (_, options) => {
    const key = await makeKey('-N', '', ...options);
    const broken = key.trim().replaceAll('\n', '\r\n');
    expect(gitCredentials(ssh, { ...none, sshKey: broken, sshKnownHosts: KNOWN })).toEqual({
      kind: 'ssh',
      username: 'git',
      key,
      knownHosts: `${KNOWN}\n`,
    });
  });

  test.each([
    ['ed25519', ['-t', 'ed25519']],
    ['rsa in PEM', ['-t', 'rsa', '-b', '2048', '-m', 'PEM']],
    ['ecdsa in PKCS8', ['-t', 'ecdsa', '-m', 'PKCS8']],
  ])('a key with a passphrase is refused: %s', async (_, options) => {
    const sshKey = await makeKey('-N', 'hunter2', ...options);
    expect(() => gitCredentials(ssh, { ...none, sshKey, sshKnownHosts: KNOWN })).toThrow(
      'Input "ssh-key" is a private key with a passphrase, and a job cannot type it; make a key without one (ssh-keygen -N "").',
    );
  });

  test.each([
    'ssh-ed25519 AAAAsecret',
    'secret',
    '-----BEGIN CERTIFICATE-----\nsecret\n-----END CERTIFICATE-----',
  ])('what is no private key is refused and not repeated', (sshKey) => {
    const call = () => gitCredentials(ssh, { ...none, sshKey, sshKnownHosts: KNOWN });
    expect(call).toThrow('Input "ssh-key" is not a private key; it must be the whole file');
    expect(call).not.toThrow('secret');
  });

  test('a user name cannot become an option', () => {
    expect(() => gitCredentials(ssh, { ...none, username: '-oProxyCommand=x' })).toThrow(
      'Input "username" is',
    );
  });
});

test('ssh itself reads the command as it is meant, whatever the folder is called', () => {
  const folder = "/tmp/it's a 100%d $(folder)";
  const command = sshCommand({
    program: 'ssh',
    keyFile: `${folder}/key`,
    knownHostsFile: `${folder}/known_hosts`,
    username: 'git',
  });
  // As git runs it; -G prints the options that ssh has understood.
  const { PATH = '' } = process.env;
  const printed = execFileSync('sh', ['-c', `${command} "$@"`, 'ssh', '-G', 'git.example.com'], {
    env: { PATH },
  });
  const options = printed.toString().split('\n');
  expect(options).toEqual(
    expect.arrayContaining([
      'user git',
      'batchmode yes',
      'stricthostkeychecking true',
      'identitiesonly yes',
      'identityagent none',
      'forwardagent no',
      'permitlocalcommand no',
      'globalknownhostsfile none',
    ]),
  );
  const path = (name: string) =>
    options.filter((line) => line.startsWith(`${name} `)).map((line) => line.replaceAll('%%', '%'));
  expect(path('identityfile')).toEqual([`identityfile ${folder}/key`]);
  expect(path('userknownhostsfile')).toEqual([`userknownhostsfile ${folder}/known_hosts`]);
});
