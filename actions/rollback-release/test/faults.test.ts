import { type Fault, faults } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { BAD, OLD, OVERLAY, overlay, sentence, startStage } from './stage.ts';

const COMMIT = 'graphql CommitFiles';

describe('the rollback lands exactly once', () => {
  const cases: [string, Fault][] = [
    ['502 before the work', { match: COMMIT, times: 1, ...faults.serverError(502) }],
    ['502 after the work', { match: COMMIT, times: 1, after: true, ...faults.serverError(502) }],
    ['connection cut after the work', { match: COMMIT, times: 1, after: true, reset: true }],
    ['secondary limit', { match: COMMIT, times: 1, ...faults.secondaryLimit(1) }],
    ['the history fails once', { match: 'graphql ReadSteps', times: 1, ...faults.serverError(500) }],
    ['an earlier commit fails once', { match: 'graphql ReadStates', times: 1, reset: true }],
    ['a stale read of the head', { match: 'graphql ReadHead', times: 1, stale: 1 }],
  ];
  test.each(cases)('%s', async (_, fault) => {
    await using stage = await startStage();
    await stage.gitops.commit('main', { 'README.md': 'another commit\n' });
    stage.github.inject(fault);
    const run = await stage.back();
    expect(sentence(run)).toBe('0: ');
    expect(run.outputs).toMatchObject({ result: 'committed', from: BAD, to: OLD });
    expect(run.outputs.commit).toBe(await stage.gitops.head('main'));
    expect(await stage.gitops.log('main')).toHaveLength(5);
  });
});

test('a history that cannot be read: red, and nothing is written', async () => {
  await using stage = await startStage();
  stage.github.inject({ match: 'graphql ReadSteps', ...faults.serverError(502) });
  expect(sentence(await stage.back())).toMatch(/^1: Cannot read the history of acme\/gitops@main: .*502/);
  expect(await stage.gitops.log('main')).toHaveLength(3);
}, 60_000);

describe.each(['api', 'git'])('through %s', (transport) => {
  test('two at once take one step back, not two', async () => {
    await using stage = await startStage();
    await stage.release('v1.0.0-0000000', { 'other.yaml': 'a: 1\n' });
    const runs = await Promise.all([
      stage.back({ transport, release: BAD }),
      stage.back({ transport, release: BAD }),
    ]);
    expect(runs.map(sentence)).toEqual(['0: ', '0: ']);
    expect(runs.map(({ outputs }) => outputs.result).sort()).toEqual(['committed', 'unchanged']);
    expect(await stage.gitops.read('main', OVERLAY)).toContain(`newTag: ${OLD}`);
    expect(await stage.gitops.log('main')).toHaveLength(5);
  });
});

test('a rollback that meets a conflict does not go on to the release before', async () => {
  await using stage = await startStage();
  const moved = Promise.withResolvers<void>();
  stage.github.inject({ match: COMMIT, times: 1, hold: moved.promise });
  const slow = stage.back();
  while (!stage.github.requests().some(({ operation }) => operation === 'ReadStates'))
    await new Promise((resolve) => setTimeout(resolve, 20));
  const fast = stage.back();
  while ((await stage.gitops.log('main')).length < 4) await new Promise((resolve) => setTimeout(resolve, 20));
  moved.resolve();
  const results = (await Promise.all([slow, fast])).map(({ outputs }) => outputs.result);
  expect(results.sort()).toEqual(['committed', 'unchanged']);
  expect(await stage.gitops.log('main')).toHaveLength(4);
});

test('cancelled while it waits: nothing is written', async () => {
  await using stage = await startStage();
  const never = Promise.withResolvers<void>();
  stage.github.inject({ match: 'graphql ReadSteps', hold: never.promise });
  const controller = new AbortController();
  const running = stage.back({}, { signal: controller.signal });
  while (!stage.github.requests().some(({ operation }) => operation === 'ReadHead'))
    await new Promise((resolve) => setTimeout(resolve, 20));
  controller.abort();
  const run = await running;
  never.resolve();
  expect(run.exitCode).not.toBe(0);
  expect(await stage.gitops.read('main', OVERLAY)).toBe(overlay(BAD));
});
