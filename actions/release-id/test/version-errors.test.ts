import { expect, test } from '@jest/globals';
import { versionStage } from './version-stage.ts';

const short = (sha: string) => sha.slice(0, 7);

test('no tags yet: the command that makes the first', async () => {
  await using stage = await versionStage();
  const head = short(await stage.repository.head('main'));
  await expect(stage.version({ tagPrefix: 'orders-v' })).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: `acme/shop has no tags yet, so there is no version to count from; tag what you released last, or start with: git tag orders-v0.1.0 ${head} && git push origin orders-v0.1.0`,
  });
});

test('no tag with that prefix: what there is', async () => {
  await using stage = await versionStage();
  for (const tag of ['latest', 'release-1.0.0', 'v1.2']) await stage.repository.tag(tag);
  const head = short(await stage.repository.head('main'));
  await expect(stage.version()).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: `None of the 3 tags of acme/shop is "v" and a version such as v1.2.3 (there are "release-1.0.0", "v1.2"); correct the input "tag-prefix", or start with: git tag v0.1.0 ${head} && git push origin v0.1.0`,
  });
});

test('no version in the history of the commit: the highest is named', async () => {
  await using stage = await versionStage();
  const other = await stage.repository.commit('other', { 'o.txt': 'o' });
  await stage.repository.tag('v1.0.0', { at: 'other' });
  await stage.commit('fix: one');
  const head = short(await stage.repository.head('main'));
  await expect(stage.version()).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: `None of the 1 tagged versions (the highest is "v1.0.0" on ${short(other)}) is in the history of commit ${head} of acme/shop; merge the commit that was tagged, or tag one of its ancestors.`,
  });
});

test('more versions elsewhere than are looked at', async () => {
  await using stage = await versionStage();
  const { repository } = stage;
  await repository.tag('v0.0.1');
  await repository.commit('other', { 'o.txt': 'o' });
  const messages = Array.from({ length: 100 }, (_, index) => ({ message: `fix: ${index}` }));
  const ids = await repository.commitSeries('other', messages);
  for (const [index, at] of ids.entries()) await repository.tag(`v1.${index}.0`, { at });
  await stage.commit('fix: one');
  await expect(stage.version()).rejects.toThrow(
    /^The 100 highest of the 101 tagged versions \(the highest is "v1\.99\.0" on [0-9a-f]{7}\) are not in the history of commit [0-9a-f]{7} of acme\/shop, and no more are looked at; give this line of versions a "tag-prefix" of its own, now "v"\.$/,
  );
});

test('a version that another commit has is an error, and on previews it is taken', async () => {
  await using stage = await versionStage();
  const { repository } = stage;
  await repository.tag('v1.0.0');
  const other = await repository.commit('other', { 'o.txt': 'o' });
  await repository.tag('v1.0.1', { at: 'other' });
  await stage.commit('fix: one');
  const head = short(await repository.head('main'));
  await expect(stage.version()).rejects.toMatchObject({
    name: 'ConfigurationError',
    message: `The version after "v1.0.0" for commit ${head} of acme/shop would be 1.0.1, but the tag "v1.0.1" is on commit ${short(other)}, which is not in its history; release a commit that has ${short(other)} among its ancestors, or delete that tag.`,
  });
  expect((await stage.version({ isPreview: true })).version).toBe('1.0.1');
});

test('without the permission its name is said', async () => {
  await using stage = await versionStage();
  await stage.repository.tag('v1.0.0');
  stage.github.inject({
    match: 'graphql Tags',
    status: 200,
    body: { data: null, errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] },
  });
  await expect(stage.version()).rejects.toThrow(
    'Cannot read the tags of acme/shop: Resource not accessible by integration. The token needs `contents: read`;',
  );
});

test('a commit that GitHub does not have', async () => {
  await using stage = await versionStage();
  await stage.repository.tag('v1.0.0');
  await expect(stage.version({ sha: 'd'.repeat(40) })).rejects.toThrow(
    `Cannot compare the tag "v1.0.0" of acme/shop with commit ${'d'.repeat(40)}: Not Found (404).`,
  );
});
