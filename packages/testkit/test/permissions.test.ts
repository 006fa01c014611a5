import { expect, test } from '@jest/globals';
import { startGitHub } from '../src/index.ts';
import { client } from './client.ts';

test('an unknown or revoked token is 401, on REST and GraphQL', async () => {
  await using github = await startGitHub();
  await github.createRepository('acme/shop');
  const token = github.issueToken();
  github.revokeToken(token);
  const { rest, graphql } = client(github, token);
  expect(await rest('GET', '/repos/acme/shop')).toMatchObject({
    status: 401,
    body: { message: 'Bad credentials' },
  });
  expect(await graphql('{ viewer { login } }')).toMatchObject({ message: 'Bad credentials' });
});

test('a private repository that a token does not cover is not there', async () => {
  await using github = await startGitHub();
  await github.createRepository('acme/secret', { private: true });
  await github.createRepository('acme/open');
  const { rest, graphql } = client(github, github.issueToken({ repositories: ['acme/open'] }));
  expect((await rest('GET', '/repos/acme/secret')).status).toBe(404);
  expect((await rest('GET', '/repos/acme/open')).status).toBe(200);
  const { data, errors } = await graphql('{ repository(owner: "acme", name: "secret") { id } }');
  expect(data).toEqual({ repository: null });
  expect(errors[0]).toMatchObject({ type: 'NOT_FOUND', path: ['repository'] });
  expect((await client(github, '').rest('GET', '/repos/acme/secret')).status).toBe(404);
});

test('a missing permission says which one would do', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop', { private: true });
  const pull = await repository.openPullRequest({ head: 'feature' });
  const { rest, graphql } = client(github, github.issueToken({ permissions: { pull_requests: 'read' } }));
  const refused = await rest('POST', '/repos/acme/shop/issues/1/comments', { body: 'hello' });
  expect(refused).toMatchObject({ status: 403, body: { message: 'Resource not accessible by integration' } });
  expect(refused.headers.get('x-accepted-github-permissions')).toBe('issues=write; pull_requests=write');
  const add = 'mutation ($id: ID!) { addComment(input: { subjectId: $id, body: "x" }) { subject { id } } }';
  expect((await graphql(add, { id: pull.nodeId })).errors[0].type).toBe('FORBIDDEN');
  expect((await rest('GET', '/repos/acme/shop/pulls/1')).status).toBe(200);
  expect((await rest('GET', '/repos/acme/shop/contents/README.md')).status).toBe(403);
});

test('reading a public repository needs no permission, writing needs a token', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  await repository.openIssue();
  const { rest } = client(github, '');
  expect((await rest('GET', '/repos/acme/shop/contents/README.md')).status).toBe(200);
  expect((await rest('POST', '/repos/acme/shop/issues/1/comments', { body: 'x' })).status).toBe(401);
});

test('an archived repository is read-only', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop', { archived: true });
  await repository.openIssue();
  const answer = await client(github).rest('POST', '/repos/acme/shop/issues/1/comments', { body: 'x' });
  expect(answer).toMatchObject({
    status: 403,
    body: { message: 'Repository was archived so is read-only.' },
  });
});

test('pull_requests: write comments on pull requests, not on issues', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  await repository.openPullRequest({ head: 'feature' });
  await repository.openIssue();
  const { rest } = client(github, github.issueToken({ permissions: { pull_requests: 'write' } }));
  expect((await rest('POST', '/repos/acme/shop/issues/1/comments', { body: 'x' })).status).toBe(201);
  expect((await rest('POST', '/repos/acme/shop/issues/2/comments', { body: 'x' })).status).toBe(403);
});
