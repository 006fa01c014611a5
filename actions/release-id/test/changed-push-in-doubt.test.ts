import { git } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { ALL, RUNS, startStage } from './changed-stage.ts';

describe('a push to a branch', () => {
  test('by force keeps all', async () => {
    await using stage = await startStage();
    const { shop, ask } = stage;
    const first = await shop.head('main');
    const lost = await shop.commit('main', { 'libs/money.ts': 'changed\n' });
    shop.addRun({ id: 2, sha: lost });
    await git(['update-ref', 'refs/heads/main', first], { cwd: shop.directory });
    await shop.commit('main', { 'web/index.ts': 'changed\n' });
    const { kept, answer } = await ask({ options: { before: lost } });
    expect(kept).toEqual(ALL);
    expect(answer.basis.text).toContain('is not an ancestor of');
  });

  test.each([
    [
      'is gone',
      'a'.repeat(40),
      `${'a'.repeat(40)}, the last run of ci.yml on main that ended well (2), is gone`,
    ],
    ['is not told', '', 'GitHub does not say the commit of run 2'],
  ])('keeps all when the commit of the last run %s', async (_what, sha, why) => {
    await using stage = await startStage();
    stage.shop.addRun({ id: 2, sha });
    const { kept, answer } = await stage.ask();
    expect(kept).toEqual(ALL);
    expect(answer.basis.level).toBe('notice');
    expect(answer.basis.text).toContain(why);
  });

  test('keeps all when histories have nothing in common', async () => {
    await using stage = await startStage();
    const { shop, ask } = stage;
    const tree = (await git(['rev-parse', 'main^{tree}'], { cwd: shop.directory })).trim();
    const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
    const sha = (await git([...identity, 'commit-tree', '-m', 'x', tree], { cwd: shop.directory })).trim();
    const { kept, answer } = await ask({ options: { sha, before: sha } });
    expect(kept).toEqual(ALL);
    expect(answer.basis.text).toContain(`is not an ancestor of ${sha}`);
  });

  test('keeps all on a branch without such a run', async () => {
    await using stage = await startStage();
    await stage.shop.commit('feature/a%b', { 'web/index.ts': 'changed\n' });
    await stage.shop.commit('feature/a%b', { 'web/index.ts': 'again\n' });
    const { kept, routes, answer } = await stage.ask({ options: { ref: 'feature/a%b' } });
    expect(kept).toEqual(ALL);
    expect(routes).toEqual([RUNS]);
    expect(answer.basis).toEqual({
      level: 'notice',
      text: 'All services are kept, because there is no earlier run of ci.yml on feature/a%b that ended well.',
    });
  });
});
