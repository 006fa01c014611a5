import type { GitOpsRepository, Snapshot } from '@gitops-actions/core/gitops';
import { land } from '@gitops-actions/core/gitops';
import { faults, git, startGitHub } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { log, TRANSPORTS } from './transports.ts';

const { signal } = new AbortController();

/** What a test starts from: one of everything a repository may hold. */
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'README.md': 'hello\n',
  'apps/web/app.yaml': 'image: web:v1\n',
  'apps/web/crlf.yaml': 'a: 1\r\nb: 2\r\n',
  'apps/api/app.yaml': 'image: api:v1\n',
  'apps/api/deep/er/folder/here/app.yaml': 'image: deep:v1\n',
  'bytes/bom.yaml': '\ufeffa: 1\n',
  'bytes/binary.bin': new Uint8Array([0, 1, 2, 255, 0, 10, 13]),
  'bytes/latin1.yaml': new Uint8Array([0x61, 0x3a, 0x20, 0xe9, 0x0a]),
  'bytes/empty.yaml': '',
  'bytes/unfinished.yaml': 'a: 1',
  'names/with space.yaml': 'a: 1\n',
  'names/ümläut.yaml': 'a: 1\n',
  'names/quo"te.yaml': 'a: 1\n',
  'names/[x].yaml': 'a: 1\n',
  'other/untouched.yaml': 'a: 1\n',
};

const paths = ({ files }: Snapshot) => files.map(({ path }) => path);
const textOf = ({ files }: Snapshot, path: string) =>
  files.find((file) => file.path === path)?.content.toString();
const message = { headline: 'Release web v2', body: 'Why: "quotes" & <tags>\n\nRelease: v2\nSource-Run: 7' };

