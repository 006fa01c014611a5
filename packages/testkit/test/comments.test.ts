import { expect, test } from '@jest/globals';
import { startGitHub } from '../src/index.ts';
import { client } from './client.ts';

const EDITS = `query edits($id: ID!) {
  node(id: $id) { ... on IssueComment { body isMinimized viewerDidAuthor lastEditedAt author { login }
    userContentEdits(first: 10) { totalCount nodes { diff editor { login } } } } }
}`;

test('a comment keeps the whole text of every revision, newest first', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const pull = await repository.openPullRequest({ head: 'feature' });
  const { graphql } = client(github);
  const added = await graphql(
    'mutation ($id: ID!) { addComment(input: { subjectId: $id, body: "one" }) { commentEdge { node { id databaseId } } subject { id } } }',
    { id: pull.nodeId },
  );
  const { id } = added.data.addComment.commentEdge.node;
  expect((await graphql(EDITS, { id })).data.node.userContentEdits).toEqual({ totalCount: 0, nodes: [] });
  const update =
    'mutation edit($id: ID!, $body: String!) { updateIssueComment(input: { id: $id, body: $body }) { issueComment { id body } } }';
  await graphql(update, { id, body: 'two' });
  await graphql(update, { id, body: 'two' });
  await client(github, github.issueToken({ as: 'alice' })).graphql(update, { id, body: 'three' });

  const { node } = (await graphql(EDITS, { id })).data;
  expect(node).toMatchObject({ body: 'three', viewerDidAuthor: true, author: { login: 'github-actions' } });
  expect(node.userContentEdits.nodes).toEqual([
    { diff: 'three', editor: { login: 'alice' } },
    { diff: 'two', editor: { login: 'github-actions' } },
    { diff: 'one', editor: { login: 'github-actions' } },
  ]);
  expect(pull.comments()).toMatchObject([{ body: 'three', author: 'github-actions[bot]', edits: 2 }]);
});

test('hide, show, delete', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const issue = await repository.openIssue();
  const { nodeId: id } = await issue.addComment('text');
  const { graphql } = client(github);
  await graphql(
    'mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } } }',
    { id },
  );
  expect(issue.comments()[0]).toMatchObject({ minimized: true, minimizedReason: 'outdated', edits: 0 });
  await graphql(
    'mutation ($id: ID!) { unminimizeComment(input: { subjectId: $id }) { unminimizedComment { isMinimized } } }',
    { id },
  );
  expect(issue.comments()[0]?.minimized).toBe(false);
  await graphql('mutation ($id: ID!) { deleteIssueComment(input: { id: $id }) { clientMutationId } }', {
    id,
  });
  expect(issue.comments()).toEqual([]);
});

test('pages from both ends', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const pull = await repository.openPullRequest({ head: 'feature' });
  for (let number = 1; number <= 130; number += 1) await pull.addComment(`comment ${number}`);
  const { rest, graphql } = client(github);
  const page = await rest('GET', '/repos/acme/shop/issues/1/comments?per_page=100&page=2');
  expect(page.body).toHaveLength(30);
  expect(page.headers.get('link')).toMatch(/<[^>]*page=1[^>]*>; rel="prev"/);
  const { data } = await graphql(`{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) {
    head: comments(first: 100) { totalCount pageInfo { hasNextPage endCursor } nodes { body } }
    tail: comments(last: 100) { pageInfo { hasPreviousPage startCursor } nodes { body } } } } }`);
  const { head, tail } = data.repository.pullRequest;
  expect([head.totalCount, head.nodes[99].body, head.pageInfo.hasNextPage]).toEqual([
    130,
    'comment 100',
    true,
  ]);
  expect([tail.nodes[0].body, tail.pageInfo.hasPreviousPage]).toEqual(['comment 31', true]);
  const more = await graphql(
    'query ($after: String) { repository(owner: "acme", name: "shop") { pullRequest(number: 1) { comments(first: 100, after: $after) { nodes { body } } } } }',
    { after: head.pageInfo.endCursor },
  );
  expect(more.data.repository.pullRequest.comments.nodes).toHaveLength(30);
});

test('what is refused: a blank or too long text, a locked conversation', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const pull = await repository.openPullRequest({ head: 'feature' });
  const { rest } = client(github);
  const post = async (body: string) =>
    (await rest('POST', '/repos/acme/shop/issues/1/comments', { body })).status;
  expect(await post(' \n')).toBe(422);
  expect(await post('x'.repeat(65_537))).toBe(422);
  expect(await post('x'.repeat(65_536))).toBe(201);
  pull.lock();
  expect(await post('hello')).toBe(403);
});
