import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type OrderRule, orderReleases } from '../../src/release/index.ts';

describe('auto', () => {
  test.each([
    ['the same', 'v1.0.42-abc1234', 'v1.0.42-abc1234', 'same'],
    ['run numbers of one format', 'v1.0.9-abc1234', 'v1.0.10-0000000', 'newer'],
    ['run numbers, older', 'v1.0.42-abc1234', 'v1.0.41-ffffff0', 'older'],
    ['an all-digit commit', 'v1.0.9-1234567', 'v1.0.10-g0123456', 'newer'],
    ['one run number, two commits', 'v1.0.42-abc1234', 'v1.0.42-def5678', 'unknown'],
    ['previews of one pull request', 'pr-7-12-abc1234', 'pr-7-13-def5678', 'newer'],
    ['a preview over a release', 'v1.0.42-abc1234', 'pr-7-99-def5678', 'unknown'],
    ['the series changes: SemVer', 'v1.0.42-abc1234', 'v1.1.3-def5678', 'newer'],
    ['the series changes back', 'v2.0.1-abc1234', 'v1.9.99-def5678', 'older'],
    ['timestamps', 'abc1234-202611211130', 'def5678-202611211131', 'newer'],
    [
      'timestamps of two lengths are numbers all the same',
      'abc1234-20261121',
      'def5678-202611201130',
      'newer',
    ],
    ['SemVer', 'v1.9.0', 'v1.10.0', 'newer'],
    ['SemVer without and with v', '1.10.0', 'v1.9.0', 'older'],
    ['a pre-release comes first', '2.0.0', '2.0.0-rc.1', 'older'],
    ['build metadata is no order', '1.0.0+a', '1.0.0+b', 'same'],
    ['words', 'latest', 'stable', 'unknown'],
    ['a version after a word', 'latest', 'v1.0.0', 'unknown'],
    ['long numbers', 'v1.0.99999999999999998-abc1234', 'v1.0.99999999999999999-abc1234', 'newer'],
  ])('%s', (_name, current, candidate, order) => {
    expect(orderReleases(current, candidate, 'auto')).toBe(order);
  });

  test('bare commit hashes are a question of ancestry', () => {
    expect(orderReleases('abc1234', 'g0123456', 'auto')).toEqual({
      current: 'abc1234',
      candidate: '0123456',
    });
  });
});

describe('other rules', () => {
  const cases: [string, OrderRule, string, string, unknown][] = [
    ['semver', 'semver', 'v1.0.0', 'v1.0.1', 'newer'],
    ['semver of something else', 'semver', 'latest', 'v1.0.1', 'unknown'],
    ['numeric', 'numeric', '9', '10', 'newer'],
    ['numeric of something else', 'numeric', 'v9', '10', 'unknown'],
    ['none', 'none', 'v2.0.0', 'v1.0.0', 'unknown'],
    [
      'ancestry of ids that end in a commit',
      'ancestry',
      'v1.0.1-abc1234',
      'v1.0.2-def5678',
      { current: 'abc1234', candidate: 'def5678' },
    ],
    ['ancestry without a commit', 'ancestry', 'v1.0.1', 'v1.0.2', 'unknown'],
    ['an expression with numbers', /^rel-(?<order>\d+)/, 'rel-9', 'rel-10', 'newer'],
    ['an expression with versions', /^app-(?<order>.+)$/, 'app-1.10.0', 'app-1.9.0', 'older'],
    ['an expression with words', /^(?<order>\w+)$/, 'a', 'b', 'newer'],
    ['an expression that does not match', /^rel-(?<order>\d+)/, 'rel-9', 'x', 'unknown'],
  ];
  test.each(cases)('%s', (_name, rule, current, candidate, order) => {
    expect(orderReleases(current, candidate, rule)).toEqual(order);
  });
});

const ID = fc.oneof(
  fc.tuple(fc.nat(2000), fc.stringMatching(/^[0-9a-f]{7}$/)).map(([run, sha]) => `v1.0.${run}-${sha}`),
  fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)).map((parts) => `v${parts.join('.')}`),
  fc.stringMatching(/^[a-z0-9.-]{1,12}$/),
);

test('turning the two round turns the answer round', () => {
  const opposite = { older: 'newer', newer: 'older', same: 'same', unknown: 'unknown' };
  fc.assert(
    fc.property(ID, ID, (a, b) => {
      const there = orderReleases(a, b, 'auto');
      const back = orderReleases(b, a, 'auto');
      if (typeof there === 'string') expect(back).toBe(opposite[there]);
      else expect(back).toEqual({ current: there.candidate, candidate: there.current });
    }),
  );
});
