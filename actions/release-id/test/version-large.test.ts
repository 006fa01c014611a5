import { expect, test } from '@jest/globals';
import { versionStage } from './version-stage.ts';

test.each([
  [99, 1],
  [100, 1],
  [101, 2],
  [260, 3],
])('%d commits are all read, in %d requests', async (count, requests) => {
  await using stage = await versionStage();
  await stage.repository.tag('v1.0.0');
  const fixes = Array.from({ length: count - 1 }, (_, index) => `fix: ${index}`);
  const ids = await stage.commit(...fixes, 'feat: the last one');
  const { version, commits } = await stage.version();
  expect(version).toBe('1.1.0');
  expect(commits.map(({ sha }) => sha)).toEqual(ids);
  expect(stage.github.requests().filter(({ route }) => route.includes('compare'))).toHaveLength(requests);
});

test('10,000 commits with one that breaks among them', async () => {
  await using stage = await versionStage();
  await stage.repository.tag('v1.0.0');
  const messages = Array.from({ length: 10_000 }, (_, index) =>
    index === 7777 ? 'fix!: gone' : `fix: ${index}`,
  );
  await stage.commit(...messages);
  const { version, commits } = await stage.version();
  expect([version, commits.length]).toEqual(['2.0.0', 10_000]);
}, 120_000);

test('tags on several pages', async () => {
  await using stage = await versionStage();
  for (let patch = 0; patch < 130; patch += 1) await stage.repository.tag(`v1.0.${patch}`);
  await stage.commit('fix: one');
  expect((await stage.version()).version).toBe('1.0.130');
  expect(stage.github.requests().map(({ route }) => route)).toEqual([
    'graphql Tags',
    'graphql Tags',
    'GET /repos/{owner}/{repo}/compare/{basehead}',
  ]);
});
