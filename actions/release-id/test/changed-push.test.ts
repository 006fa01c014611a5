import { describe, expect, test } from '@jest/globals';
import { ALL, COMPARE, RUNS, startStage } from './changed-stage.ts';

describe('a push to a branch', () => {
  test('keeps what changed since the last run that ended well', async () => {
    await using stage = await startStage();
    const { shop, ask } = stage;
    const before = await shop.head('main');
    const sha = await shop.commit('main', { 'services/orders/main.go': 'package orders\n' });
    const { kept, routes, answer } = await ask();
    expect(kept).toEqual(['always', 'orders']);
    expect(routes).toEqual([RUNS, COMPARE]);
    expect(stage.github.requests().map(({ path }) => path.replace('/api/v3', ''))).toEqual([
      '/repos/acme/shop/actions/workflows/ci.yml/runs?branch=main&event=push&status=success&exclude_pull_requests=true&per_page=5',
      `/repos/acme/shop/compare/${before}...${sha}?per_page=1&page=1`,
    ]);
    expect(answer.basis).toEqual({
      level: 'info',
      text: `Files changed since ${before}, the last run of ci.yml on main that ended well (1): 1.`,
    });
    expect(answer.verdicts).toEqual([
      { name: 'always', isKept: true, why: 'it has neither paths nor a context' },
      { name: 'web', isKept: false, why: 'nothing of it changed' },
      { name: 'orders', isKept: true, why: 'changed:', file: 'services/orders/main.go' },
    ]);
  });

  test('makes up for runs that were evicted, cancelled, failed, or are not done', async () => {
    await using stage = await startStage();
    const { shop, ask } = stage;
    const evicted = await shop.commit('main', { 'web/index.ts': 'changed\n' });
    shop.addRun({ id: 2, sha: evicted, conclusion: 'cancelled' });
    shop.addRun({ id: 3, sha: evicted, conclusion: 'failure' });
    shop.addRun({ id: 4, sha: evicted, status: 'in_progress' });
    await shop.commit('main', { 'services/orders/main.go': 'package orders\n' });
    expect((await ask()).kept).toEqual(ALL);
    shop.addRun({ id: 5, sha: evicted });
    expect((await ask()).kept).toEqual(['always', 'orders']);
  });

  test('passes over runs of other branches, events and workflows, and over itself', async () => {
    await using stage = await startStage();
    const { shop, ask } = stage;
    const sha = await shop.commit('main', { 'web/index.ts': 'changed\n' });
    shop.addRun({ id: 2, sha, branch: 'other' });
    shop.addRun({ id: 3, sha, event: 'pull_request' });
    shop.addRun({ id: 4, sha, path: '.github/workflows/nightly.yml' });
    shop.addRun({ id: 9, sha });
    expect((await ask()).kept).toEqual(['always', 'web']);
  });

  test('of the same head again keeps nothing that can be left out', async () => {
    await using stage = await startStage();
    const { kept, routes } = await stage.ask();
    expect(kept).toEqual(['always']);
    expect(routes).toEqual([RUNS, COMPARE]);
  });

  test('that is run again after a newer one keeps all: its head is older', async () => {
    await using stage = await startStage();
    const { shop, ask } = stage;
    const sha = await shop.commit('main', { 'web/index.ts': 'changed\n' });
    const newer = await shop.commit('main', { 'libs/money.ts': 'changed\n' });
    shop.addRun({ id: 12, sha: newer });
    const { kept, answer } = await ask({ options: { sha } });
    expect(kept).toEqual(ALL);
    expect(answer.basis).toEqual({
      level: 'notice',
      text: `All services are kept, because ${newer}, the last run of ci.yml on main that ended well (12), is not an ancestor of ${sha}.`,
    });
  });
});
