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
    ['timestamps of a day and a minute, by the day', 'abc1234-20261121', 'def5678-202611201130', 'older'],
    ['a day and a minute of it', 'abc1234-20261121', 'def5678-202611211130', 'unknown'],
    ['timestamps in front', '202611211130-abc1234', '202611211131-def5678', 'newer'],
    ['bare timestamps', '20261121', '20261122', 'newer'],
    ['seconds since 1970', 'main-abc1234-1732200000', 'main-def5678-1732200001', 'newer'],
    ['seconds and a calendar date', 'abc1234-1732200000', 'def5678-202611211131', 'unknown'],
    ['a run number and a timestamp', 'v1.0.42-abc1234', 'v1.0.202611211130-def5678', 'unknown'],
    ['run numbers beside timestamps', '202611211131-41-abc1234', '202611211130-42-def5678', 'newer'],
    ['run numbers in front', '41-abc1234', '42-def5678', 'newer'],
    ['run numbers behind', 'abc1234-41', 'def5678-42', 'newer'],
    ['run numbers of a branch', 'main-9', 'main-10', 'newer'],
    ['run numbers of two branches', 'main-9', 'next-10', 'unknown'],
    ['bare run numbers', '9', '10', 'newer'],
    ['a run number of seven digits', 'v1.0.999999-1234567', 'v1.0.1000000-7654321', 'newer'],
    ['a number that may be a commit', 'main-1234567', 'main-7654321', 'unknown'],
    ['attempts of one run', 'v1.0.42-1-abc1234', 'v1.0.42-2-abc1234', 'newer'],
    ['two pull requests', 'pr-7', 'pr-8', 'unknown'],
    ['two pull requests in a version', '1.0.0-pr.7', '1.0.0-pr.8', 'unknown'],
    ['a version with a commit over its candidate', '1.2.0-rc.1-abc1234', '1.2.0-def5678', 'newer'],
    ['one version, two commits', '1.2.0-abc1234', '1.2.0-def5678', 'unknown'],
    ['a version, and the same with a commit', '1.2.0', '1.2.0-abc1234', 'unknown'],
    ['versions with a commit', '1.9.0-def5678', '1.10.0-abc1234', 'newer'],
    ['SemVer', 'v1.9.0', 'v1.10.0', 'newer'],
    ['SemVer without and with v', '1.10.0', 'v1.9.0', 'older'],
    ['a pre-release comes first', '2.0.0', '2.0.0-rc.1', 'older'],
    ['build metadata is no order', '1.0.0+a', '1.0.0+b', 'same'],
    ['words', 'latest', 'stable', 'unknown'],
    ['a version after a word', 'latest', 'v1.0.0', 'unknown'],
    ['long numbers', 'v1.0.99999999999999998-abc1234', 'v1.0.99999999999999999-def5678', 'newer'],
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
    [
      'ancestry of ids with the commit in front of a timestamp',
      'ancestry',
      'abc1234-202611211130',
      'g0123456-202611211131',
      { current: 'abc1234', candidate: '0123456' },
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
