import { describe, expect, test } from '@jest/globals';
import { createOrderGuard, type GitOpsRepository } from '../../src/gitops/index.ts';
import type { CommitPair } from '../../src/release/index.ts';

const { signal } = new AbortController();

function guard(messages: readonly string[], ancestry = async (_pair: CommitPair) => 'newer' as const) {
  const asked: string[] = [];
  const repository: Pick<GitOpsRepository, 'log'> = {
    log: async (paths) => {
      asked.push(...paths);
      return messages.map((message) => ({ id: '', parent: '', url: '', message }));
    },
  };
  const judge = createOrderGuard({ rule: 'auto', repository, workflow: 'acme/shop/a.yml', ancestry, signal });
  return { judge, asked };
}

const by = (workflow: string) =>
  `Release web v1.0.9-abc1234\n\nRelease: v1.0.9-abc1234\nSource-Workflow: ${workflow}`;

describe('the order guard', () => {
  test('a rollback did not make the release that it brought back: its writer is looked for further down', async () => {
    const back = `Roll back\n\nRelease: v1.0.9-abc1234\nRolled-Back: v1.0.10-def5678\nSource-Workflow: acme/shop/rollback.yml`;
    const { judge } = guard([back, by('acme/shop/a.yml')]);
    expect(await judge('f', 'v1.0.9-abc1234', 'v1.0.8-0000000')).toBe('older');
    expect(await guard([back, by('acme/shop/b.yml')]).judge('f', 'v1.0.9-abc1234', 'v1.0.8-0000000')).toBe(
      'unknown',
    );
  });

  test('a newer release asks nothing', async () => {
    const { judge, asked } = guard([by('acme/shop/b.yml')]);
    expect(await judge('f', 'v1.0.9-abc1234', 'v1.0.10-def5678')).toBe('newer');
    expect(asked).toEqual([]);
  });

  test.each([
    ['the same workflow', [by('acme/shop/a.yml')], 'older'],
    ['another workflow counts its own runs', [by('acme/shop/b.yml')], 'unknown'],
    ['written by hand', ['Bump web'], 'older'],
    [
      'only the commit that wrote the current release counts',
      [by('acme/shop/b.yml').replaceAll('v1.0.9', 'v1.0.7'), by('acme/shop/a.yml')],
      'older',
    ],
  ])('an older one: %s', async (_name, messages, order) => {
    const { judge, asked } = guard(messages);
    expect(await judge('apps/k.yaml', 'v1.0.9-abc1234', 'v1.0.8-def5678')).toBe(order);
    expect(asked).toEqual(['apps/k.yaml']);
  });

  test('the history of a file is read once, however many places it has', async () => {
    const { judge, asked } = guard([by('acme/shop/a.yml')]);
    const judged = ['k.yaml', 'k.yaml', 'l.yaml'].map((file) =>
      judge(file, 'v1.0.9-abc1234', 'v1.0.8-def5678'),
    );
    expect(await Promise.all(judged)).toEqual(['older', 'older', 'older']);
    expect(asked).toEqual(['k.yaml', 'l.yaml']);
  });

  test('ancestry is asked once for a pair of commits', async () => {
    const pairs: CommitPair[] = [];
    const { judge } = guard([], async (pair) => {
      pairs.push(pair);
      return 'newer' as const;
    });
    expect(await Promise.all([judge('a', 'abc1234', 'def5678'), judge('b', 'abc1234', 'def5678')])).toEqual([
      'newer',
      'newer',
    ]);
    expect(pairs).toEqual([{ current: 'abc1234', candidate: 'def5678' }]);
  });
});
