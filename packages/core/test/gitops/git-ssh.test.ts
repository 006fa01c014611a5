import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import type { GitCredentials } from '../../src/gitops/index.ts';
import { type GitRemote, parseGitRemote } from '../../src/gitops/index.ts';
import { signal, startStage, write } from './git-stage.ts';

const credentials: GitCredentials = {
  kind: 'ssh',
  username: 'git',
  key: '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n',
  knownHosts: 'git.example.com ssh-ed25519 AAAA\n',
};

/**
 * A program in ssh's place: it notes its arguments and its files, and runs what it is asked to run on this machine, so that
 * git talks to git through a pipe as it does through ssh.
 */
async function fakeSsh(folder: string, end = 'eval "exec $command"'): Promise<string> {
  const program = join(folder, 'ssh with space');
  const notes = join(folder, 'notes');
  const script = `#!/bin/sh
for command; do printf '%s\\n' "$command" >> '${notes}'; done
printf -- '---\\n' >> '${notes}'
for word; do case "$word" in IdentityFile=*) file=$(printf '%s' "$word" | cut -d'"' -f2); stat -c '%a' "$file" > '${folder}/mode'; cat "$file" > '${folder}/key';; esac; done
${end}
`;
  await writeFile(program, script);
  await chmod(program, 0o755);
  return program;
}

async function stageWithSsh(end?: string) {
  const stage = await startStage();
  const folder = await temporaryDirectory();
  const sshProgram = await fakeSsh(folder.path, end);
  const remote = parseGitRemote(`ssh://git.example.com:2222${stage.remote.directory}`, 'repository');
  const calls = async () =>
    (await readFile(join(folder.path, 'notes'), 'utf8'))
      .split('---\n')
      .filter((one) => one !== '')
      .map((one) => one.trimEnd().split('\n'));
  const open = (more: { remote?: GitRemote } = {}) =>
    stage.open({ remote, credentials, sshProgram, ...more });
  const close = async () => {
    await folder[Symbol.asyncDispose]();
    await stage[Symbol.asyncDispose]();
  };
  return { stage, folder: folder.path, open, calls, [Symbol.asyncDispose]: close };
}

describe('through ssh', () => {
  test('reads and writes, with the key in a file of its owner alone', async () => {
    await using it = await stageWithSsh();
    {
      await using repository = it.open();
      expect(await write(repository)).toMatchObject({ kind: 'commit' });
      expect(await repository.log(['app.yaml'], signal)).toHaveLength(2);
    }
    expect(await it.stage.remote.read('main', 'app.yaml')).toBe('image: web:v2\n');
    expect(await readFile(join(it.folder, 'key'), 'utf8')).toBe(
      credentials.kind === 'ssh' && credentials.key,
    );
    expect((await readFile(join(it.folder, 'mode'), 'utf8')).trim()).toBe('600');
    expect(await readdir(it.stage.temp)).toEqual([]);
  });

  test('the arguments of ssh', async () => {
    await using it = await stageWithSsh();
    await using repository = it.open();
    await repository.read(['app.yaml'], signal);
    const [first = []] = await it.calls();
    const [own = ''] = await readdir(it.stage.temp);
    const folder = join(it.stage.temp, own);
    expect(first).toEqual([
      ...['-F', 'none', '-T', '-l', 'git'],
      ...[
        'BatchMode=yes',
        'StrictHostKeyChecking=yes',
        `UserKnownHostsFile="${folder}/known_hosts"`,
        'GlobalKnownHostsFile=none',
        'UpdateHostKeys=no',
        `IdentityFile="${folder}/key"`,
        'IdentitiesOnly=yes',
        'IdentityAgent=none',
        'PreferredAuthentications=publickey',
        'ForwardAgent=no',
        'ClearAllForwardings=yes',
        'PermitLocalCommand=no',
        'ConnectTimeout=30',
        'ServerAliveInterval=15',
        'ServerAliveCountMax=4',
      ].flatMap((option) => ['-o', option]),
      ...['-o', 'SendEnv=GIT_PROTOCOL', '-p', '2222'],
      ...['git.example.com', `git-upload-pack '${it.stage.remote.directory}'`],
    ]);
    expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600);
  });

  test('the user of the address wins', async () => {
    await using it = await stageWithSsh();
    const remote = parseGitRemote(`me@git.example.com:${it.stage.remote.directory}`, 'repository');
    await using repository = it.open({ remote });
    await repository.read(['app.yaml'], signal);
    const [first = []] = await it.calls();
    expect(first).not.toContain('-l');
    expect(first.at(-2)).toBe('me@git.example.com');
  });

  test('a path with a quote stays one word', async () => {
    await using it = await stageWithSsh('exit 1');
    const remote = parseGitRemote("git@git.example.com:x';touch$IFS/tmp/y;'", 'repository');
    await using repository = it.open({ remote });
    await expect(repository.read(['app.yaml'], signal)).rejects.toThrow('Cannot read git.example.com/');
    expect((await it.calls())[0]?.at(-1)).toBe(`git-upload-pack 'x'\\'';touch$IFS/tmp/y;'\\'''`);
  });

  test.each([
    [
      'an unknown host key',
      'No ED25519 host key is known for git.example.com and you have requested strict checking.\nHost key verification failed.',
      /^Cannot read git\.example\.com\/.*The host key of git\.example\.com is not among those in "ssh-known-hosts"; /,
    ],
    [
      'a key that is not taken',
      'git@git.example.com: Permission denied (publickey).',
      /The server does not take the key in "ssh-key"; add its public half to the repository as a deploy key with write access\.$/,
    ],
    ['no such repository', 'ERROR: Repository not found.', /Either the repository does not exist or/],
  ])('%s is one sentence', async (_, printed, expected) => {
    await using it = await stageWithSsh(`printf '%s\\n' '${printed}' >&2; exit 255`);
    await using repository = it.open();
    await expect(repository.read(['app.yaml'], signal)).rejects.toThrow(expected);
    expect(await it.calls()).toHaveLength(1);
  });

  test('a deploy key that may only read', async () => {
    const end = `case "$command" in git-receive-pack*) echo 'ERROR: The key you are authenticating with has been marked as read only.' >&2; exit 1;; esac\neval "exec $command"`;
    await using it = await stageWithSsh(end);
    await using repository = it.open();
    await expect(write(repository)).rejects.toThrow(
      'The key you are authenticating with has been marked as read only. The key in "ssh-key" may only read; give the deploy key write access.',
    );
  });
});
