import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import semver from 'semver';
import { parse } from 'yaml';
import { fluxImagePolicy, formatPolicy, overlaps, parseFormat } from '../../src/release/index.ts';
import { type Facts, facts, render } from './facts.ts';
import { fluxPick } from './flux.ts';

const policyOf = (format: string, branch?: string, prereleases?: boolean) =>
  fluxImagePolicy(parseFormat(format), { branch, ...(prereleases === undefined ? {} : { prereleases }) });

test('as YAML', () => {
  const policy = policyOf('{{branch}}.{{run_number}}-{{sha}}', 'release/1.0');
  if (policy === undefined) throw new Error('no policy');
  expect(formatPolicy(policy)).toBe(
    [
      'filterTags:',
      "  pattern: '^release-1\\.0\\.(?P<order>[1-9][0-9]{0,15})-(?:g0[0-9]{6}|[0-9a-f]{7})$'",
      "  extract: '$order'",
      'policy:',
      '  numerical:',
      "    order: 'asc'",
      '',
    ].join('\n'),
  );
  expect(parse(formatPolicy(policy))).toEqual(policy);
});

const ASC = { order: 'asc' };

describe('what orders ids', () => {
  test.each([
    ['{{run_id}}-{{sha}}', '$order', { numerical: ASC }],
    ["{{commit_date 'YYYYMMDD'}}-{{run_number}}", '$order', { numerical: ASC }],
    ['{{run_number}}.{{run_attempt}}', '$order1.$order2.0', { semver: { range: '>=0.0.0' } }],
    ["{{sha}}-{{commit_date 'YYYYMMDDHHmm'}}", '$order', { numerical: ASC }],
    ["{{sha}}-{{commit_date 'YYYYMMDDHHmmssSSS'}}", '$order', { alphabetical: ASC }],
    ["{{sha}}-{{commit_date 'YYYY-MM-DD'}}", '$order', { alphabetical: ASC }],
    ["{{sha}}-{{commit_date 'YYMMDD'}}", '$order', { numerical: ASC }],
    ["{{commit_date 'YYYYMMDD'}}-{{commit_date 'HHmm'}}", '$order1$order2', { numerical: ASC }],
    ["{{commit_date 'X'}}", '$order', { numerical: ASC }],
    ["{{date 'x'}}", '$order', { numerical: ASC }],
    ['v{{version}}-{{sha}}', '$order', { semver: { range: '>=0.0.0' } }],
  ])('%s: %s', (format, extract, order) => {
    const policy = policyOf(format);
    expect(policy?.filterTags.extract).toBe(extract);
    expect(policy?.policy).toEqual(order);
  });

  test('versions with a pre-release, if they are wanted', () => {
    expect(policyOf('{{version}}', 'main', true)?.policy).toEqual({ semver: { range: '>=0.0.0-0' } });
  });

  test.each([
    ['{{sha}}'],
    ['{{tag}}'],
    ['pr-{{pr}}'],
    ['latest'],
    // Without a branch no id can be made.
    ['{{branch}}-{{run_number}}'],
    ["{{commit_date 'DDMMYYYY'}}"],
    ["{{commit_date 'YYYYDD'}}"],
    ["{{commit_date 'YYYYMM'}}"],
    ["{{commit_date 'HHmm'}}-{{commit_date 'YYYYMMDD'}}"],
    // Where the number ends cannot be told.
    ['{{run_number}}{{pr}}'],
    ['{{tag}}{{run_number}}'],
    ['{{nothing}}-{{run_number}}'],
  ])('%s holds none', (format) => {
    expect(policyOf(format)).toBeUndefined();
  });
});

