import { describe, expect, test } from '@jest/globals';
import { ALL, COMPARE, startStage } from './changed-stage.ts';

describe('nothing to compare with: all, without a request', () => {
  test.each([
    ['workflow_dispatch', {}, 'the event "workflow_dispatch" has nothing to compare with'],
    ['schedule', {}, 'the event "schedule" has nothing to compare with'],
    ['workflow_run', {}, 'the event "workflow_run" has nothing to compare with'],
    ['push', { ref: 'refs/tags/v1' }, 'a tag was pushed'],
    ['push', { before: '0'.repeat(40) }, 'the branch is new'],
  ] as const)('%s %j', async (event, options, why) => {
    await using stage = await startStage();
    await stage.shop.tag('v1');
    const sha = await stage.shop.head('main');
    const { kept, routes, answer } = await stage.ask({ event, options: { ...options, sha } });
    expect(kept).toEqual(ALL);
    expect(routes).toEqual([]);
    expect(answer.basis).toEqual({ level: 'info', text: `All services are kept, because ${why}.` });
  });

  test('a workflow of another repository', async () => {
    await using stage = await startStage();
    const workflowRef = 'acme/rules/.github/workflows/ci.yml@refs/heads/main';
    const { kept, routes } = await stage.ask({ run: { workflowRef } });
    expect([kept, routes]).toEqual([ALL, []]);
  });

  test('services that say nothing', async () => {
    await using stage = await startStage();
    const { kept, routes, answer } = await stage.ask({ services: 'web\norders' });
    expect([kept, routes]).toEqual([['web', 'orders'], []]);
    expect(answer.basis.level).toBe('notice');
  });

  test('no services', async () => {
    await using stage = await startStage();
    const { kept, routes } = await stage.ask({ services: '[]' });
    expect([kept, routes]).toEqual([[], []]);
  });
});

describe('changed-since', () => {
  test('names a tag', async () => {
    await using stage = await startStage();
    const { shop, ask } = stage;
    await shop.tag('v1');
    const sha = await shop.commit('main', { 'libs/money.ts': 'changed\n' });
    const { kept, routes, answer } = await ask({ event: 'schedule', since: 'v1' });
    expect(kept).toEqual(['always', 'web']);
    expect(routes).toEqual([COMPARE]);
    expect(stage.github.requests()[0]?.path).toContain(`/compare/v1...${sha}?`);
    expect(answer.basis.text).toBe('Files changed since v1, the input changed-since: 1.');
  });

  test('names what the repository does not have', async () => {
    await using stage = await startStage();
    await expect(stage.ask({ since: 'v2' })).rejects.toThrow(
      new Error(
        'Input "changed-since" is "v2"; it must be "auto", or a branch, tag or commit of acme/shop that the token may read (`contents: read`).',
      ),
    );
  });

  test('names what is not an ancestor', async () => {
    await using stage = await startStage();
    await stage.shop.commit('other', { 'libs/money.ts': 'changed\n' });
    await stage.shop.commit('main', { 'web/index.ts': 'changed\n' });
    const { kept, answer } = await stage.ask({ since: 'other' });
    expect(kept).toEqual(ALL);
    expect(answer.basis.level).toBe('notice');
  });

  test('is the zeros of a first push', async () => {
    await using stage = await startStage();
    const { kept, routes } = await stage.ask({ since: '0'.repeat(40) });
    expect([kept, routes]).toEqual([ALL, []]);
  });
});
