import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { git, startGitHub, temporaryDirectory } from '../src/index.ts';

const address = (url: string, token: string) => url.replace('http://', `http://x-access-token:${token}@`);

test('a clone sees what the API wrote, and the API sees what git pushed', async () => {
  await using github = await startGitHub();
  await using folder = await temporaryDirectory();
  const repository = await github.createRepository('acme/shop', { files: { 'a.txt': 'one\n' } });
  await repository.commit('main', { 'b/c.txt': 'two\n', 'a.txt': null });
  const work = join(folder.path, 'shop');
  await git(['clone', '--quiet', address(repository.cloneUrl, github.token), work]);
  expect(await readFile(join(work, 'b/c.txt'), 'utf8')).toBe('two\n');

  await writeFile(join(work, 'b/c.txt'), 'three\n');
  await git(['commit', '--quiet', '-am', 'By hand'], { cwd: work });
  await git(['push', '--quiet'], { cwd: work });

  expect(await repository.read('main', 'b/c.txt')).toBe('three\n');
  const log = await repository.log('main');
  expect(log.map(({ message, files }) => [message, files])).toEqual([
    ['By hand', ['b/c.txt']],
    ['Change b/c.txt, a.txt', ['a.txt', 'b/c.txt']],
    ['Initial commit', ['a.txt']],
  ]);
  expect(github.gitRequests().some((one) => one.service === 'git-receive-pack' && one.status === 200)).toBe(
    true,
  );
  expect(github.requests()).toEqual([]);
});

test('a push from an old head is rejected by git itself', async () => {
  await using github = await startGitHub();
  await using folder = await temporaryDirectory();
  const repository = await github.createRepository('acme/shop');
  const work = join(folder.path, 'shop');
  await git(['clone', '--quiet', address(repository.cloneUrl, github.token), work]);
  await repository.commit('main', { 'a.txt': 'by another\n' });
  await git(['commit', '--quiet', '--allow-empty', '-m', 'Late'], { cwd: work });
  await expect(git(['push', '--quiet'], { cwd: work })).rejects.toThrow('rejected');
});

test('who may push: write access, to an open branch, of a repository that is not archived', async () => {
  await using github = await startGitHub();
  await using folder = await temporaryDirectory();
  const repository = await github.createRepository('acme/shop', { private: true });
  const reader = github.issueToken({ permissions: { contents: 'read' } });
  const work = join(folder.path, 'shop');
  await expect(git(['clone', '--quiet', repository.cloneUrl, work])).rejects.toThrow(
    'could not read Username',
  );
  await git(['clone', '--quiet', address(repository.cloneUrl, reader), work]);
  await git(['commit', '--quiet', '--allow-empty', '-m', 'Change'], { cwd: work });
  const push = (token: string) =>
    git(['push', '--quiet', address(repository.cloneUrl, token), 'main'], { cwd: work });
  await expect(push(reader)).rejects.toThrow('403');
  await expect(push('ghs_unknown')).rejects.toThrow(/401|could not read|Authentication failed/);
  repository.protect('main');
  await expect(push(github.token)).rejects.toThrow('GH013');
  repository.archive();
  await expect(push(github.token)).rejects.toThrow('403');
});

test('a push to the head branch moves its pull request', async () => {
  await using github = await startGitHub();
  await using folder = await temporaryDirectory();
  const repository = await github.createRepository('acme/shop');
  const pull = await repository.openPullRequest({ head: 'feature', files: { 'f.txt': '1\n' } });
  const before = await pull.headSha();
  const work = join(folder.path, 'shop');
  await git(['clone', '--quiet', '--branch', 'feature', address(repository.cloneUrl, github.token), work]);
  await git(['commit', '--quiet', '--allow-empty', '-m', 'More'], { cwd: work });
  await git(['push', '--quiet'], { cwd: work });
  expect(await pull.headSha()).not.toBe(before);
  expect(await pull.headSha()).toBe(await repository.head('feature'));
});
