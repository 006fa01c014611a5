import { CALLS } from '../../scripts/real-github/needed-jobs.ts';

export const skipped = { result: 'skipped', outputs: {} };
export const NEEDS = {
  ...Object.fromEntries(CALLS.map((name) => [name, skipped])),
  backend: { result: 'success', outputs: { id: 'v1', 'has-services': 'false' } },
  inside: { result: 'success', outputs: { seen: 'true' } },
  'hosted-runner': {
    result: 'success',
    outputs: { tools: 'az base64 docker git helm kubectl node npm', manager: 'npm', tag: 'false' },
  },
  called: { result: 'success', outputs: { ran: 'true' } },
  follower: { result: 'success', outputs: {} },
  replaced: { result: 'success', outputs: { taken: 'environment' } },
  overlong: { result: 'cancelled', outputs: {} },
  'after-time': { result: 'success', outputs: { seen: 'cancelled' } },
  outside: { result: 'success', outputs: { seen: 'false' } },
};
/** A job that ran from one second to another. */
export const job = (name: string, begin: number, end: number, conclusion = 'success') => ({
  ...{ name, conclusion, started: new Date(begin * 1000).toISOString() },
  ended: new Date(end * 1000).toISOString(),
});
export const JOBS = [
  job('Queue 2', 21, 42),
  job('Pair 1', 0, 20),
  job('Queue 1', 0, 20),
  job('Pair 2', 21, 41),
];
