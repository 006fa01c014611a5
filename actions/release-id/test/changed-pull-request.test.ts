import { git } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { ALL, COMPARE, startStage } from './changed-stage.ts';

describe('a pull request', () => {
  test.each(['pull_request', 'pull_request_target'] as const)(
    '%s: what its head changed since it left the base, whatever the base did since',
    async (event) => {
      await using stage = await startStage();
      const { shop, ask } = stage;
      const pullRequest = await shop.openPullRequest({ head: 'fix', files: { 'web/index.ts': 'fixed\n' } });
      await shop.commit('main', { 'services/orders/main.go': 'package orders\n' });
      const { kept, routes, answer } = await ask({ event, options: { pullRequest } });
      expect(kept).toEqual(['always', 'web']);
      expect(routes).toEqual([COMPARE]);
      expect(answer.basis.text).toBe(
        `Files changed since ${await shop.head('main')}, the base of the pull request: 1.`,
      );
    },
  );

  test('of a fork', async () => {
    await using stage = await startStage();
    const { github, shop, ask } = stage;
    const headRepository = await github.createRepository('mona/shop', { files: {} });
    await git(['push', headRepository.directory, 'main:main'], { cwd: shop.directory });
    const files = { 'web/index.ts': 'fixed\n' };
    const pullRequest = await shop.openPullRequest({ head: 'fix', files, headRepository });
    expect((await ask({ event: 'pull_request', options: { pullRequest } })).kept).toEqual(['always', 'web']);
  });

  test('in review', async () => {
    await using stage = await startStage();
    const { shop, ask } = stage;
    const pullRequest = await shop.openPullRequest({ head: 'fix', files: { 'web/index.ts': 'fixed\n' } });
    const run = { eventName: 'pull_request_review' };
    const { kept, routes } = await ask({ event: 'pull_request', options: { pullRequest }, run });
    expect(kept).toEqual(['always', 'web']);
    expect(routes).toEqual([COMPARE]);
  });

  test('in the merge queue', async () => {
    await using stage = await startStage();
    const { shop, ask } = stage;
    const pullRequest = await shop.openPullRequest({ head: 'fix', files: { 'web/index.ts': 'fixed\n' } });
    const options = { pullRequest, sha: await pullRequest.mergeSha() };
    const { kept, routes, answer } = await ask({ event: 'merge_group', options });
    expect(kept).toEqual(['always', 'web']);
    expect(routes).toEqual([COMPARE]);
    expect(answer.basis.text).toContain('the base of the merge group');
  });

  test('in the merge queue of a base that was replaced keeps all', async () => {
    await using stage = await startStage();
    const { shop, ask } = stage;
    const pullRequest = await shop.openPullRequest({ head: 'fix', files: { 'web/index.ts': 'fixed\n' } });
    const sha = await pullRequest.mergeSha();
    await shop.commit('main', { 'README.md': 'x\n' });
    expect((await ask({ event: 'merge_group', options: { pullRequest, sha } })).kept).toEqual(ALL);
  });
});
