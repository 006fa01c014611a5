import { describe, expect, test } from '@jest/globals';
import { faults, type GitHub, startGitHub } from '../src/index.ts';
import { COMMIT, client, oneFile } from './client.ts';

const LABELS = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels';

async function prepared() {
  const github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const pull = await repository.openPullRequest({ head: 'feature' });
  const label = (name: string) =>
    client(github).rest('POST', '/repos/acme/shop/issues/1/labels', { labels: [name] });
  return { github, repository, pull, label };
}

test('a failure before the work changes nothing; after it, everything is done', async () => {
  const { github, pull, label } = await prepared();
  github.inject({ match: LABELS, times: 1, ...faults.serverError(502) });
  expect((await label('a')).status).toBe(502);
  expect(pull.labels).toEqual([]);
  github.inject({ match: LABELS, times: 1, after: true, ...faults.serverError(500) });
  expect((await label('a')).status).toBe(500);
  expect(pull.labels).toEqual(['a']);
  expect((await label('b')).status).toBe(200);
  expect(github.requests().map(({ route, status }) => [route, status])).toEqual([
    [LABELS, 502],
    [LABELS, 500],
    [LABELS, 200],
  ]);
  await github.close();
});

test('limits carry the headers that clients wait by', async () => {
  const { github, label } = await prepared();
  const remove = github.inject({ match: /labels$/, ...faults.secondaryLimit(7) });
  const limited = await label('a');
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([403, '7']);
  expect(limited.body.message).toContain('secondary rate limit');
  remove();
  github.inject({
    match: (request) => request.method === 'POST',
    times: 1,
    ...faults.primaryLimit(new Date(60_000), 429),
  });
  const used = await label('a');
  expect([used.status, used.headers.get('x-ratelimit-remaining')]).toEqual([429, '0']);
  expect(used.headers.get('x-ratelimit-reset')).toBe('60');
  await github.close();
});

test('a connection is cut before or after the work', async () => {
  const { github, pull, label } = await prepared();
  github.inject({ match: LABELS, times: 1, ...faults.reset() });
  await expect(label('a')).rejects.toThrow('fetch failed');
  expect(pull.labels).toEqual([]);
  github.inject({ match: LABELS, times: 1, ...faults.reset({ after: true }) });
  await expect(label('a')).rejects.toThrow('fetch failed');
  expect(pull.labels).toEqual(['a']);
  expect(github.requests().map(({ status }) => status)).toEqual([0, 0]);
  await github.close();
});

test('one writer is held back while another passes', async () => {
  const { github, label } = await prepared();
  const gate = Promise.withResolvers<void>();
  github.inject({ match: LABELS, times: 1, hold: gate.promise });
  const slow = label('slow');
  expect((await label('quick')).body.map((one: { name: string }) => one.name)).toEqual(['quick']);
  gate.resolve();
  expect((await slow).body.map((one: { name: string }) => one.name)).toEqual(['quick', 'slow']);
  await github.close();
});

test('latency and delay are waited for', async () => {
  await using github = await startGitHub({ latency: 30 });
  await github.createRepository('acme/shop');
  const { rest } = client(github);
  await rest('GET', '/repos/acme/shop');
  github.inject({ match: 'GET /repos/{owner}/{repo}', delay: 40 });
  await rest('GET', '/repos/acme/shop');
  const [first, second] = github.requests().map(({ ms }) => ms);
  expect(first).toBeGreaterThanOrEqual(29);
  expect(second).toBeGreaterThanOrEqual(69);
});

test('stale reads show an earlier head and earlier comments; writes still compare with the real one', async () => {
  const { github, repository, pull } = await prepared();
  const old = await repository.head('main');
  const head = await repository.commit('main', { 'a.txt': '1\n' });
  await pull.addComment('first');
  await pull.addComment('second');
  const query =
    '{ repository(owner: "acme", name: "shop") { ref(qualifiedName: "refs/heads/main") { target { oid } } pullRequest(number: 1) { comments(first: 10) { nodes { body } } } } }';
  const { graphql, rest } = client(github);
  const remove = github.inject({ match: 'graphql repository', stale: 1 });
  const { data } = await graphql(query);
  expect(data.repository.ref.target.oid).toBe(old);
  expect(data.repository.pullRequest.comments.nodes).toEqual([{ body: 'first' }]);
  remove();
  github.inject({ match: 'GET /repos/{owner}/{repo}/git/ref/{ref}', times: 1, stale: 1 });
  expect((await rest('GET', '/repos/acme/shop/git/ref/heads/main')).body.object.sha).toBe(old);
  expect((await rest('GET', '/repos/acme/shop/git/ref/heads/main')).body.object.sha).toBe(head);
  github.inject({ match: 'graphql commit', stale: 1 });
  expect((await graphql(COMMIT, oneFile('a.txt', '2\n', old))).errors[0].type).toBe('STALE_DATA');
  await github.close();
});

test('content writes are limited per login', async () => {
  const { github, label } = await prepared();
  github.limitContentWrites({ perMinute: 2 });
  const statuses = [await label('a'), await label('b'), await label('c')].map(({ status }) => status);
  expect(statuses).toEqual([200, 200, 403]);
  const other = client(github, github.issueToken({ as: 'alice' }));
  expect((await other.rest('POST', '/repos/acme/shop/issues/1/labels', { labels: ['c'] })).status).toBe(200);
  expect((await other.rest('GET', '/repos/acme/shop/issues/1')).status).toBe(200);
  github.limitContentWrites(null);
  expect((await label('c')).status).toBe(200);
  await github.close();
});

describe('faults of git', () => {
  const advertise = (github: GitHub) =>
    fetch(`${github.url}/acme/shop.git/info/refs?service=git-upload-pack`).then(
      async (response) => `${response.status} ${(await response.text()).slice(0, 30)}`,
      () => 'cut',
    );
  const FINE = '200 001e# service=git-upload-pack\n';

  test.each<[string, Parameters<GitHub['inject']>[0], string[]]>([
    ['before', { match: 'git GET git-upload-pack', times: 1, ...faults.serverError(502) }, ['502 ', FINE]],
    [
      'after',
      { match: 'git GET git-upload-pack', times: 1, after: true, ...faults.serverError(502) },
      ['502 ', FINE],
    ],
    ['cut', { match: /^git GET/, times: 1, ...faults.reset() }, ['cut', FINE]],
    ['late', { match: /^git GET/, times: 1, after: true, delay: 5 }, [FINE, FINE]],
    ['another request', { match: 'git POST git-receive-pack', ...faults.reset() }, [FINE, FINE]],
    ['a function', { match: () => true, ...faults.reset() }, [FINE, FINE]],
  ])('%s', async (_, fault, expected) => {
    await using github = await startGitHub();
    await github.createRepository('acme/shop');
    github.inject(fault);
    expect([await advertise(github), await advertise(github)]).toEqual(expected);
    expect(github.gitRequests().map(({ route }) => route)).toEqual(
      expected.map(() => 'git GET git-upload-pack'),
    );
  });

  test('git waits as long as the API', async () => {
    await using github = await startGitHub({ latency: 50 });
    await github.createRepository('acme/shop');
    const started = performance.now();
    await advertise(github);
    expect(performance.now() - started).toBeGreaterThanOrEqual(49);
  });
});
