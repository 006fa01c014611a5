import { type Fault, faults } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { OVERLAY, sentence, startStage } from './stage.ts';

const COMMIT = 'graphql CommitFiles';
const IMAGES = { images: 'ghcr.io/acme/web:v1.0.2-bbbbbbb' };

describe('the change lands exactly once', () => {
  const cases: [string, Fault][] = [
    ['502 before the work', { match: COMMIT, times: 1, ...faults.serverError(502) }],
    ['502 after the work', { match: COMMIT, times: 1, after: true, ...faults.serverError(502) }],
    ['connection cut before the work', { match: COMMIT, times: 1, reset: true }],
    ['connection cut after the work', { match: COMMIT, times: 1, after: true, reset: true }],
    ['secondary limit', { match: COMMIT, times: 1, ...faults.secondaryLimit(1) }],
    ['reading fails once', { match: 'graphql ReadHead', times: 1, ...faults.serverError(500) }],
    ['a stale read of the head', { match: 'graphql ReadHead', times: 1, stale: 1 }],
  ];
  test.each(cases)('%s', async (_name, fault) => {
    await using stage = await startStage();
    await stage.gitops.commit('main', { 'README.md': 'another commit\n' });
    stage.github.inject(fault);
    const run = await stage.run(IMAGES);
    expect(sentence(run)).toBe('0: ');
    expect(run.outputs).toMatchObject({ result: 'committed', commit: await stage.gitops.head('main') });
    expect(await stage.gitops.log('main')).toHaveLength(3);
    expect(await stage.gitops.read('main', OVERLAY)).toContain('newTag: v1.0.2-bbbbbbb');
    expect(await stage.gitops.read('main', 'README.md')).toBe('another commit\n');
  });
});

test('a server that stays broken: red, and nothing written', async () => {
  await using stage = await startStage();
  stage.github.inject({ match: 'graphql ReadHead', ...faults.serverError(502) });
  const run = await stage.run(IMAGES, { env: {} });
  expect(sentence(run)).toMatch(
    /^1: Cannot read acme\/gitops@its default branch: .*502.*\. GitHub did not answer properly; re-run the job\.$/,
  );
  expect(await stage.gitops.log('main')).toHaveLength(1);
}, 60_000);
