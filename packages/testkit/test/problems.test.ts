import { expect, test } from '@jest/globals';
import { startGitHub } from '../src/index.ts';
import { client } from './client.ts';

async function problemOf(ask: (client_: ReturnType<typeof client>) => Promise<unknown>): Promise<string> {
  const github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  await repository.openPullRequest({ head: 'feature' });
  await ask(client(github));
  const problems = github.problems();
  await expect(github.close()).rejects.toThrow(problems[0] ?? 'a problem was expected');
  return problems.join('\n');
}

test('a REST route that is not there', async () => {
  const asked = problemOf(({ rest }) => rest('GET', '/repos/acme/shop/hooks'));
  expect(await asked).toBe('GET /api/v3/repos/acme/shop/hooks is not implemented');
});

test('a REST body that breaks the OpenAPI description', async () => {
  const asked = problemOf(({ rest }) => rest('POST', '/repos/acme/shop/issues/1/comments', { text: 'x' }));
  expect(await asked).toContain("must have required property 'body'");
});

test('a REST query that the OpenAPI description does not know', async () => {
  const asked = problemOf(({ rest }) => rest('GET', '/repos/acme/shop/pulls?stat=open'));
  expect(await asked).toContain('must NOT have additional properties {"additionalProperty":"stat"}');
});

test('a GraphQL field that GitHub does not have', async () => {
  const asked = problemOf(({ graphql }) => graphql('{ viewer { logn } }'));
  expect(await asked).toContain('Cannot query field "logn" on type "User"');
});

test('a GraphQL field that the kit does not have', async () => {
  const asked = problemOf(({ graphql }) =>
    graphql('{ repository(owner: "acme", name: "shop") { forkCount } }'),
  );
  expect(await asked).toContain('testkit: field Repository.forkCount is not implemented');
});

test('a GraphQL syntax error', async () => {
  const asked = problemOf(({ graphql }) => graphql('{ viewer '));
  expect(await asked).toContain('Syntax Error');
});