describe.each(TRANSPORTS)('a GitOps repository through $transport', ({ open, writes, reads }) => {
  async function stage(files = FILES, branch = 'main') {
    const github = await startGitHub();
    const remote = await github.createRepository('acme/gitops', { files, private: true });
    const target = { github, repository: 'acme/gitops', branch, token: github.token };
    const repository = await open(target);
    const close = async () => {
      await repository[Symbol.asyncDispose]();
      await github.close();
    };
    return { github, remote, target, repository, [Symbol.asyncDispose]: close };
  }

  /** Reads, and commits one file. */
  async function write(repository: GitOpsRepository, path: string, content: string | Buffer | null) {
    const base = await repository.read([path], signal);
    return repository.commit(base, [{ path, content }], message, signal);
  }

  describe('reads', () => {
    test.each<[string, string[], string[]]>([
      ['one file', ['apps/web/app.yaml'], ['apps/web/app.yaml']],
      ['several', ['README.md', 'apps/web/app.yaml'], ['README.md', 'apps/web/app.yaml']],
      ['one named twice', ['README.md', 'README.md'], ['README.md']],
      ['a folder', ['apps/web'], ['apps/web/app.yaml', 'apps/web/crlf.yaml']],
      ['a deep folder', ['apps/api'], ['apps/api/app.yaml', 'apps/api/deep/er/folder/here/app.yaml']],
      ['a pattern', ['apps/*/app.yaml'], ['apps/api/app.yaml', 'apps/web/app.yaml']],
      ['a deep pattern', ['**/deep/**/*.yaml'], ['apps/api/deep/er/folder/here/app.yaml']],
      [
        'a file and its folder',
        ['apps/web/app.yaml', 'apps/web'],
        ['apps/web/app.yaml', 'apps/web/crlf.yaml'],
      ],
      ['everything', [''], Object.keys(FILES).sort()],
      ['nothing', [], []],
      ['what is not there', ['missing.yaml', 'missing/*.yaml', 'README.md/below'], []],
      ['a name that only begins alike', ['apps/we'], []],
      ['a name with a space', ['names/with space.yaml'], ['names/with space.yaml']],
      ['a name beyond ASCII', ['names/ümläut.yaml'], ['names/ümläut.yaml']],
    ])('%s', async (_, wanted, found) => {
      await using it = await stage();
      const snapshot = await it.repository.read(wanted, signal);
      expect(snapshot.head).toBe(await it.remote.head('main'));
      expect(paths(snapshot)).toEqual(found);
    });

    test('every byte, and object ids that git knows', async () => {
      const large = Buffer.alloc(2 * 1024 * 1024, 'a: 1 # line\n');
      await using it = await stage({ ...FILES, 'bytes/large.yaml': large });
      const { files } = await it.repository.read(['bytes'], signal);
      expect(files).toHaveLength(6);
      for (const { path, content, oid, mode } of files) {
        expect(Buffer.compare(content, await it.remote.readBytes('main', path))).toBe(0);
        expect(oid).toBe((await git(['rev-parse', `main:${path}`], { cwd: it.remote.directory })).trim());
        expect(mode).toBe('regular');
      }
    });

    test('the default branch when none is named, and says its name from then on', async () => {
      await using github = await startGitHub();
      const remote = await github.createRepository('acme/gitops', { defaultBranch: 'trunk' });
      await using repository = await open({
        github,
        repository: 'acme/gitops',
        branch: '',
        token: github.token,
      });
      const { head } = await repository.read(['README.md'], signal);
      expect(head).toBe(await remote.head('trunk'));
      expect(repository.name).toMatch(/acme\/gitops@trunk$/);
    });

    test('another branch, whatever its name', async () => {
      await using it = await stage(FILES, 'release/1.0+x');
      const id = await it.remote.commit('release/1.0+x', { 'README.md': 'other\n' });
      const snapshot = await it.repository.read(['README.md'], signal);
      expect(snapshot.head).toBe(id);
      expect(textOf(snapshot, 'README.md')).toBe('other\n');
    });

    test('the head anew each time', async () => {
      await using it = await stage();
      await it.repository.read(['README.md'], signal);
      const id = await it.remote.commit('main', { 'README.md': 'newer\n', 'new.md': 'new\n' });
      const snapshot = await it.repository.read(['README.md', 'new.md'], signal);
      expect(snapshot.head).toBe(id);
      expect([textOf(snapshot, 'README.md'), textOf(snapshot, 'new.md')]).toEqual(['newer\n', 'new\n']);
    });

    test('modes: an executable, a link, and a submodule where it is named', async () => {
      await using it = await stage();
      await withModes(it.remote.directory);
      expect(paths(await it.repository.read(['modes'], signal))).toEqual(['modes/link', 'modes/run.sh']);
      const { files } = await it.repository.read(['modes', 'modes/module'], signal);
      expect(files.map(({ path, mode, content }) => [path, mode, content.toString()])).toEqual([
        ['modes/link', 'symlink', '../README.md'],
        ['modes/module', 'submodule', ''],
        ['modes/run.sh', 'executable', 'hello\n'],
      ]);
    });

    test('again after a server in trouble', async () => {
      await using it = await stage();
      it.github.inject({ match: reads, times: 2, ...faults.serverError(502) });
      expect(paths(await it.repository.read(['README.md'], signal))).toEqual(['README.md']);
    });
  });

  describe('refuses with a sentence', () => {
    const refusal = (promise: Promise<unknown>) =>
      promise.then(
        () => 'it was taken',
        (error: Error) => `${error.name}: ${error.message}`,
      );

    test('a branch that is not there', async () => {
      await using it = await stage(FILES, 'nowhere');
      expect(await refusal(it.repository.read(['README.md'], signal))).toMatch(
        /^ConfigurationError: .*acme\/gitops.*nowhere.*[Cc]reate (?:it|the branch), or correct the input "branch"\.$/,
      );
    });

    test('a repository that is not there', async () => {
      await using it = await stage();
      await using repository = await open({ ...it.target, repository: 'acme/none' });
      expect(await refusal(repository.read(['README.md'], signal))).toMatch(
        /^ConfigurationError: Cannot read .*acme\/none.*does not exist or/,
      );
    });

    test('a repository without commits', async () => {
      await using github = await startGitHub();
      await github.createRepository('acme/gitops', { files: {} });
      await using repository = await open({
        github,
        repository: 'acme/gitops',
        branch: '',
        token: github.token,
      });
      expect(await refusal(repository.read([''], signal))).toMatch(
        /has no commits yet; push a first commit\.$/,
      );
    });

    test('a token nobody knows', async () => {
      await using it = await stage();
      await using repository = await open({ ...it.target, token: 'ghs_unknown' });
      const said = await refusal(repository.read(['README.md'], signal));
      expect(said).toMatch(/^ConfigurationError: Cannot read .*acme\/gitops@main: .*token/);
      expect(said).not.toContain('ghs_unknown');
    });

    test('a token that may only read', async () => {
      await using it = await stage();
      const token = it.github.issueToken({ permissions: { contents: 'read', metadata: 'read' } });
      await using repository = await open({ ...it.target, token });
      expect(await refusal(write(repository, 'README.md', 'x\n'))).toMatch(
        /^ConfigurationError: Cannot (?:commit|push) to .*acme\/gitops@main: .*`contents: write`/,
      );
      expect(await it.remote.read('main', 'README.md')).toBe('hello\n');
    });

    test('a protected branch', async () => {
      await using it = await stage();
      it.remote.protect('main');
      expect(await refusal(write(it.repository, 'README.md', 'x\n'))).toMatch(
        /^ConfigurationError: Cannot (?:commit|push) to .*acme\/gitops@main: .*rule violations.*The branch is protected: let /s,
      );
      expect(await it.remote.read('main', 'README.md')).toBe('hello\n');
    });

    test('to write a link or a submodule', async () => {
      await using it = await stage();
      const head = await withModes(it.remote.directory);
      for (const [path, kind] of [
        ['modes/link', 'symlink'],
        ['modes/module', 'submodule'],
      ] as const)
        expect(await refusal(write(it.repository, path, 'x\n'))).toBe(
          `ConfigurationError: ${path} is a ${kind}; only regular files are written.`,
        );
      expect(await it.remote.head('main')).toBe(head);
    });
  });

  describe('commits', () => {
    test('one commit on the head that was read, with message and trailers exactly', async () => {
      await using it = await stage();
      const base = await it.repository.read(['apps/web'], signal);
      const changes = [{ path: 'apps/web/app.yaml', content: 'image: web:v2\n' }];
      const commit = await it.repository.commit(base, changes, message, signal);
      const [newest] = await it.remote.log('main');
      expect(commit).toMatchObject({ kind: 'commit', id: newest?.sha });
      expect(newest?.parents).toEqual([base.head]);
      expect(newest?.message.trim()).toBe(`${message.headline}\n\n${message.body}`);
      expect(newest?.files).toEqual(['apps/web/app.yaml']);
      expect(newest?.author.name).toBe('github-actions[bot]');
    });

    test('bytes as they are given, and nothing else', async () => {
      await using it = await stage();
      const content = Buffer.from([0xef, 0xbb, 0xbf, 0x0d, 0x0a, 0xe9, 0x00, 0xff]);
      const before = await it.repository.read([''], signal);
      await write(it.repository, 'bytes/binary.bin', content);
      const after = await it.repository.read([''], signal);
      const changed = after.files.filter(({ oid }, index) => oid !== before.files[index]?.oid);
      expect(changed.map((file) => [file.path, file.content])).toEqual([['bytes/binary.bin', content]]);
    });

    test('2 MB', async () => {
      await using it = await stage();
      const content = Buffer.alloc(2 * 1024 * 1024, 'b: 2 # line\n');
      await write(it.repository, 'bytes/large.yaml', content);
      expect(
        Buffer.compare(await it.remote.readBytes('main', 'bytes/large.yaml').then(Buffer.from), content),
      ).toBe(0);
    });

    test.each([
      'names/with space.yaml',
      'names/ümläut.yaml',
      'names/quo"te.yaml',
      'names/[x].yaml',
      'new/folder/of its own/file.yaml',
      '-dash.yaml',
    ])('a file called %s', async (path) => {
      await using it = await stage();
      expect(await write(it.repository, path, 'new: 1\n')).toMatchObject({ kind: 'commit' });
      expect(await it.remote.read('main', path)).toBe('new: 1\n');
      expect(await it.remote.list('main')).toHaveLength(new Set([...Object.keys(FILES), path]).size);
    });

    test('a new file, a removal and a rename at once', async () => {
      await using it = await stage();
      const base = await it.repository.read([''], signal);
      const changes = [
        { path: 'apps/web/app.yaml', content: null },
        { path: 'apps/site/app.yaml', content: textOf(base, 'apps/web/app.yaml') ?? '' },
        { path: 'other/untouched.yaml', content: null },
        { path: 'brand-new.yaml', content: 'a: 1\n' },
      ];
      await it.repository.commit(base, changes, message, signal);
      const gone = new Set(['apps/web/app.yaml', 'other/untouched.yaml']);
      const expected = [
        ...Object.keys(FILES).filter((path) => !gone.has(path)),
        'apps/site/app.yaml',
        'brand-new.yaml',
      ];
      expect((await it.remote.list('main')).sort()).toEqual(expected.sort());
    });

    test('not to another branch', async () => {
      await using it = await stage();
      await it.remote.commit('side', { 'README.md': 'side\n' });
      await write(it.repository, 'README.md', 'main\n');
      expect(await it.remote.read('side', 'README.md')).toBe('side\n');
      expect((await it.remote.branches()).sort()).toEqual(['main', 'side']);
    });

    test('to the default branch when none is named', async () => {
      await using it = await stage(FILES, '');
      expect(await write(it.repository, 'README.md', 'new\n')).toMatchObject({ kind: 'commit' });
      expect(await it.remote.read('main', 'README.md')).toBe('new\n');
    });
  });

  describe('compare-and-swap', () => {
    test('a head that moved on: conflict, whatever file moved it', async () => {
      await using it = await stage();
      const base = await it.repository.read(['README.md'], signal);
      const head = await it.remote.commit('main', { 'other/untouched.yaml': 'a: 2\n' });
      const changes = [{ path: 'README.md', content: 'late\n' }];
      expect(await it.repository.commit(base, changes, message, signal)).toEqual({ kind: 'conflict' });
      expect(await it.remote.head('main')).toBe(head);
    });

    test('a head that moved back: conflict, because what was taken away must not come again', async () => {
      await using it = await stage();
      const first = await it.remote.head('main');
      await it.remote.commit('main', { 'README.md': 'a mistake\n' });
      const base = await it.repository.read(['other'], signal);
      await git(['update-ref', 'refs/heads/main', first], { cwd: it.remote.directory });
      const changes = [{ path: 'other/untouched.yaml', content: 'a: 2\n' }];
      expect(await it.repository.commit(base, changes, message, signal)).toEqual({ kind: 'conflict' });
      expect(await it.remote.head('main')).toBe(first);
    });

    test('of two writers with one base the first lands, and the second after a fresh read', async () => {
      await using it = await stage();
      await using second = await open(it.target);
      const [base, same] = [
        await it.repository.read(['README.md'], signal),
        await second.read(['README.md'], signal),
      ];
      const change = (content: string) => [{ path: 'README.md', content }];
      expect(await it.repository.commit(base, change('one\n'), message, signal)).toMatchObject({
        kind: 'commit',
      });
      expect(await second.commit(same, change('two\n'), message, signal)).toEqual({ kind: 'conflict' });
      const fresh = await second.read(['README.md'], signal);
      expect(textOf(fresh, 'README.md')).toBe('one\n');
      expect(await second.commit(fresh, change('two\n'), message, signal)).toMatchObject({ kind: 'commit' });
    });

    test('eight writers at once all land, and nobody undoes anybody', async () => {
      const names = Array.from({ length: 8 }, (_, index) => `app${index}`);
      await using it = await stage({ 'apps.yaml': names.map((name) => `${name}: v1\n`).join('') });
      await Promise.all(
        names.map(async (name) => {
          await using repository = await open(it.target);
          const edit = (snapshot: Snapshot) => {
            const text = textOf(snapshot, 'apps.yaml') ?? '';
            const content = text.replace(`${name}: v1`, `${name}: v2`);
            const changes = content === text ? [] : [{ path: 'apps.yaml', content }];
            return { changes, message: { headline: name, body: '' }, result: undefined };
          };
          await land(repository, edit, {
            paths: ['apps.yaml'],
            deadline: 60_000,
            signal,
            log,
            random: () => Math.random() / 3,
          });
        }),
      );
      expect(await it.remote.read('main', 'apps.yaml')).toBe(names.map((name) => `${name}: v2\n`).join(''));
      expect((await it.remote.log('main')).map((entry) => entry.message.trim()).sort()).toEqual([
        'Initial commit',
        ...names,
      ]);
    });
  });

  describe('a lost answer', () => {
    const commits = async (it: Awaited<ReturnType<typeof stage>>) => (await it.remote.log('main')).length;

    test.each([
      ['reset', faults.reset()],
      ['502', faults.serverError(502)],
    ])('after the work (%s): the commit is found', async (_, effect) => {
      await using it = await stage();
      it.github.inject({ match: writes, times: 1, after: true, ...effect });
      expect(await write(it.repository, 'README.md', 'new\n')).toMatchObject({
        kind: 'commit',
        id: await it.remote.head('main'),
      });
      expect(await commits(it)).toBe(2);
    });

    test('after the work, and others have written since: the commit is found below theirs', async () => {
      await using it = await stage();
      const others = it.remote;
      const moved = Promise.withResolvers<void>();
      it.github.inject({ match: writes, times: 1, after: true, hold: moved.promise });
      it.github.inject({ match: writes, times: 1, after: true, ...faults.reset() });
      const writing = write(it.repository, 'README.md', 'new\n');
      while ((await commits(it)) < 2) await new Promise((resolve) => setTimeout(resolve, 10));
      const ours = await it.remote.head('main');
      for (const text of ['a: 2\n', 'a: 3\n', 'a: 4\n'])
        await others.commit('main', { 'other/untouched.yaml': text });
      moved.resolve();
      expect(await writing).toMatchObject({ kind: 'commit', id: ours });
      expect(await commits(it)).toBe(5);
    });

    test.each([
      ['reset', faults.reset()],
      ['502', faults.serverError(502)],
    ])('before the work (%s): what is said of the commit is true', async (_, effect) => {
      await using it = await stage();
      const before = await it.remote.head('main');
      it.github.inject({ match: writes, times: 1, ...effect });
      // libcurl sends a push again by itself when a connection breaks that it had used before.
      const outcome = await write(it.repository, 'README.md', 'new\n');
      expect(await it.remote.head('main')).toBe(outcome.kind === 'commit' ? outcome.id : before);
      expect(await write(it.repository, 'README.md', 'newer\n')).toMatchObject({ kind: 'commit' });
      expect(await it.remote.read('main', 'README.md')).toBe('newer\n');
    });
  });

  describe('history', () => {
    test('the commits that touched a file, newest first, with parents and messages', async () => {
      await using it = await stage();
      const first = await it.remote.head('main');
      const second = await it.remote.commit(
        'main',
        { 'README.md': 'two\n' },
        { message: 'Two\n\nRelease: v2' },
      );
      await it.remote.commit('main', { 'other/untouched.yaml': 'a: 2\n' });
      await it.repository.read(['README.md'], signal);
      const entries = await it.repository.log(['README.md'], signal);
      expect(entries.map((entry) => [entry.id, entry.parent, entry.message.trim()])).toEqual([
        [second, first, 'Two\n\nRelease: v2'],
        [first, '', 'Initial commit'],
      ]);
    });

    test('of a file that is not there: none', async () => {
      await using it = await stage();
      await it.repository.read(['README.md'], signal);
      expect(await it.repository.log(['missing.yaml'], signal)).toEqual([]);
    });

    test('at most a hundred, however many came after', async () => {
      await using it = await stage();
      await manyCommits(it.remote.directory, 'other/untouched.yaml', 250);
      await it.repository.read(['README.md'], signal);
      expect((await it.repository.log(['README.md'], signal)).map((entry) => entry.message.trim())).toEqual([
        'Initial commit',
      ]);
      const entries = await it.repository.log(['other/untouched.yaml'], signal);
      expect(entries.map((entry) => entry.message.trim())).toEqual(
        Array.from({ length: 100 }, (_, index) => `Commit ${249 - index}`),
      );
    });

    test('of a folder, and of a pattern: of the folder that it cannot leave', async () => {
      await using it = await stage();
      const first = await it.remote.head('main');
      const web = await it.remote.commit('main', { 'apps/web/crlf.yaml': 'a: 2\r\n' });
      const api = await it.remote.commit('main', { 'apps/api/app.yaml': 'image: api:v2\n' });
      const other = await it.remote.commit('main', { 'other/untouched.yaml': 'a: 2\n' });
      await it.repository.read([''], signal);
      const ids = async (wanted: string[]) => (await it.repository.log(wanted, signal)).map(({ id }) => id);
      expect(await ids(['apps/web'])).toEqual([web, first]);
      expect(await ids(['apps/*/app.yaml'])).toEqual([api, web, first]);
      expect(await ids([''])).toEqual([other, api, web, first]);
      expect(await ids(['**/*.yaml'])).toEqual([other, api, web, first]);
      expect(await ids([])).toEqual([]);
    });

    test('of several paths: each commit once, in the order of the branch', async () => {
      await using it = await stage();
      const first = await it.remote.head('main');
      const made: string[] = [];
      for (const path of [
        'apps/web/app.yaml',
        'README.md',
        'other/untouched.yaml',
        'apps/web/app.yaml',
        'README.md',
      ])
        made.push(await it.remote.commit('main', { [path]: `${made.length}\n` }));
      made.push(await it.remote.commit('main', { 'README.md': 'both\n', 'apps/web/app.yaml': 'both\n' }));
      await it.repository.read([''], signal);
      const entries = await it.repository.log(
        ['README.md', 'apps/web', 'apps/web/app.yaml', 'missing'],
        signal,
      );
      expect(entries.map(({ id }) => id)).toEqual([
        ...made.filter((_, index) => index !== 2).reverse(),
        first,
      ]);
    });
  });

  describe('an earlier commit', () => {
    test('files as they stood there: file, folder and pattern, and nothing that came later', async () => {
      await using it = await stage();
      const first = await it.remote.head('main');
      const second = await it.remote.commit('main', {
        'apps/web/app.yaml': 'image: web:v2\n',
        'apps/web/new.yaml': 'a: 1\n',
      });
      await it.remote.commit('main', { 'apps/web/app.yaml': null, 'apps/web/new.yaml': 'a: 2\n' });
      await it.repository.read(['apps/web/app.yaml'], signal);
      const before = await it.repository.readAt(first, ['apps/web', 'README.md', '*/binary.bin'], signal);
      expect([before.head, paths(before)]).toEqual([
        first,
        ['README.md', 'apps/web/app.yaml', 'apps/web/crlf.yaml', 'bytes/binary.bin'],
      ]);
      expect(textOf(before, 'apps/web/app.yaml')).toBe('image: web:v1\n');
      expect(before.files.find(({ path }) => path === 'bytes/binary.bin')?.content).toEqual(
        Buffer.from(FILES['bytes/binary.bin'] ?? ''),
      );
      const then = await it.repository.readAt(second, ['apps/web/*.yaml'], signal);
      expect(textOf(then, 'apps/web/new.yaml')).toBe('a: 1\n');
      expect(paths(await it.repository.readAt(second, ['apps/none', 'README.md/below'], signal))).toEqual([]);
    });

    test('further back than the history that was read, on another branch, and the history afterwards', async () => {
      await using it = await stage();
      const first = await it.remote.head('main');
      await manyCommits(it.remote.directory, 'other/untouched.yaml', 150);
      const side = await it.remote.commit('side', { 'README.md': 'side\n' });
      await it.repository.read(['README.md'], signal);
      expect(textOf(await it.repository.readAt(first, ['other'], signal), 'other/untouched.yaml')).toBe(
        'a: 1\n',
      );
      expect(textOf(await it.repository.readAt(side, ['README.md'], signal), 'README.md')).toBe('side\n');
      expect(await it.repository.log(['other/untouched.yaml'], signal)).toHaveLength(100);
      const { head } = await it.repository.read(['README.md'], signal);
      expect(head).toBe(await it.remote.head('main'));
      expect(await write(it.repository, 'README.md', 'new\n')).toMatchObject({ kind: 'commit' });
    });

    test.each(['0123456789012345678901234567890123456789', 'main', '', '--all'])(
      'refuses %j, which is none',
      async (commit) => {
        await using it = await stage();
        await it.repository.read(['README.md'], signal);
        const said = await it.repository.readAt(commit, ['README.md'], signal).catch(String);
        expect(said).toMatch(
          /^ConfigurationError: The commit ".*" is not in .*acme\/gitops@main; pass the full id/,
        );
      },
    );
  });

  describe('ancestry', () => {
    const UNKNOWN = '0123456789012345678901234567890123456789';

    test('itself and what comes after, whoever merged it; nothing that came before, aside or from nowhere', async () => {
      await using it = await stage();
      const first = await it.remote.head('main');
      const second = await it.remote.commit('main', { 'README.md': 'two\n' });
      const side = await it.remote.commit('side', { 'README.md': 'side\n' });
      const third = await it.remote.commit('main', { 'README.md': 'three\n' });
      const merge = (
        await git(['commit-tree', `${third}^{tree}`, '-p', third, '-p', side, '-m', 'Merge side'], {
          cwd: it.remote.directory,
        })
      ).trim();
      await git(['update-ref', 'refs/heads/main', merge, third], { cwd: it.remote.directory });
      const is = (commit: string, candidate: string) => it.repository.isAtOrAfter(commit, candidate, signal);
      expect(
        await Promise.all([is(second, second), is(second, third), is(first, merge), is(side, merge)]),
      ).toEqual([true, true, true, true]);
      expect(await Promise.all([is(third, second), is(side, third), is(second, UNKNOWN)])).toEqual([
        false,
        false,
        false,
      ]);
      expect(
        await Promise.all(['main', '', 'v1', `${third}~1`, '--all'].map((text) => is(third, text))),
      ).toEqual([false, false, false, false, false]);
    });

    test('anew each time: a commit that came since', async () => {
      await using it = await stage();
      const first = await it.remote.head('main');
      expect(await it.repository.isAtOrAfter(first, first, signal)).toBe(true);
      await manyCommits(it.remote.directory, 'README.md', 120);
      const { head } = await it.repository.read(['README.md'], signal);
      expect(await it.repository.isAtOrAfter(first, head, signal)).toBe(true);
      expect(await it.repository.isAtOrAfter(head, first, signal)).toBe(false);
      expect(await it.repository.log(['README.md'], signal)).toHaveLength(100);
    });

    test.each([UNKNOWN, 'main', ''])(
      'refuses to compare with %j, which the repository does not have',
      async (commit) => {
        await using it = await stage();
        const head = await it.remote.head('main');
        for (const candidate of [head, UNKNOWN])
          expect(await it.repository.isAtOrAfter(commit, candidate, signal).catch(String)).toMatch(
            new RegExp(
              `^ConfigurationError: The commit "${commit}" is not in .*acme/gitops@main; pass the full id`,
            ),
          );
      },
    );

    test('a token that opens nothing is said, and is no "no"', async () => {
      await using it = await stage();
      await using repository = await open({ ...it.target, token: 'ghs_unknown' });
      const head = await it.remote.head('main');
      expect(await repository.isAtOrAfter(head, UNKNOWN, signal).catch(String)).toMatch(
        /^ConfigurationError: Cannot .*token/,
      );
    });
  });
});

