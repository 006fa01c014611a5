import { type Repository, type GitHub as Server, startGitHub } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import {
  createGitHub,
  listTags,
  openCommitRange,
  type RangePlace,
  readCommitRange,
} from '../../src/github/index.ts';

interface Stage extends AsyncDisposable {
  readonly server: Server;
  readonly repository: Repository;
  readonly place: RangePlace;
}

async function stage(): Promise<Stage> {
  const server = await startGitHub();
  const repository = await server.createRepository('acme/shop');
  const { token, apiUrl, graphqlUrl } = server;
  const say = () => undefined;
  const github = await createGitHub({
    token,
    apiUrl,
    graphqlUrl,
    log: { debug: say, info: say, notice: say, warning: say },
    signal: new AbortController().signal,
    fetch,
    backOffUnit: 1,
  });
  const place = { github, repository: { owner: 'acme', repo: 'shop' } };
  return { server, repository, place, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => ({ message: `${index}` }));

describe('tags', () => {
  test('are told by the commit they are on, annotated ones too, page by page', async () => {
    await using one = await stage();
    const first = await one.repository.tag('a/b');
    const second = await one.repository.commit('main', { 'a.txt': 'a' });
    await one.repository.tag('v1', { message: 'Annotated' });
    for (let number = 0; number < 120; number += 1) await one.repository.tag(`x${number}`, { at: first });
    const tags = await listTags(one.place.github, one.place.repository);
    expect(tags).toHaveLength(122);
    expect(tags.slice(0, 2)).toEqual([
      { name: 'a/b', commit: first },
      { name: 'v1', commit: second },
    ]);
    expect(one.server.requests()).toHaveLength(2);
  });

  test('of a repository without any', async () => {
    await using one = await stage();
    expect(await listTags(one.place.github, one.place.repository)).toEqual([]);
  });

  test('of a repository that the token does not see', async () => {
    await using one = await stage();
    await expect(listTags(one.place.github, { owner: 'acme', repo: 'other' })).rejects.toThrow(
      "Cannot read the tags of acme/other: Could not resolve to a Repository with the name 'acme/other'.",
    );
  });
});

describe('a range', () => {
  test('opens when the tag is an ancestor or the commit itself, and else not', async () => {
    await using one = await stage();
    const start = await one.repository.head('main');
    const side = await one.repository.commit('side', { 's.txt': 's' });
    const [next = ''] = await one.repository.commitSeries('main', numbered(1));
    const open = (commit: string, to: string) => openCommitRange(one.place, { name: 'v1', commit }, to);
    expect(await open(start, next)).toMatchObject({ total: 1, first: [{ sha: next, parents: [start] }] });
    expect(await open(next, next)).toMatchObject({ total: 0, first: [] });
    expect(await open(next, start)).toBeUndefined();
    expect(await open(side, next)).toBeUndefined();
  });

  test('is read whole and in order', async () => {
    await using one = await stage();
    const commit = await one.repository.head('main');
    const ids = await one.repository.commitSeries('main', numbered(1234));
    const range = await openCommitRange(one.place, { name: 'v1', commit }, ids.at(-1) ?? '');
    expect(range?.first).toHaveLength(100);
    const commits = range && (await readCommitRange(one.place, range));
    expect(commits?.map(({ sha }) => sha)).toEqual(ids);
    expect(one.server.requests()).toHaveLength(13);
  });

  test('with a page that comes empty or twice is an error, not a shorter range', async () => {
    await using one = await stage();
    const commit = await one.repository.head('main');
    const ids = await one.repository.commitSeries('main', numbered(250));
    const to = ids.at(-1) ?? '';
    const range = await openCommitRange(one.place, { name: 'v1', commit }, to);
    if (range === undefined) throw new Error('The range did not open.');
    const body = await (
      await fetch(`${one.server.apiUrl}/repos/acme/shop/compare/${commit}...${to}?per_page=100`, {
        headers: { authorization: `token ${one.server.token}` },
      })
    ).json();
    for (const commits of [[], (body as { commits: unknown[] }).commits]) {
      const remove = one.server.inject({
        match: ({ path }) => path.includes('page=3'),
        status: 200,
        body: { ...(body as object), commits },
      });
      await expect(readCommitRange(one.place, range)).rejects.toThrow(
        `GitHub gave 200 of the 250 commits between v1 and ${to} of acme/shop; re-run the job.`,
      );
      remove();
    }
  });

  test('of more commits than are read names its tag', async () => {
    await using one = await stage();
    const range = { since: { name: 'v1', commit: 'a' }, to: 'b', total: 20_001, first: [] };
    await expect(readCommitRange(one.place, range)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message:
        'acme/shop has 20001 commits between the tag "v1" and b, and at most 20000 are read; tag a newer commit.',
    });
    expect(one.server.requests()).toEqual([]);
  });

  test('a broken connection on a page is tried again', async () => {
    await using one = await stage();
    const commit = await one.repository.head('main');
    const ids = await one.repository.commitSeries('main', numbered(150));
    const range = await openCommitRange(one.place, { name: 'v1', commit }, ids.at(-1) ?? '');
    one.server.inject({ match: 'GET /repos/{owner}/{repo}/compare/{basehead}', times: 1, reset: true });
    expect(range && (await readCommitRange(one.place, range))).toHaveLength(150);
  });
});
