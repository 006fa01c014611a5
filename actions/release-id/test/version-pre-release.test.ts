import { describe, expect, test } from '@jest/globals';
import { versionStage } from './version-stage.ts';

describe('a pre-release', () => {
  const preRelease = 'rc';
  test('counts up for one release, and the release is counted from the release before', async () => {
    await using stage = await versionStage();
    await stage.repository.tag('v1.2.0');
    const step = async (message: string) => {
      await stage.commit(message);
      const { version } = await stage.version({ preRelease });
      await stage.repository.tag(`v${version}`);
      return version;
    };
    const made = [];
    for (const message of ['fix: a', 'fix: b', 'feat: c', 'fix: d', 'feat!: e'])
      made.push(await step(message));
    expect(made).toEqual(['1.2.1-rc.1', '1.2.1-rc.2', '1.3.0-rc.1', '1.3.0-rc.2', '2.0.0-rc.1']);
    // The commit of the last candidate is released as it is.
    const release = await stage.version();
    expect(release).toMatchObject({ version: '2.0.0', reason: 'major', previous: { tag: 'v1.2.0' } });
    expect(release.commits).toHaveLength(5);
    expect(await stage.version({ preRelease })).toMatchObject({ version: '2.0.0-rc.1', reason: 'tagged' });
    expect((await stage.version({ preRelease: 'beta' })).version).toBe('2.0.0-beta.1');
  });

  test('rc.10 is after rc.9', async () => {
    await using stage = await versionStage();
    await stage.repository.tag('v1.2.0');
    await stage.commit('fix: a');
    for (const number of [10, 9, 2]) await stage.repository.tag(`v1.2.1-rc.${number}`);
    await stage.commit('fix: b');
    expect((await stage.version({ preRelease })).version).toBe('1.2.1-rc.11');
  });

  test('counts up where there is no release yet', async () => {
    await using stage = await versionStage();
    await stage.repository.tag('v1.0.0-rc.1');
    await stage.commit('feat: a');
    expect((await stage.version({ preRelease })).version).toBe('1.0.0-rc.2');
    expect((await stage.version({ preRelease: 'beta' })).version).toBe('1.0.0-beta.1');
  });

  test('of another branch is no step for this one, and not to be taken', async () => {
    await using stage = await versionStage();
    const { repository } = stage;
    await repository.tag('v1.0.0');
    await repository.commit('other', { 'o.txt': 'o' });
    await repository.tag('v1.0.1-rc.1', { at: 'other' });
    await stage.commit('fix: a');
    await expect(stage.version({ preRelease })).rejects.toThrow(
      'would be 1.0.1-rc.1, but the tag "v1.0.1-rc.1" is on',
    );
    expect((await stage.version({ preRelease, isPreview: true })).version).toBe('1.0.1-rc.1');
  });

  test('of the very first commit that is tagged so far', async () => {
    await using stage = await versionStage();
    await stage.repository.tag('v1.0.0-rc.1');
    expect(await stage.version({ preRelease })).toEqual({
      version: '1.0.0-rc.1',
      reason: 'tagged',
      commits: [],
    });
    expect(await stage.version()).toEqual({ version: '1.0.0', reason: 'patch', commits: [] });
  });
});
