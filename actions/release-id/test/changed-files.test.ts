import { describe, expect, test } from '@jest/globals';
import { ALL, FILES, startStage } from './changed-stage.ts';

describe('a push to a branch', () => {
  test('a file that moved out of a service counts for both sides', async () => {
    await using stage = await startStage();
    const { shop, ask } = stage;
    await shop.commit('main', { 'web/index.ts': null, 'docs/index.ts': FILES['web/index.ts'] });
    const { kept, answer } = await ask();
    expect(kept).toEqual(['always', 'web']);
    expect(answer.verdicts[1]).toMatchObject({ why: 'changed:', file: 'web/index.ts' });
  });

  test('that changes the workflow keeps all: a service may be new in it', async () => {
    await using stage = await startStage();
    await stage.shop.commit('main', { '.github/workflows/ci.yml': 'on: [push]\n' });
    const { kept, answer } = await stage.ask();
    expect(kept).toEqual(ALL);
    expect(answer.basis.text).toContain(
      'because the workflow itself, .github/workflows/ci.yml, changed since',
    );
  });

  test.each([
    [299, ['always', 'orders']],
    [300, ALL],
    [301, ALL],
  ])('%i changed files', async (count, names) => {
    await using stage = await startStage();
    const files = Array.from({ length: count }, (_, index) => [`services/orders/${index}`, `${index}\n`]);
    await stage.shop.commit('main', Object.fromEntries(files));
    expect((await stage.ask()).kept).toEqual(names);
  });
});