/** Formats, and what their ids are ordered by. Ids that are alike in that may all be picked. */
const RECIPES: readonly (readonly [format: string, key: (of: Facts) => number])[] = [
  ['v1.0.{{run_number}}-{{sha}}', ({ runNumber }) => runNumber],
  ['{{branch}}-{{run_number}}', ({ runNumber }) => runNumber],
  ['{{branch}}-{{run_number}}-{{sha}}', ({ runNumber }) => runNumber],
  ['{{sha}}{{run_number}}', ({ runNumber }) => runNumber],
  ['{{run_id}}-{{sha}}', ({ runId }) => runId],
  ['{{run_number}}-{{run_attempt}}', ({ runNumber, runAttempt }) => runNumber * 100 + runAttempt],
  ["{{sha}}-{{commit_date 'YYYYMMDDHHmm'}}", ({ commitDate }) => Math.floor(commitDate.getTime() / 60_000)],
  ["{{commit_date 'YYYY-MM-DD'}}-{{sha}}", ({ commitDate }) => Math.floor(commitDate.getTime() / 86_400_000)],
  ["{{commit_date 'YYYYMMDD'}}-{{commit_date 'HHmmssSSS'}}", ({ commitDate }) => commitDate.getTime()],
  ["{{date 'YYYYMMDD[T]HHmmss[Z]'}}", ({ date }) => Math.floor(date.getTime() / 1000)],
  ["{{sha}}-{{commit_date 'X'}}", ({ commitDate }) => Math.floor(commitDate.getTime() / 1000)],
];
const OTHERS = [
  'pr-{{pr}}-{{run_number}}-{{sha}}',
  'pr-{{pr}}',
  '{{sha}}',
  '{{version}}',
  'v{{version}}-{{sha}}',
  'v2.0.{{run_number}}-{{sha}}',
  "nightly-{{date 'YYYYMMDD'}}",
  '{{tag}}',
  '{{run_number}}',
  ...RECIPES.map(([format]) => format),
];

describe('Flux picks the newest id, and nothing else', () => {
  test.each(RECIPES)('of %s', async (format, key) => {
    const branch = 'release/1.0';
    const policy = policyOf(format, branch);
    if (policy === undefined) throw new Error('no policy');
    const disjoint = OTHERS.filter((one) => !overlaps(parseFormat(format), parseFormat(one), { branch }));
    expect(disjoint.length).toBeGreaterThan(6);
    const noise = fc.array(fc.tuple(fc.constantFrom(...disjoint), facts), { maxLength: 6 });
    const own = fc.array(
      facts.map((of) => ({ ...of, branch })),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(own, noise, fc.boolean(), async (releases, foreign, isBehind) => {
        const ids = await Promise.all(releases.map((of) => render(format, of)));
        const rest = await Promise.all(foreign.map(([other, of]) => render(other, of)));
        const tags = isBehind ? [...ids, ...rest, 'latest'] : ['latest', ...rest, ...ids];
        const newest = Math.max(...releases.map(key));
        const legal = ids.filter((_, index) => {
          const of = releases[index];
          return of !== undefined && key(of) === newest;
        });
        expect(legal).toContain(fluxPick(policy, tags));
        expect(fluxPick(policy, [...rest, 'latest'])).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  test.each([false, true])('of versions, pre-releases: %j', async (prereleases) => {
    const format = 'v{{version}}-{{sha}}';
    const policy = policyOf(format, 'main', prereleases);
    if (policy === undefined) throw new Error('no policy');
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { minLength: 1, maxLength: 8 }), async (releases) => {
        const ids = await Promise.all(releases.map((of) => render(format, of)));
        const noise = [...(prereleases ? [] : ids.map((id) => `${id}-pr.7`)), 'latest'];
        const picked = fluxPick(policy, [...ids, ...noise]);
        const version = releases[ids.indexOf(picked ?? '')]?.version;
        const wanted = releases.filter((of) => prereleases || !of.version.includes('-'));
        if (wanted.length === 0) return expect(picked).toBeUndefined();
        for (const other of wanted)
          expect(semver.compare(version ?? '', other.version)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });
});
