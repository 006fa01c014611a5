import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import semver from 'semver';
import { orderReleases } from '../../src/release/index.ts';
import { type Facts, facts, render } from './facts.ts';

/** A number behind such a word is that of a pull request, which is no order. */
const series = facts.filter(({ branch }) => !/(?:^|[^A-Za-z0-9])(?:pr|pull|mr)$/i.test(branch ?? ''));

const earlierAndLater = fc
  .tuple(series, facts, fc.integer({ min: 1, max: 5000 }))
  .map(([earlier, other, gap]): [Facts, Facts] => [
    earlier,
    // One series of releases: other commit, other dates, the same branch and tag.
    { ...earlier, sha: other.sha, commitDate: other.commitDate, runNumber: earlier.runNumber + gap },
  ]);

const FORMATS = [
  'v1.0.{{run_number}}-{{sha}}',
  '1.0.{{run_number}}',
  '{{run_number}}',
  '{{run_number}}-{{sha}}',
  '{{sha}}-{{run_number}}',
  'r{{run_number}}-{{sha}}',
  'build_{{run_number}}',
  "{{commit_date 'YYYYMMDDHHmm'}}-{{run_number}}-{{sha}}",
  "{{sha}}.{{run_number}}.{{commit_date 'X'}}",
  '{{branch}}-{{run_number}}',
  '{{branch}}-{{run_number}}-{{sha}}',
  '{{tag}}_{{sha}}_{{run_number}}',
  'pr-{{pr}}-{{run_number}}-{{sha}}',
  '{{version}}-{{run_number}}',
  '{{version}}-{{run_number}}-{{sha}}',
];

describe('ids of a later run', () => {
  test.each(FORMATS)('of %s are newer', async (format) => {
    await fc.assert(
      fc.asyncProperty(earlierAndLater, async ([earlier, later]) => {
        const [a, b] = [await render(format, earlier), await render(format, later)];
        const isLong = later.runNumber > 999_999;
        const order = orderReleases(a, b, 'auto');
        // From a million on a number may be a commit: unknown, or with nothing beside it a question of ancestry.
        if (!isLong) expect([a, b, order]).toEqual([a, b, 'newer']);
        expect(order).not.toBe('older');
        expect(orderReleases(b, a, 'auto')).not.toBe('newer');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('ids by timestamp', () => {
  test.each([
    "{{sha}}-{{commit_date 'YYYYMMDDHHmm'}}",
    "{{commit_date 'YYYYMMDDHHmm'}}-{{sha}}",
    "{{commit_date 'YYYYMMDDHHmmss'}}",
    "{{branch}}-{{sha}}-{{commit_date 'X'}}",
    "{{sha}}-{{date 'x'}}",
    "{{sha}}-{{date 'YYYYMMDD'}}",
  ])('%s', async (format) => {
    await fc.assert(
      fc.asyncProperty(facts, facts, async (earlier, other) => {
        const later = { ...earlier, sha: other.sha, commitDate: other.commitDate, date: other.date };
        const [a, b] = [await render(format, earlier), await render(format, later)];
        const [from = ''] = /'.+'/.exec(format) ?? [];
        const [before, after] = [
          await render(`{{${format.includes('commit_date') ? 'commit_date' : 'date'} ${from}}}`, earlier),
          await render(`{{${format.includes('commit_date') ? 'commit_date' : 'date'} ${from}}}`, later),
        ];
        const [left, right] = [BigInt(before), BigInt(after)];
        const order = left < right ? 'newer' : left > right ? 'older' : a === b ? 'same' : 'unknown';
        expect([a, b, orderReleases(a, b, 'auto')]).toEqual([a, b, order]);
      }),
      { numRuns: 1000 },
    );
  });
});

test('versions with a commit are ordered as the versions are', async () => {
  await fc.assert(
    fc.asyncProperty(facts, facts, async (a, b) => {
      const bare = orderReleases(a.version, b.version, 'semver');
      const ids = [await render('{{version}}-{{sha}}', a), await render('{{version}}-{{sha}}', b)] as const;
      const order = orderReleases(...ids, 'auto');
      const legal = bare === 'same' ? (ids[0] === ids[1] ? ['same'] : ['unknown']) : [bare, 'unknown'];
      expect(legal).toContain(order);
    }),
    { numRuns: 1000 },
  );
});

test('ids of two formats are never newer in both directions, nor in the wrong one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FORMATS),
      fc.constantFrom(...FORMATS),
      earlierAndLater,
      async (one, other, [earlier, later]) => {
        const [a, b] = [await render(one, later), await render(other, earlier)];
        const [there, back] = [orderReleases(a, b, 'auto'), orderReleases(b, a, 'auto')];
        if (there === 'newer') expect(back).toBe('older');
        if (there === 'unknown') expect(back).toBe('unknown');
      },
    ),
    { numRuns: 1000 },
  );
});

describe('versions that grow with the runs', () => {
  test.each([
    ['1.3.0-rc.9-50', '1.3.0-rc.10-60'],
    ['1.3.0-rc.1-41', '1.3.0-42'],
    ['v1.3.0-rc.9-50-abc1234', 'v1.3.0-rc.10-60-def5678'],
    ['1.9.0-41', '1.10.0-42'],
  ])('%s is older than %s', (earlier, later) => {
    expect([orderReleases(earlier, later, 'auto'), orderReleases(later, earlier, 'auto')]).toEqual([
      'newer',
      'older',
    ]);
  });

  test.each([
    '{{version}}-{{run_number}}',
    'v{{version}}-{{run_number}}',
    '{{version}}-{{run_number}}-{{sha}}',
  ])('%s', async (format) => {
    await fc.assert(
      fc.asyncProperty(facts, facts, fc.integer({ min: 1, max: 500 }), async (one, other, gap) => {
        const [low = '', high = ''] = [one.version, other.version].sort(semver.compare);
        const earlier = { ...one, version: low, runNumber: (one.runNumber % 999_000) + 1 };
        const later = { ...other, version: high, runNumber: earlier.runNumber + gap };
        const [a, b] = [await render(format, earlier), await render(format, later)];
        expect([a, b, orderReleases(a, b, 'auto')]).not.toEqual([a, b, 'older']);
        expect([b, a, orderReleases(b, a, 'auto')]).not.toEqual([b, a, 'newer']);
      }),
      { numRuns: 3000 },
    );
  });
});
