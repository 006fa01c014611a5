import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PullRequestState } from '../../src/github/index.ts';
import { decide, type Lifetime } from '../../src/preview/index.ts';
import { recordOf } from './fixtures.ts';

const DAY = 86_400;
const { deployed, expires } = recordOf();
const unknown: PullRequestState = { state: 'unknown', reason: 'Not Found' };
const open = (...labels: string[]): PullRequestState => ({ state: 'open', labels });
const lifetime = (change: Partial<Lifetime>): Lifetime => ({
  now: deployed,
  warnBefore: DAY,
  keepLabel: 'keep-preview',
  ...change,
});

const END = '2023-11-21 22:13 UTC';
const LAST = 'last deployed 2023-11-14 22:13 UTC';

describe('the decision', () => {
  test.each<[string, PullRequestState, Partial<Lifetime>, string, string]>([
    ['open and young', open(), {}, 'keep', `pull request 42 is open; expires ${END}`],
    [
      'open, a day and a second left',
      open(),
      { now: expires - DAY - 1 },
      'keep',
      `pull request 42 is open; expires ${END}`,
    ],
    ['open, a day left', open(), { now: expires - DAY }, 'warn', `pull request 42 is open; expires ${END}`],
    ['open, a second left', open(), { now: expires - 1 }, 'warn', `pull request 42 is open; expires ${END}`],
    [
      'open, a second left, no warnings',
      open(),
      { now: expires - 1, warnBefore: 0 },
      'keep',
      `pull request 42 is open; expires ${END}`,
    ],
    ['open and expired', open(), { now: expires }, 'remove', `expired ${END}, ${LAST}`],
    [
      'open, expired, kept',
      open('bug', 'Keep-Preview'),
      { now: expires },
      'keep',
      'pull request 42 is open and has the label keep-preview',
    ],
    ['open, expired, another label', open('keep'), { now: expires }, 'remove', `expired ${END}, ${LAST}`],
    [
      'open, expired, no such label wanted',
      open('', 'keep-preview'),
      { now: expires, keepLabel: '' },
      'remove',
      `expired ${END}, ${LAST}`,
    ],
    ['closed', { state: 'closed' }, {}, 'remove', 'pull request 42 is closed'],
    ['merged', { state: 'merged' }, {}, 'remove', 'pull request 42 is merged'],
    ['unknown and young', unknown, {}, 'unknown', 'Not Found'],
    ['unknown and expired', unknown, { now: expires + 1 }, 'unknown', 'Not Found'],
    [
      'a shorter ttl',
      open(),
      { now: deployed + 3600, ttl: 3600 },
      'remove',
      `expired 2023-11-14 23:13 UTC, ${LAST}`,
    ],
    [
      'a longer ttl',
      open(),
      { now: expires, ttl: 1_000_000 },
      'keep',
      'pull request 42 is open; expires 2023-11-26 12:00 UTC',
    ],
  ])('%s', (_name, standing, change, verdict, reason) => {
    expect(decide(recordOf(), standing, lifetime(change))).toMatchObject({ verdict, reason });
  });

  test('a time is only told where one is set', () => {
    expect(decide(recordOf(), open(), lifetime({}))).toHaveProperty('expires', expires);
    expect(decide(recordOf(), open('keep-preview'), lifetime({}))).not.toHaveProperty('expires');
    expect(decide(recordOf(), { state: 'closed' }, lifetime({}))).not.toHaveProperty('expires');
  });
});

const seconds = fc.integer({ min: 1, max: 4_000_000_000 });
const labels = fc.array(fc.constantFrom('bug', 'keep-preview', 'KEEP-PREVIEW', 'docs'), { maxLength: 3 });
const standings = fc.oneof(
  labels.map((given): PullRequestState => ({ state: 'open', labels: given })),
  fc.constantFrom<PullRequestState>({ state: 'closed' }, { state: 'merged' }, unknown),
);
const lifetimes = fc.record({
  now: seconds,
  ttl: fc.option(fc.integer({ min: 60, max: 10_000_000 }), { nil: undefined }),
  warnBefore: fc.integer({ min: 0, max: 1_000_000 }),
  keepLabel: fc.constantFrom('keep-preview', ''),
});

describe('properties', () => {
  test('removes exactly what is closed, merged, or known, over its time and not kept', () => {
    fc.assert(
      fc.property(standings, seconds, seconds, lifetimes, (standing, from, until, life) => {
        const { verdict } = decide(recordOf({ deployed: from, expires: until }), standing, life);
        const isOver = (life.ttl === undefined ? until : from + life.ttl) <= life.now;
        const isKept =
          standing.state === 'open' &&
          life.keepLabel !== '' &&
          standing.labels.some((label) => label.toLowerCase() === life.keepLabel);
        const isClosed = standing.state === 'closed' || standing.state === 'merged';
        expect(verdict === 'remove').toBe(isClosed || (standing.state === 'open' && isOver && !isKept));
        expect(verdict === 'unknown').toBe(standing.state === 'unknown');
      }),
    );
  });

  test('what it warns of is open, and goes within the time of the warning if nothing changes', () => {
    fc.assert(
      fc.property(standings, seconds, seconds, lifetimes, (standing, from, until, life) => {
        const record = recordOf({ deployed: from, expires: until });
        const { verdict } = decide(record, standing, life);
        if (verdict !== 'warn') return;
        expect(standing.state).toBe('open');
        expect(decide(record, standing, { ...life, now: life.now + life.warnBefore }).verdict).toBe('remove');
      }),
    );
  });

  test('as time goes by a preview is kept, then warned of, then removed, and never the other way', () => {
    const order = { unknown: -1, keep: 0, warn: 1, remove: 2 } as const;
    fc.assert(
      fc.property(
        standings,
        seconds,
        seconds,
        lifetimes,
        fc.nat(10_000_000),
        (standing, from, until, life, later) => {
          const record = recordOf({ deployed: from, expires: until });
          const first = decide(record, standing, life).verdict;
          const second = decide(record, standing, { ...life, now: life.now + later }).verdict;
          expect(order[second]).toBeGreaterThanOrEqual(order[first]);
        },
      ),
    );
  });
});
