import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PullRequestState } from '../../src/github/index.ts';
import { decide } from '../../src/preview/index.ts';
import { recordOf } from './fixtures.ts';

const { deployed, expires } = recordOf();
const unknown: PullRequestState = { state: 'unknown', reason: 'Not Found' };

test.each<[string, PullRequestState, number, number | undefined, string, string]>([
  [
    'open and young',
    { state: 'open' },
    deployed,
    undefined,
    'keep',
    'pull request 42 is open; expires 2023-11-21 22:13 UTC',
  ],
  [
    'open, a second left',
    { state: 'open' },
    expires - 1,
    undefined,
    'keep',
    'pull request 42 is open; expires 2023-11-21 22:13 UTC',
  ],
  [
    'open and expired',
    { state: 'open' },
    expires,
    undefined,
    'remove',
    'expired 2023-11-21 22:13 UTC, last deployed 2023-11-14 22:13 UTC',
  ],
  ['closed', { state: 'closed' }, deployed, undefined, 'remove', 'pull request 42 is closed'],
  ['merged', { state: 'merged' }, deployed, undefined, 'remove', 'pull request 42 is merged'],
  ['unknown and young', unknown, deployed, undefined, 'unknown', 'Not Found'],
  ['unknown and expired', unknown, expires + 1, undefined, 'unknown', 'Not Found'],
  [
    'a shorter ttl',
    { state: 'open' },
    deployed + 3600,
    3600,
    'remove',
    'expired 2023-11-14 23:13 UTC, last deployed 2023-11-14 22:13 UTC',
  ],
  [
    'a longer ttl',
    { state: 'open' },
    expires,
    1_000_000,
    'keep',
    'pull request 42 is open; expires 2023-11-26 12:00 UTC',
  ],
])('%s', (_name, standing, now, ttl, verdict, reason) => {
  expect(decide(recordOf(), standing, { now, ttl })).toEqual({ verdict, reason });
});

test('property: removes exactly what is closed, merged, or known and over its time', () => {
  const seconds = fc.integer({ min: 1, max: 4_000_000_000 });
  const state = fc.constantFrom<PullRequestState['state']>('open', 'closed', 'merged', 'unknown');
  const ttl = fc.option(fc.integer({ min: 60, max: 10_000_000 }), { nil: undefined });
  fc.assert(
    fc.property(state, seconds, seconds, seconds, ttl, (which, now, from, until, life) => {
      const standing: PullRequestState = which === 'unknown' ? unknown : { state: which };
      const { verdict } = decide(recordOf({ deployed: from, expires: until }), standing, { now, ttl: life });
      const isOver = (life === undefined ? until : from + life) <= now;
      const mayGo = which === 'closed' || which === 'merged' || (which === 'open' && isOver);
      expect(verdict === 'remove').toBe(mayGo);
      if (which === 'unknown') expect(verdict).toBe('unknown');
    }),
  );
});