/** Adds an executable, a link and a submodule; gives the new head. */
async function withModes(directory: string): Promise<string> {
  const link = await git(['hash-object', '-w', '--stdin'], { cwd: directory, input: '../README.md' });
  const hello = await git(['rev-parse', 'main:README.md'], { cwd: directory });
  const stream = [
    'commit refs/heads/main',
    'committer Octo Cat <octocat@example.com> 1700000000 +0000',
    'data 5',
    'modes',
    'from refs/heads/main^0',
    `M 120000 ${link.trim()} modes/link`,
    `M 100755 ${hello.trim()} modes/run.sh`,
    'M 160000 0123456789012345678901234567890123456789 modes/module',
    '',
  ].join('\n');
  await git(['fast-import', '--quiet'], { cwd: directory, input: stream });
  return (await git(['rev-parse', 'main'], { cwd: directory })).trim();
}

async function manyCommits(directory: string, path: string, count: number): Promise<void> {
  const commits = Array.from({ length: count }, (_, index) =>
    [
      'commit refs/heads/main',
      `committer Octo Cat <octocat@example.com> ${1_700_000_000 + index} +0000`,
      `data ${`Commit ${index}`.length}`,
      `Commit ${index}`,
      ...(index === 0 ? ['from refs/heads/main^0'] : []),
      `M 100644 inline ${path}`,
      `data ${`a: ${index}`.length}`,
      `a: ${index}`,
      '',
    ].join('\n'),
  );
  await git(['fast-import', '--quiet'], { cwd: directory, input: commits.join('') });
}
