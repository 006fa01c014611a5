import { expect, test } from '@jest/globals';
import { git, startGitHub } from '../src/index.ts';
import { client } from './client.ts';

const COMPARE = '/repos/acme/shop/compare';
const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ message: `Change ${index}` }));

test('a comparison in pages: oldest first, files on the first page only', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const start = await repository.head('main');
  const ids = await repository.commitSeries('main', [
    ...numbered(204),
    { message: 'Write', files: { 'a.txt': 'a\n' } },
  ]);
  const { rest } = client(github);
  const page = (query: string) => rest('GET', `${COMPARE}/${start}...main${query}`);
  const pages = await Promise.all([1, 2, 3, 4].map((number) => page(`?per_page=100&page=${number}`)));
  const shas = pages.map(({ body }) => body.commits.map((one: { sha: string }) => one.sha));
  expect(shas.map(({ length }) => length)).toEqual([100, 100, 5, 0]);
  expect(shas.flat()).toEqual(ids);
  expect(pages.map(({ body }) => body.total_commits)).toEqual([205, 205, 205, 205]);
  expect(pages.map(({ body }) => body.files?.length)).toEqual([1, undefined, undefined, undefined]);
  expect(pages[0]?.headers.get('link')).toContain('page=3>; rel="last"');
  expect((await page('')).body.commits).toHaveLength(205);
});

test('a comparison names what a renamed file was called, and no more than 300 files', async () => {
  await using github = await startGitHub();
  const text = 'one\ntwo\nthree\nfour\n';
  const repository = await github.createRepository('acme/shop', {
    files: { 'a/old "name".txt': text, 'gone.txt': 'gone\n', 'b.bin': new Uint8Array([0, 1]) },
  });
  const start = await repository.head('main');
  await repository.commit('main', {
    'a/old "name".txt': null,
    'a/new.txt': `${text}five\n`,
    'gone.txt': null,
    'b.bin': new Uint8Array([0, 2]),
  });
  const { rest } = client(github);
  const { body } = await rest('GET', `${COMPARE}/${start}...main`);
  expect(body.files).toMatchObject([
    {
      status: 'renamed',
      filename: 'a/new.txt',
      previous_filename: 'a/old "name".txt',
      additions: 1,
      deletions: 0,
    },
    { status: 'modified', filename: 'b.bin', additions: 0, deletions: 0 },
    { status: 'removed', filename: 'gone.txt', additions: 0, deletions: 1 },
  ]);
  const many = Array.from({ length: 301 }, (_, index) => [`many/${index}.txt`, `${index}\n`]);
  await repository.commit('main', Object.fromEntries(many));
  expect((await rest('GET', `${COMPARE}/${start}...main`)).body.files).toHaveLength(300);
});

test('histories that never met are told so', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const other = await github.createRepository('acme/other', { files: { 'other.txt': 'other\n' } });
  await git(['fetch', other.directory, 'main:refs/heads/other'], { cwd: repository.directory });
  const { status, body } = await client(github).rest('GET', `${COMPARE}/main...other`);
  expect([status, body.message]).toEqual([404, 'No common ancestor between main and other.']);
});

test('tags over GraphQL: lightweight and annotated, in pages', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const commit = await repository.tag('v1.0.0');
  await repository.tag('v1.1.0', { message: 'Spring' });
  await repository.tag('orders/v1', { at: commit });
  const query = `query ($after: String) { repository(owner: "acme", name: "shop") {
    refs(refPrefix: "refs/tags/", first: 2, after: $after) {
      totalCount pageInfo { endCursor hasNextPage }
      nodes { name target { __typename oid ... on Tag { name message target { __typename oid } } } }
    }
  } }`;
  const { graphql } = client(github);
  const first = (await graphql(query)).data.repository.refs;
  const plain = { __typename: 'Commit', oid: commit };
  expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
  expect(first.nodes).toMatchObject([
    { name: 'orders/v1', target: plain },
    { name: 'v1.0.0', target: plain },
  ]);
  const second = (await graphql(query, { after: first.pageInfo.endCursor })).data.repository.refs;
  expect(second).toMatchObject({ pageInfo: { hasNextPage: false } });
  expect(second.nodes).toMatchObject([
    { name: 'v1.1.0', target: { __typename: 'Tag', name: 'v1.1.0', message: 'Spring', target: plain } },
  ]);
});

test('the history of a path, since a date', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const on = (day: number) => new Date(Date.UTC(2030, 0, day));
  const files = (name: string) => ({ [name]: 'text\n' });
  const ids = await repository.commitSeries('main', [
    { message: 'one', files: files('web/a'), date: on(1) },
    { message: 'two', files: files('api/a'), date: on(2) },
    { message: 'three', files: files('web/b'), date: on(3) },
  ]);
  const query = `{ repository(owner: "acme", name: "shop") { object(expression: "main") { ... on Commit {
    all: history(first: 9, path: "web") { totalCount }
    late: history(first: 9, path: "web", since: "2030-01-02T00:00:00Z") { nodes { oid } }
  } } } }`;
  const { data } = await client(github).graphql(query);
  expect(data.repository.object).toEqual({ all: { totalCount: 2 }, late: { nodes: [{ oid: ids[2] }] } });
});
