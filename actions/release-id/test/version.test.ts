import { git } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { versionStage } from './version-stage.ts';

describe('the version after v1.2.3', () => {
  test.each([
    [['fix: one'], '1.2.4', 'patch'],
    [['docs: one', 'no convention'], '1.2.4', 'patch'],
    [['fix: one', 'feat(web): two', 'chore: three'], '1.3.0', 'minor'],
    [['Feature: two'], '1.3.0', 'minor'],
    [['fix!: one', 'feat: two'], '2.0.0', 'major'],
    [['refactor(api)!: one'], '2.0.0', 'major'],
    [['fix: one\n\nText.\n\nBREAKING CHANGE: gone'], '2.0.0', 'major'],
    [['fix: one\n\nBREAKING-CHANGE: gone\nRefs: #3'], '2.0.0', 'major'],
    [['fix: one\n\nnot a breaking change: nothing'], '1.2.4', 'patch'],
    [["Merge branch 'x'\n\nBREAKING CHANGE: gone"], '2.0.0', 'major'],
    [['feature flags: on', 'feat without colon'], '1.2.4', 'patch'],
  ])('with %j is %s', async (messages, version, reason) => {
    await using stage = await versionStage();
    const tagged = await stage.repository.tag('v1.2.3');
    const ids = await stage.commit(...messages);
    const found = await stage.version();
    expect(found).toMatchObject({
      version,
      reason,
      previous: { tag: 'v1.2.3', sha: tagged, version: '1.2.3' },
    });
    expect(found.commits.map(({ sha }) => sha)).toEqual(ids);
  });
});

test.each([
  ['v0.3.1', ['feat!: one'], '0.4.0'],
  ['v0.3.1', ['feat: one'], '0.4.0'],
  ['v0.3.1', ['fix: one'], '0.3.2'],
  ['v0.0.1', ['fix!: one'], '0.1.0'],
  ['v1.0.0-rc.2', ['fix: one'], '1.0.0'],
  ['v1.1.0-rc.2', ['feat: one'], '1.1.0'],
  ['v1.1.1-rc.2', ['feat: one'], '1.2.0'],
  ['v1.2.3+build.7', ['fix: one'], '1.2.4'],
])('after %s alone, %j is %s', async (tag, messages, version) => {
  await using stage = await versionStage();
  await stage.repository.tag(tag);
  await stage.commit(...messages);
  expect((await stage.version()).version).toBe(version);
});

test('a usual case is two requests, and the same before and after the commit is tagged', async () => {
  await using stage = await versionStage();
  await stage.repository.tag('v1.2.3', { message: 'Annotated' });
  await stage.commit('feat: one');
  const before = await stage.version();
  expect(stage.github.requests().map(({ route }) => route)).toEqual([
    'graphql Tags',
    'GET /repos/{owner}/{repo}/compare/{basehead}',
  ]);
  await stage.repository.tag('v1.3.0');
  expect(await stage.version()).toEqual({ ...before, reason: 'tagged' });
});

test('only what has the prefix and is a version counts', async () => {
  await using stage = await versionStage();
  const { repository } = stage;
  for (const tag of ['v1.2.3', '7.0.0', 'vv8.0.0', 'v09.0.0', 'v10', 'orders-v2.0.0', 'v11.0.0.0']) {
    await repository.tag(tag);
  }
  await stage.commit('fix: one');
  expect((await stage.version()).version).toBe('1.2.4');
  expect((await stage.version({ tagPrefix: 'orders-v' })).version).toBe('2.0.1');
  expect((await stage.version({ tagPrefix: '' })).version).toBe('7.0.1');
});

test('the last version is the highest in the history, not the highest of all', async () => {
  await using stage = await versionStage();
  const { repository } = stage;
  await repository.tag('v1.9.0');
  await repository.commit('next', { 'next.txt': 'next' });
  for (let minor = 0; minor < 17; minor += 1) {
    await repository.commit('next', { 'next.txt': `${minor}` });
    await repository.tag(`v2.${minor}.0`, { at: 'next' });
  }
  await stage.commit('fix: one');
  expect((await stage.version()).version).toBe('1.9.1');
  const compared = stage.github.requests().filter(({ route }) => route.includes('compare'));
  expect(compared).toHaveLength(18);
});

test('a tag behind a merge is in the history', async () => {
  await using stage = await versionStage();
  await stage.repository.tag('v1.0.0');
  const pull = await stage.repository.openPullRequest({ head: 'feature', files: { 'f.txt': 'f' } });
  await stage.repository.tag('v1.1.0', { at: 'feature' });
  await pull.merge();
  const { version, commits } = await stage.version();
  expect([version, commits.map(({ isMerge }) => isMerge)]).toEqual(['1.1.1', [true]]);
});

test('commits that a merge brought have its pull request', async () => {
  await using stage = await versionStage();
  await stage.repository.tag('v1.0.0');
  const pull = await stage.repository.openPullRequest({ head: 'feature' });
  await pull.push({ 'f.txt': 'f' }, { message: 'feat: one' });
  await pull.merge();
  await stage.commit('fix: two');
  const { commits } = await stage.version();
  expect(commits.filter(({ isMerge }) => !isMerge).map((one) => [one.subject, one.pullRequest])).toEqual([
    ['Change feature', pull.number],
    ['one', pull.number],
    ['two', undefined],
  ]);
});

test('histories that never met are passed over', async () => {
  await using stage = await versionStage();
  const other = await stage.github.createRepository('acme/other', { files: { 'o.txt': 'o' } });
  await git(['fetch', other.directory, 'main:refs/tags/v9.0.0'], { cwd: stage.repository.directory });
  await stage.repository.tag('v1.0.0');
  await stage.commit('fix: one');
  expect((await stage.version()).version).toBe('1.0.1');
});

test('reverted commits ask for nothing', async () => {
  await using stage = await versionStage();
  await stage.repository.tag('v1.2.3');
  const [feature = ''] = await stage.commit('feat: one');
  await stage.commit('fix: two', `Revert "feat: one"\n\nThis reverts commit ${feature}.`);
  const { version, commits } = await stage.version();
  expect([version, commits.map(({ header }) => header)]).toEqual(['1.2.4', ['fix: two']]);
});
