import { runAction, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';

const tags = { 'version-from': 'tags' };

test('a version from tags, with its notes, as id and in the images', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  await repository.tag('v1.2.0');
  await repository.commitSeries('main', [
    { message: 'fix: round prices (#7)' },
    { message: 'feat(cart): SHOP-12 gift cards' },
  ]);
  const inputs = {
    ...tags,
    format: 'v{{version}}',
    'image-prefix': 'ghcr.io/acme/shop',
    'ticket-url': 'https://acme.example.com/browse/{{ticket}}',
  };
  const run = await runAction('release-id', { github, repository, inputs });
  expect(run.annotations).toEqual([]);
  expect(run.outputs).toMatchObject({ id: 'v1.3.0', version: '1.3.0', images: 'ghcr.io/acme/shop:v1.3.0' });
  const notes = run.outputs['release-notes'] ?? '';
  expect(notes.match(/^### .*$/gm)).toEqual(['### Features', '### Fixes']);
  expect(notes).toContain('[SHOP-12](https://acme.example.com/browse/SHOP-12)');
  expect(run.summary).toContain('| version | `1.3.0` (minor, 2 commits since `v1.2.0`) |');
  expect(run.summary).toContain(notes);
  expect(run.requests.map(({ route }) => route)).toEqual([
    'graphql Tags',
    'GET /repos/{owner}/{repo}/compare/{basehead}',
  ]);
});

test('a re-run after the release was tagged gives the same id', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  await repository.tag('v1.2.0');
  await repository.commitSeries('main', [{ message: 'feat: gift cards' }]);
  const inputs = { ...tags, format: '{{version}}' };
  const first = await runAction('release-id', { github, repository, inputs });
  await repository.tag('v1.3.0');
  const second = await runAction('release-id', { github, repository, inputs, runAttempt: 2 });
  expect([first.outputs.id, second.outputs.id]).toEqual(['1.3.0', '1.3.0']);
  expect(second.outputs['release-notes']).toBe(first.outputs['release-notes']);
});

test('only commits that touch the services count', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  await repository.tag('orders-v2.0.0');
  await repository.commit('main', { 'web/a.txt': 'a' }, { message: 'feat!: other' });
  await repository.commit('main', { 'orders/a.txt': 'a' }, { message: 'fix: this' });
  const services = JSON.stringify([{ name: 'orders', paths: ['orders'] }]);
  const inputs = {
    ...tags,
    'tag-prefix': 'orders-v',
    format: '{{version}}',
    services,
    'image-prefix': 'ghcr.io/acme',
  };
  const run = await runAction('release-id', { github, repository, inputs });
  expect(run.outputs).toMatchObject({ version: '2.0.1', images: 'ghcr.io/acme/orders:2.0.1' });
});

test('a pre-release, and a policy that takes it', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  await repository.tag('v1.2.0');
  await repository.commitSeries('main', [{ message: 'fix: this' }]);
  const inputs = { ...tags, 'pre-release': 'rc', format: '{{version}}' };
  const run = await runAction('release-id', { github, repository, inputs });
  expect(run.outputs.id).toBe('1.2.1-rc.1');
  expect(parse(run.outputs['flux-image-policy'] ?? '')).toMatchObject({
    policy: { semver: { range: '>=0.0.0-0' } },
  });
});

test('at most three requests for versions and changed services together, with few tags', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  await repository.tag('v1.2.0');
  const before = await repository.head('main');
  await repository.commit('main', { 'orders/a.txt': 'a' }, { message: 'fix: this' });
  const services = JSON.stringify([
    { name: 'orders', context: 'orders' },
    { name: 'web', context: 'web' },
  ]);
  const inputs = {
    ...tags,
    services,
    'image-prefix': 'acme',
    'changed-only': 'true',
    'changed-since': before,
  };
  const run = await runAction('release-id', { github, repository, inputs });
  expect(run.outputs).toMatchObject({ version: '1.2.1', 'has-services': 'true' });
  expect(JSON.parse(run.outputs.matrix ?? '').include.map(({ name }: { name: string }) => name)).toEqual([
    'orders',
  ]);
  expect(run.requests).toHaveLength(3);
});
