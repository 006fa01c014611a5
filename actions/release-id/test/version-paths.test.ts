import { expect, test } from '@jest/globals';
import { folderOf } from '../src/version/path-history.ts';
import { versionStage } from './version-stage.ts';

const file = (name: string, text = 'text') => ({ [name]: text });

test('only commits that touch the paths count', async () => {
  await using stage = await versionStage();
  const { repository } = stage;
  await repository.tag('orders-v1.0.0');
  await repository.commitSeries('main', [
    { message: 'feat(web): one', files: file('web/a') },
    { message: 'fix(orders): two', files: file('orders/a') },
    { message: 'feat!: three', files: file('web/b') },
    { message: 'fix(lib): four', files: file('lib/orders.ts') },
  ]);
  const tagPrefix = 'orders-v';
  const { version, commits } = await stage.version({
    tagPrefix,
    paths: ['orders/**', './lib/orders.ts', '!orders/x'],
  });
  expect([version, commits.map(({ subject }) => subject)]).toEqual(['1.0.1', ['two', 'four']]);
  expect((await stage.version({ tagPrefix, paths: ['web'] })).version).toBe('2.0.0');
  expect((await stage.version({ tagPrefix, paths: ['**/*.ts'] })).version).toBe('2.0.0');
  expect(await stage.version({ tagPrefix, paths: ['api/'] })).toMatchObject({
    version: '1.0.0',
    reason: 'unchanged',
    commits: [],
  });
});

test('a pre-release without a change since the last one stays', async () => {
  await using stage = await versionStage();
  const { repository } = stage;
  const inputs = { preRelease: 'rc', paths: ['orders'] };
  await repository.tag('v1.0.0');
  await repository.commit('main', file('orders/a'), { message: 'feat: one' });
  await repository.tag('v1.1.0-rc.1');
  await repository.commit('main', file('web/a'), { message: 'feat: two' });
  expect(await stage.version(inputs)).toMatchObject({ version: '1.1.0-rc.1', reason: 'unchanged' });
  expect((await stage.version({ preRelease: 'rc' })).version).toBe('1.1.0-rc.2');
  await repository.commit('main', file('orders/b'), { message: 'fix: three' });
  expect((await stage.version(inputs)).version).toBe('1.1.0-rc.2');
});

test.each([
  ['', '1.0.0', 'patch'],
  ['rc', '1.0.0-rc.2', 'unchanged'],
  ['beta', '1.0.0-beta.1', 'patch'],
])(
  'after pre-releases of another kind, without a change since: %j gives %s',
  async (preRelease, version, reason) => {
    await using stage = await versionStage();
    const { repository } = stage;
    await repository.tag('v1.0.0-rc.2');
    await repository.commit('main', file('web/a'), { message: 'feat: one' });
    expect(await stage.version({ preRelease, paths: ['orders'] })).toMatchObject({
      version,
      reason,
      commits: [],
    });
  },
);

test('a long history of a path is read to its end, and dates out of order hide nothing', async () => {
  await using stage = await versionStage();
  const { repository } = stage;
  await repository.tag('v1.0.0');
  const on = (day: number) => new Date(Date.UTC(2026, 0, day));
  const fixes = Array.from({ length: 230 }, (_, index) => ({
    message: `fix: ${index}`,
    files: file('orders/a', `${index}`),
    date: on(20),
  }));
  await repository.commitSeries('main', [
    { message: 'feat: one', files: file('orders/b'), date: on(9) },
    { message: 'fix: late', files: file('web/a'), date: on(3) },
    ...fixes,
  ]);
  const { version, commits } = await stage.version({ paths: ['orders'] });
  expect([version, commits.length]).toEqual(['1.1.0', 231]);
});

test('a history that is cut short is an error', async () => {
  await using stage = await versionStage();
  await stage.repository.tag('v1.0.0');
  await stage.commit('fix: one');
  const history = { totalCount: 2, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  stage.github.inject({
    match: 'graphql PathHistory',
    status: 200,
    body: { data: { repository: { object: { history } } } },
  });
  await expect(stage.version({ paths: ['web'] })).rejects.toThrow(
    'GitHub gave 0 of the 2 commits that touch "web" in acme/shop; re-run the job.',
  );
});

test.each([
  ['services/orders', 'services/orders'],
  ['./services/orders/', 'services/orders'],
  ['services/orders/**', 'services/orders'],
  ['services/*/src/**', 'services'],
  ['packages/@acme/web', 'packages/@acme/web'],
  ['app/(shop)/{web,api}', 'app/(shop)'],
  ['go.mod', 'go.mod'],
  ['*.ts', ''],
  ['.', ''],
])('%s stands for %j', (path, folder) => {
  expect(folderOf(path)).toBe(folder);
});
