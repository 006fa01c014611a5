import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { faults, git } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { spawnExec } from '../../src/exec/index.ts';
import { parseGitRemote } from '../../src/gitops/index.ts';
import { filesBelow, message, signal, startStage, token, write } from './git-stage.ts';

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'it was taken',
    (error: Error) => `${error.name}: ${error.message}`,
  );

describe('secrets', () => {
  test('the token is in no argument, no file and no address; git gets it in its environment, for one origin', async () => {
    const seen: string[] = [];
    await using stage = await startStage(async (_, temp) => {
      for (const [name, text] of await filesBelow(temp)) seen.push(name, text);
    });
    await using repository = stage.open();
    await write(repository);
    const secrets = [
      stage.github.token,
      Buffer.from(`x-access-token:${stage.github.token}`).toString('base64'),
    ];
    const shown = [...seen, ...stage.said, ...stage.commands.flatMap(({ args }) => args)].join('\n');
    for (const secret of secrets) expect(shown).not.toContain(secret);
    for (const { env } of stage.commands) {
      const keys = Object.entries(env).filter(([, value]) =>
        secrets.some((secret) => value.includes(secret)),
      );
      expect(keys.map(([name]) => env[name.replace('VALUE', 'KEY')])).toEqual([
        `http.${stage.github.url}/.extraHeader`,
      ]);
    }
  });

  test('git sees nothing of the machine but programs, proxies and certificates', async () => {
    await using stage = await startStage();
    const environment = {
      PATH: process.env.PATH,
      https_proxy: 'http://proxy:3128',
      GIT_DIR: '/elsewhere',
      GIT_TRACE: '1',
      GIT_TRACE_CURL: '1',
      GIT_SSH_COMMAND: 'evil',
      GIT_CONFIG_PARAMETERS: "'core.hooksPath=/evil'",
      HOME: '/home/me',
      AWS_SECRET_ACCESS_KEY: 'x',
      'INPUT_GITOPS-TOKEN': 'x',
    };
    await using repository = stage.open({ environment });
    expect(await write(repository)).toMatchObject({ kind: 'commit' });
    const { HOME, ...env } = stage.commands[0]?.env ?? {};
    expect(HOME).toMatch(new RegExp(`^${stage.temp}/`));
    expect(env).toMatchObject({
      https_proxy: 'http://proxy:3128',
      GIT_TERMINAL_PROMPT: '0',
      GIT_ALLOW_PROTOCOL: 'http:https:ssh',
    });
    for (const name of [
      'GIT_DIR',
      'GIT_TRACE',
      'GIT_TRACE_CURL',
      'GIT_SSH_COMMAND',
      'AWS_SECRET_ACCESS_KEY',
      'INPUT_GITOPS-TOKEN',
    ])
      expect(env).not.toHaveProperty([name]);
  });

  test('a redirect is not followed: the token stays at its host', async () => {
    await using stage = await startStage();
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.writeHead(301, { location: `${stage.github.url}${request.url}` }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/acme/gitops.git`;
    await using repository = stage.open({ remote: parseGitRemote(url, 'repository') });
    expect(await refusal(repository.read(['app.yaml'], signal))).toMatch(
      /^ConfigurationError: Cannot read 127\.0\.0\.1\/acme\/gitops@main: .*Redirects are not followed, because a token must not leave its host; pass the address it is redirected to\.$/,
    );
    expect([asked.length, stage.github.gitRequests().length]).toEqual([1, 0]);
    server.closeAllConnections();
    server.close();
  });

  test('a token over plain http to another machine is warned of', async () => {
    await using stage = await startStage();
    const remote = parseGitRemote('http://git.invalid/acme/gitops', 'repository');
    await using repository = stage.open({ remote });
    expect(await refusal(repository.read(['app.yaml'], signal))).toMatch(
      /git\.invalid did not answer properly; re-run the job\.$/,
    );
    expect(stage.said).toContain(
      'The token goes to git.invalid unencrypted, because "repository" is an http address; use https.',
    );
  });
});

describe('the temporary folder', () => {
  test('is empty after disposal', async () => {
    await using stage = await startStage();
    {
      await using repository = stage.open();
      await write(repository);
      expect(await readdir(stage.temp)).toHaveLength(1);
    }
    expect(await readdir(stage.temp)).toEqual([]);
  });

  test('and after a failure', async () => {
    await using stage = await startStage();
    {
      await using repository = stage.open({ branch: 'nowhere' });
      await refusal(repository.read(['app.yaml'], signal));
    }
    expect(await readdir(stage.temp)).toEqual([]);
  });

  test('and when the job is cancelled in the middle of a fetch, which ends at once', async () => {
    await using stage = await startStage();
    const never = Promise.withResolvers<void>();
    stage.github.inject({ match: 'git POST git-upload-pack', hold: never.promise });
    const controller = new AbortController();
    {
      await using repository = stage.open();
      const reading = repository.read(['app.yaml'], controller.signal);
      setTimeout(() => controller.abort(new Error('cancelled')), 500);
      await expect(reading).rejects.toThrow('cancelled');
    }
    expect(await readdir(stage.temp)).toEqual([]);
    never.resolve();
  });

  test('nothing is left where nothing was done', async () => {
    await using stage = await startStage();
    await stage.open()[Symbol.asyncDispose]();
    expect([await readdir(stage.temp), stage.commands]).toEqual([[], []]);
  });
});

describe('the runner', () => {
  test('without git', async () => {
    await using stage = await startStage();
    await using repository = stage.open({ environment: { PATH: '/nowhere' } });
    expect(await refusal(repository.read(['app.yaml'], signal))).toBe(
      'ConfigurationError: The runner has no git in its PATH; install it, or use `transport: api`.',
    );
    expect(await readdir(stage.temp)).toEqual([]);
  });

  test('with a git that is too old', async () => {
    await using stage = await startStage();
    const exec = async () => ({ exitCode: 0, stdout: Buffer.from('git version 2.17.1\n'), stderr: '' });
    await using repository = stage.open({ exec });
    expect(await refusal(repository.read(['app.yaml'], signal))).toBe(
      'ConfigurationError: The runner has git version 2.17.1; `transport: git` needs 2.32 or newer.',
    );
  });
});

describe('branches', () => {
  test.each(['a b', 'a..b', '*', 'a:b', 'x.lock', '@{1}', 'a\\b', 'a\nb'])(
    '%j is refused',
    async (branch) => {
      await using stage = await startStage();
      await using repository = stage.open({ branch });
      expect(await refusal(repository.read(['app.yaml'], signal))).toBe(
        `ConfigurationError: Input "branch" is ${JSON.stringify(branch)}; it must be a branch name that git accepts.`,
      );
      expect(stage.github.gitRequests()).toEqual([]);
    },
  );

  test.each(['$(touch)', "it's", 'a/--x', 'ümläut', '|ls'])('%j is a branch', async (branch) => {
    await using stage = await startStage();
    await stage.remote.commit(branch, { 'app.yaml': 'image: web:branch\n' });
    await using repository = stage.open({ branch });
    expect(await write(repository)).toMatchObject({ kind: 'commit' });
    expect(await stage.remote.read(branch, 'app.yaml')).toBe('image: web:v2\n');
  });
});

describe('servers', () => {
  test.each([2, 0])('one that cannot leave out file contents, protocol %s', async (version) => {
    await using stage = await startStage();
    await git(['config', 'uploadpack.allowFilter', 'false'], { cwd: stage.remote.directory });
    await git(['config', 'uploadpack.allowAnySHA1InWant', 'false'], { cwd: stage.remote.directory });
    await using repository = stage.open({
      exec: (command) =>
        spawnExec({ ...command, args: ['-c', `protocol.version=${version}`, ...command.args] }),
    });
    const { files } = await repository.read(['app.yaml', 'other.yaml'], signal);
    expect(files.map(({ content }) => content.toString())).toEqual(['image: web:v1\n', 'a: 1\n']);
    await stage.remote.commit('main', { 'app.yaml': 'image: web:other\n' });
    const again = await repository.read(['app.yaml'], signal);
    expect(again.files[0]?.content.toString()).toBe('image: web:other\n');
    expect(await write(repository)).toMatchObject({ kind: 'commit' });
  });

  test('one that only speaks the old protocol', async () => {
    await using stage = await startStage();
    await using repository = stage.open({
      exec: (command) => spawnExec({ ...command, args: ['-c', 'protocol.version=0', ...command.args] }),
    });
    expect(await write(repository)).toMatchObject({ kind: 'commit' });
    expect(await repository.log(['app.yaml'], signal)).toHaveLength(2);
  });

  test('a repository of SHA-256 objects', async () => {
    await using stage = await startStage();
    const { directory } = stage.remote;
    await git([
      'init',
      '--quiet',
      '--bare',
      '--object-format=sha256',
      '--initial-branch=main',
      `${directory}/new`,
    ]);
    const stream =
      'commit refs/heads/main\ncommitter x <x@y> 1 +0000\ndata 1\nxM 100644 inline app.yaml\ndata 2\na\n\n';
    await git(['fast-import', '--quiet'], { cwd: `${directory}/new`, input: stream });
    await git(['config', 'uploadpack.allowFilter', 'true'], { cwd: `${directory}/new` });
    await git(['config', 'http.receivepack', 'true'], { cwd: `${directory}/new` });
    await using folder = await swap(directory);
    expect(folder.path).toBe(directory);
    await using repository = stage.open();
    expect(await write(repository)).toMatchObject({
      kind: 'commit',
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await git(['show', 'main:app.yaml'], { cwd: directory })).toBe('image: web:v2\n');
  });

  test('a push that is reset each time it is sent: the commit that was taken is found', async () => {
    await using stage = await startStage();
    stage.github.inject({ match: 'git POST git-receive-pack', times: 2, after: true, ...faults.reset() });
    await using repository = stage.open();
    expect(await write(repository)).toMatchObject({ kind: 'commit', id: await stage.remote.head('main') });
    expect(await stage.remote.log('main')).toHaveLength(2);
  });

  test('a push that never arrives is a conflict, so that it is tried again', async () => {
    await using stage = await startStage();
    stage.github.inject({ match: 'git POST git-receive-pack', times: 2, ...faults.reset() });
    await using repository = stage.open();
    expect(await write(repository)).toEqual({ kind: 'conflict' });
    expect(await stage.remote.log('main')).toHaveLength(1);
  });

  test('one that stays in trouble: a few tries, then a sentence', async () => {
    await using stage = await startStage();
    stage.github.inject({ match: /^git GET git-upload-pack/, ...faults.serverError(503) });
    await using repository = stage.open();
    expect(await refusal(repository.read(['app.yaml'], signal))).toMatch(
      /^ConfigurationError: Cannot read 127\.0\.0\.1\/acme\/gitops@main: .*503\. 127\.0\.0\.1 did not answer properly; re-run the job\.$/,
    );
    expect(stage.said.filter((text) => text.includes('reading again'))).toEqual(
      [2, 8, 18].map((wait) => `127.0.0.1 did not answer properly; reading again in ${wait} ms.`),
    );
  });

  test('who may not push: the sentence names the grant', async () => {
    await using stage = await startStage();
    const reader = stage.github.issueToken({ permissions: { contents: 'read' } });
    await using repository = stage.open({ credentials: token(reader) });
    expect(await refusal(write(repository))).toBe(
      `ConfigurationError: Cannot push to 127.0.0.1/acme/gitops@main: unable to access '${stage.github.url}/acme/gitops.git/': The requested URL returned error: 403. The token may not write here; it needs permission to write the contents of this repository (on GitHub \`contents: write\`).`,
    );
  });
});

describe('commits', () => {
  test('an executable file stays one', async () => {
    await using stage = await startStage();
    const cwd = stage.remote.directory;
    const input =
      'commit refs/heads/main\ncommitter x <x@y> 1 +0000\ndata 1\nxfrom refs/heads/main^0\nM 100755 inline run.sh\ndata 2\na\n\n';
    await git(['fast-import', '--quiet'], { cwd, input });
    await using repository = stage.open();
    expect(await write(repository, 'b\n', 'run.sh')).toMatchObject({ kind: 'commit' });
    expect(await git(['ls-tree', 'main', 'run.sh'], { cwd })).toMatch(/^100755 blob/);
  });

  test('author, committer and time are those that were given', async () => {
    await using stage = await startStage();
    const identity = { name: 'Release <Bot>\nx', email: 'bot@example.com' };
    await using repository = stage.open({ identity, now: () => 1_700_000_000_999 });
    await write(repository);
    const format = '--format=%an|%ae|%cn|%ce|%at|%ct';
    expect((await git(['log', '-1', format, 'main'], { cwd: stage.remote.directory })).trim()).toBe(
      'Release Botx|bot@example.com|Release Botx|bot@example.com|1700000000|1700000000',
    );
  });

  test('by default they are by the bot, and have a page where that is known', async () => {
    await using stage = await startStage();
    await using repository = stage.open({ pageOf: (commit) => `https://git.example.com/${commit}` });
    const commit = await write(repository);
    const head = await stage.remote.head('main');
    expect(commit).toEqual({ kind: 'commit', id: head, url: `https://git.example.com/${head}` });
    expect((await git(['log', '-1', '--format=%ae', 'main'], { cwd: stage.remote.directory })).trim()).toBe(
      '41898282+github-actions[bot]@users.noreply.github.com',
    );
  });

  test.each([
    ['app.yaml/below', 'x', 'app.yaml/below cannot be written: app.yaml is no folder.'],
    ['dir', 'x', 'dir is a folder; only files are written.'],
    ['missing.yaml', null, 'missing.yaml cannot be deleted: there is no such file.'],
  ])('%s is refused', async (path, content, expected) => {
    await using stage = await startStage();
    const head = await stage.remote.commit('main', { 'dir/file.yaml': 'x\n' });
    await using repository = stage.open();
    const base = await repository.read([], signal);
    expect(await refusal(repository.commit(base, [{ path, content }], message, signal))).toBe(
      `ConfigurationError: ${expected}`,
    );
    expect(await stage.remote.head('main')).toBe(head);
  });

  test('a name that looks like a command of the stream is a name', async () => {
    await using stage = await startStage();
    await using repository = stage.open();
    const path = 'a"\\ \tb\nD app.yaml\n';
    const base = await repository.read([], signal);
    await repository.commit(base, [{ path, content: 'x\n' }], message, signal);
    const names = await git(['ls-tree', '-z', '--name-only', 'main'], { cwd: stage.remote.directory });
    expect(names.split('\0').sort()).toEqual(['', path, 'app.yaml', 'other.yaml', 'run.sh'].sort());
  });

  test('many files in one commit, and no more requests than for one', async () => {
    await using stage = await startStage();
    await using repository = stage.open();
    const base = await repository.read([], signal);
    const paths = Array.from({ length: 500 }, (_, index) => `many/${index % 7}/file${index}.yaml`);
    const changes = paths.map((path) => ({ path, content: `a: ${path}\n` }));
    await repository.commit(base, changes, message, signal);
    const { files } = await repository.read(['many/0', ...paths], signal);
    expect(files).toHaveLength(500);
    expect(stage.github.gitRequests().length).toBeLessThanOrEqual(10);
  });
});

/** Puts the repository in `new` in the place of the one around it. */
async function swap(directory: string) {
  const { cp, rename, rm } = await import('node:fs/promises');
  await cp(`${directory}/new`, `${directory}.new`, { recursive: true });
  await rename(directory, `${directory}.old`);
  await rename(`${directory}.new`, directory);
  const back = async () => {
    await rm(directory, { recursive: true });
    await rename(`${directory}.old`, directory);
  };
  return { path: directory, [Symbol.asyncDispose]: back };
}
