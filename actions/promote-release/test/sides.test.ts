import { describe, expect, test } from '@jest/globals';
import { overlay, PRODUCTION, promoted, SHOP, sentence, startStage, V1, V2 } from './stage.ts';

describe('where the sides are', () => {
  test('two repositories: the trailer names the source', async () => {
    await using stage = await startStage({ [PRODUCTION]: overlay(V1, V1) });
    const other = await stage.github.createRepository('acme/gitops-staging', {
      private: true,
      files: { [PRODUCTION]: overlay(V2, V2) },
    });
    const run = await stage.run({ 'from-repository': 'acme/gitops-staging', 'from-path': PRODUCTION });
    expect(sentence(run)).toBe('0: ');
    expect(await stage.gitops.read('main', PRODUCTION)).toBe(overlay(V2, V2));
    const [commit] = await stage.gitops.log('main');
    expect(commit?.message).toContain(`\nPromoted-From: acme/gitops-staging@${await other.head('main')}`);
    expect(await other.log('main')).toHaveLength(1);
  });

  test('a token for each', async () => {
    await using stage = await startStage({ [PRODUCTION]: overlay(V1, V1) });
    await stage.github.createRepository('acme/gitops-staging', { private: true, files: SHOP });
    const token = (repositories: string[]) => stage.github.issueToken({ repositories });
    const inputs = { 'from-repository': 'acme/gitops-staging', 'gitops-token': token(['acme/gitops']) };
    const refused = await stage.run(inputs);
    expect(sentence(refused)).toMatch(
      /^1: Cannot read acme\/gitops-staging@its default branch: .+`contents: read`/,
    );
    const run = await stage.run({ ...inputs, 'from-token': token(['acme/gitops-staging']) });
    expect(sentence(run)).toBe('0: ');
    expect(promoted(run)).toHaveLength(2);
  });

  test('two branches with the same paths', async () => {
    await using stage = await startStage({ [PRODUCTION]: overlay(V1, V1) });
    await stage.gitops.commit('staging', { [PRODUCTION]: overlay(V2, V2) });
    const run = await stage.run({ 'from-branch': 'staging', 'from-path': 'apps/shop', path: 'apps/shop' });
    expect(sentence(run)).toBe('0: ');
    expect(await stage.gitops.read('main', PRODUCTION)).toBe(overlay(V2, V2));
  });

  test('by git, without an API request', async () => {
    await using stage = await startStage();
    const run = await stage.run({ transport: 'git' });
    expect(sentence(run)).toBe('0: ');
    expect(run.requests).toEqual([]);
    expect(await stage.gitops.read('main', PRODUCTION)).toBe(overlay(V2, V2));
    const [commit] = await stage.gitops.log('main');
    expect(commit?.message).toMatch(/\nPromoted-From: http:\/\/127\.0\.0\.1:\d+\/acme\/gitops\.git@\w{40}/);
    expect(run.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(stage.github.token);
  });

  test('by git from another repository of the same server', async () => {
    await using stage = await startStage({ [PRODUCTION]: overlay(V1, V1) });
    await stage.github.createRepository('acme/gitops-staging', { private: true, files: SHOP });
    const run = await stage.run({ transport: 'git', 'from-repository': 'acme/gitops-staging' });
    expect(sentence(run)).toBe('0: ');
    expect(await stage.gitops.read('main', PRODUCTION)).toBe(overlay(V2, V2));
  });
});
