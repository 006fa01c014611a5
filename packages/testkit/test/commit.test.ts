import { expect, test } from '@jest/globals';
import { startGitHub } from '../src/index.ts';
import { COMMIT, client, oneFile } from './client.ts';

test('createCommitOnBranch commits on the head it expects', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop', {
    files: { 'a.yaml': 'x: 1\n', 'old.yaml': '' },
  });
  const head = await repository.head('main');
  const variables = oneFile('dir/b.yaml', 'y: 2\n', head);
  const changes = { ...variables.changes, deletions: [{ path: 'old.yaml' }] };
  const { data } = await client(github).graphql(COMMIT, { ...variables, changes });
  expect(data.createCommitOnBranch.commit.message).toBe('Change\n\nRelease: v1');
  expect(data.createCommitOnBranch.ref).toEqual({
    name: 'main',
    target: { oid: await repository.head('main') },
  });
  expect(await repository.list('main')).toEqual(['a.yaml', 'dir/b.yaml']);
  expect((await repository.log('main'))[0]?.parents).toEqual([head]);
});

test('another head is STALE_DATA, and nothing is written', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const old = await repository.head('main');
  const actual = await repository.commit('main', { 'a.txt': 'first\n' });
  const { data, errors } = await client(github).graphql(COMMIT, oneFile('a.txt', 'second\n', old));
  expect(data).toEqual({ createCommitOnBranch: null });
  expect(errors[0]).toMatchObject({ type: 'STALE_DATA', path: ['createCommitOnBranch'] });
  expect(errors[0].message).toContain(`Expected branch to point to "${actual}"`);
  expect(await repository.head('main')).toBe(actual);
});

test('sixteen writers with the same head: one lands, fifteen are told', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const head = await repository.head('main');
  const { graphql } = client(github);
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, index) => graphql(COMMIT, oneFile('a.txt', `${index}\n`, head))),
  );
  expect(answers.filter(({ errors }) => errors?.[0].type === 'STALE_DATA')).toHaveLength(15);
  expect(await repository.log('main')).toHaveLength(2);
});

test('what stops a commit', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const head = await repository.head('main');
  const typeOf = async (variables: Record<string, unknown>, token = github.token) =>
    (await client(github, token).graphql(COMMIT, variables)).errors[0].type;
  const variables = oneFile('a.txt', 'a\n', head);
  expect(await typeOf(oneFile('a.txt', 'a\n', head, 'nowhere'))).toBe('NOT_FOUND');
  expect(
    await typeOf({ ...variables, branch: { repositoryNameWithOwner: 'acme/no', branchName: 'main' } }),
  ).toBe('NOT_FOUND');
  expect(await typeOf(variables, github.issueToken({ permissions: { contents: 'read' } }))).toBe('FORBIDDEN');
  expect(await typeOf({ ...variables, changes: { deletions: [{ path: 'none' }] } })).toBe('UNPROCESSABLE');
  repository.protect('main');
  expect(await typeOf(variables)).toBe('UNPROCESSABLE');
  repository.archive();
  expect(await typeOf(variables)).toBe('FORBIDDEN');
  expect(await repository.head('main')).toBe(head);
});

test('files of any name and content come back byte for byte', async () => {
  await using github = await startGitHub();
  const files = { 'a "quoted" \\ name.txt': '\r\n', 'ü/空.bin': new Uint8Array([0, 255, 10]), '-rf': 'x' };
  const repository = await github.createRepository('acme/shop', { files });
  expect(new Set(await repository.list('main'))).toEqual(new Set(Object.keys(files)));
  expect([...(await repository.readBytes('main', 'ü/空.bin'))]).toEqual([0, 255, 10]);
  const { rest, graphql } = client(github);
  const raw = await rest(
    'GET',
    '/repos/acme/shop/contents/-rf',
    undefined,
    'application/vnd.github.raw+json',
  );
  expect(raw.body).toBe('x');
  const { data } = await graphql(
    '{ repository(owner: "acme", name: "shop") { object(expression: "main:ü/空.bin") { ... on Blob { text isBinary isTruncated byteSize } } } }',
  );
  expect(data.repository.object).toEqual({ text: null, isBinary: true, isTruncated: false, byteSize: 3 });
});

test('git data over REST: blob, tree, commit, ref', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop', {
    files: { 'a.txt': 'a\n', 'b.txt': 'b\n' },
  });
  const head = await repository.head('main');
  const { rest } = client(github);
  const blob = await rest('POST', '/repos/acme/shop/git/blobs', { content: 'bmV3Cg==', encoding: 'base64' });
  const entries = [
    { path: 'n/c.txt', mode: '100644', type: 'blob', sha: blob.body.sha },
    { path: 'a.txt', mode: '100644', type: 'blob', sha: null },
  ];
  const tree = await rest('POST', '/repos/acme/shop/git/trees', { base_tree: head, tree: entries });
  const commit = await rest('POST', '/repos/acme/shop/git/commits', {
    message: 'By parts',
    tree: tree.body.sha,
    parents: [head],
  });
  const moved = await rest('PATCH', '/repos/acme/shop/git/refs/heads/main', { sha: commit.body.sha });
  expect([blob, tree, commit, moved].map(({ status }) => status)).toEqual([201, 201, 201, 200]);
  expect(await repository.list('main')).toEqual(['b.txt', 'n/c.txt']);
  const back = await rest('PATCH', '/repos/acme/shop/git/refs/heads/main', { sha: head });
  expect([back.status, back.body.message]).toEqual([422, 'Update is not a fast forward']);
});
