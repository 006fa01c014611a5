import { startGitHub } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { createGitHub, readChangedFiles } from '../../src/github/index.ts';

const log = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };
const TEXT = Array.from({ length: 20 }, (_, line) => `line ${line}\n`).join('');

async function stage(files: Record<string, string> = {}) {
  const github = await startGitHub();
  const repository = await github.createRepository('acme/shop', { files: { 'a.txt': TEXT, ...files } });
  const { token, apiUrl, graphqlUrl } = github;
  const { signal } = new AbortController();
  const client = await createGitHub({ token, apiUrl, graphqlUrl, log, signal, backOffUnit: 2 });
  const read = (base: string, head: string) =>
    readChangedFiles(client, { owner: 'acme', repo: 'shop' }, base, head);
  return { repository, read, github, [Symbol.asyncDispose]: () => github.close() };
}

describe('the files that a commit changed', () => {
  test('added, changed, removed, renamed under both names', async () => {
    await using it = await stage({ 'b.txt': 'b\n', 'c.txt': 'c\n', 'd.txt': 'd\n' });
    await it.repository.commit('next', {
      'b.txt': 'other\n',
      'c.txt': null,
      'new/a.txt': TEXT,
      'a.txt': null,
      'e.txt': 'e\n',
    });
    const { status, files } = await it.read('main', 'next');
    expect(status).toBe('ahead');
    expect(files?.toSorted()).toEqual(['a.txt', 'b.txt', 'c.txt', 'e.txt', 'new/a.txt']);
    expect(it.github.requests().length).toBe(1);
  });

  test.each([
    ['main', 'main', 'identical', []],
    ['next', 'main', 'behind', []],
    ['other', 'next', 'diverged', ['next.txt']],
  ])('%s...%s is %s', async (base, head, status, files) => {
    await using it = await stage();
    await it.repository.commit('next', { 'next.txt': '1' });
    await it.repository.commit('other', { 'other.txt': '1' });
    expect(await it.read(base, head)).toEqual({ status, files });
  });

  test.each([
    [299, 299],
    [300, undefined],
    [310, undefined],
  ])('of %i files GitHub may not tell all', async (count, told) => {
    await using it = await stage();
    const files = Array.from({ length: count }, (_, index) => [`f/${index}`, `${index}\n`]);
    await it.repository.commit('next', Object.fromEntries(files));
    expect((await it.read('main', 'next')).files?.length).toBe(told);
  });

  test('many commits are one request', async () => {
    await using it = await stage();
    const commits = Array.from({ length: 40 }, (_, n) => ({
      message: `${n}`,
      files: { [`f/${n % 7}`]: `${n}` },
    }));
    const first = await it.repository.head('main');
    await it.repository.commitSeries('main', commits);
    expect((await it.read(first, 'main')).files?.length).toBe(7);
    expect(it.github.requests().length).toBe(1);
  });

  test('a commit that does not exist is a 404', async () => {
    await using it = await stage();
    await expect(it.read('a'.repeat(40), 'main')).rejects.toMatchObject({ status: 404 });
  });

  test('without an answer of GitHub nothing is taken for "no files"', async () => {
    await using it = await stage();
    it.github.inject({ match: /compare/, status: 200, body: { files: [] } });
    await expect(it.read('main', 'main')).rejects.toThrow('the answer is not one of GitHub');
  });
});
