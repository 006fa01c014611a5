import { describe, expect, test } from '@jest/globals';
import {
  environmentReplacesSecret,
  lateJobIsSeen,
  skippedSkipNoOthers,
} from '../../scripts/real-github/called-jobs.ts';
import {
  actionsAreFound,
  CALLS,
  callsAreAccepted,
  hostedRunnerWorks,
  secretEmptiesOutputs,
  secretStaysInside,
} from '../../scripts/real-github/needed-jobs.ts';
import { followEachOther } from '../../scripts/real-github/waiting-jobs.ts';
import { project } from './project.ts';
import { JOBS, job, NEEDS, skipped } from './real-github-run.ts';

test('every workflow that others may call is called', () => {
  const called = [...project.callable.values()].filter(({ call }) => call !== undefined);
  const names = called.map(({ path }) => path.slice('.github/workflows/'.length, -'.yml'.length));
  // service.yml is called by two of them, and real-github-call.yml is there for nothing else.
  expect([...CALLS, 'backend', 'service', 'real-github-call'].toSorted()).toEqual(names.toSorted());
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

const runnerWith = (outputs: Readonly<Record<string, string>>) => ({
  ...NEEDS,
  'hosted-runner': { result: 'success', outputs: { ...NEEDS['hosted-runner'].outputs, ...outputs } },
});

const lateAs = (seen: string) => ({ ...NEEDS, 'after-time': { result: 'success', outputs: { seen } } });
const calledAs = (result: string, outputs: Readonly<Record<string, string>>) => ({
  ...NEEDS,
  called: { result, outputs },
});

test('what holds is said in words', () => {
  expect(secretEmptiesOutputs(NEEDS)).toBe('the output with the secret in it is empty');
  expect(secretEmptiesOutputs({ ...NEEDS, inside: skipped })).toBeUndefined();
  expect(hostedRunnerWorks(NEEDS)).toMatch(/^8 programs, /);
  expect(skippedSkipNoOthers(NEEDS)).toMatch(/^the called job ran, /);
  expect(environmentReplacesSecret(NEEDS)).toBe('the secret of the environment, not the one that was passed');
  expect(environmentReplacesSecret({ ...NEEDS, replaced: skipped })).toBeUndefined();
  expect(lateJobIsSeen(NEEDS)).toBe('it ended as cancelled, and the job after it ran');
  expect(lateJobIsSeen(lateAs('failure'))).toBe('it ended as failure, and the job after it ran');
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
  [
    'a secret in an output',
    () =>
      secretEmptiesOutputs({
        ...NEEDS,
        inside: { result: 'success', outputs: { seen: 'true', text: 'acme/x' } },
      }),
    'holds the secret',
  ],
  [
    'a program that is not there',
    () => hostedRunnerWorks(runnerWith({ tools: 'git node npm' })),
    'az, base64',
  ],
  ['no hashFiles', () => hostedRunnerWorks(runnerWith({ manager: '' })), 'package manager ""'],
  ['a called job that did not run', () => skippedSkipNoOthers(calledAs('skipped', {})), '"Good" did not run'],
  [
    'a call that is no success',
    () => skippedSkipNoOthers(calledAs('skipped', { ran: 'true' })),
    'one that was skipped ended as skipped',
  ],
  [
    'no job after a call',
    () => skippedSkipNoOthers({ ...NEEDS, follower: skipped }),
    '"Follower" after that call ended as skipped',
  ],
  [
    'the secret that was passed',
    () =>
      environmentReplacesSecret({ ...NEEDS, replaced: { result: 'success', outputs: { taken: 'caller' } } }),
    'saw the secret of caller',
  ],
  [
    'no job after one that ran out of time',
    () => lateJobIsSeen({ ...NEEDS, 'after-time': skipped }),
    '"After the time" ended as skipped',
  ],
  ['a job out of time that counts as done', () => lateJobIsSeen(lateAs('success')), 'ended as "success"'],
  ['tags that are not read', () => hostedRunnerWorks(runnerWith({ tag: '' })), 'check-tag says ""'],
])('%s: said', (_, look, problem) => {
  expect(look).toThrow(problem);
});
