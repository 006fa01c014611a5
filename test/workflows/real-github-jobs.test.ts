import { describe, expect, test } from '@jest/globals';
import {
  actionsAreFound,
  CALLS,
  callsAreAccepted,
  secretStaysInside,
} from '../../scripts/real-github/needed-jobs.ts';
import { followEachOther } from '../../scripts/real-github/waiting-jobs.ts';
import { project } from './project.ts';
import { JOBS, job, NEEDS, skipped } from './real-github-run.ts';

test('every workflow that others may call is called', () => {
  const called = [...project.callable.values()].filter(({ call }) => call !== undefined);
  const names = called.map(({ path }) => path.slice('.github/workflows/'.length, -'.yml'.length));
  // service.yml is called by two of them.
  expect([...CALLS, 'backend', 'service'].toSorted()).toEqual(names.toSorted());
  const jobs = project.callable.get('.github/workflows/real-github.yml')?.jobs ?? [];
  const report = jobs.find(({ id }) => id === 'report');
  expect(jobs.map(({ id }) => id).toSorted()).toEqual([...(report?.needs ?? []), 'report'].toSorted());
});

describe('jobs of a group', () => {
  test('follow each other', () => {
    expect(followEachOther(JOBS, 'Queue')).toBe('2 jobs, one after the other, none left out');
    expect(followEachOther(JOBS, 'Nobody')).toBeUndefined();
  });
  test.each([
    ['side by side', [job('Pair 1', 0, 20), job('Pair 2', 1, 21)], 'The job "Pair 2" began before "Pair 1"'],
    ['one dropped', [job('Pair 1', 0, 20), job('Pair 2', 0, 0, 'cancelled')], '"Pair 2" ended as cancelled'],
  ])('%s', (_, jobs, problem) => {
    expect(() => followEachOther(jobs, 'Pair')).toThrow(problem);
  });
});

test.each([
  [
    'a call is missing',
    () => callsAreAccepted({ ...NEEDS, verify: { ...skipped, result: 'failure' } }),
    'verify',
  ],
  ['no action', () => actionsAreFound({ backend: { result: 'failure', outputs: {} } }), 'ended as failure'],
  [
    'images of nothing',
    () => actionsAreFound({ backend: { result: 'success', outputs: { id: 'v1' } } }),
    'images',
  ],
  ['no secret', () => secretStaysInside({ ...NEEDS, inside: NEEDS.outside }), 'does not see'],
  [
    'a secret for all',
    () => secretStaysInside({ ...NEEDS, outside: NEEDS.inside }),
    'without the environment sees',
  ],
])('%s: said', (_, look, problem) => {
  expect(look).toThrow(problem);
});
