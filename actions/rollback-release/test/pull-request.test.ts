import { describe, expect, test } from '@jest/globals';
import { BAD, OLD, OVERLAY, overlay, sentence, startStage } from './stage.ts';

const PROPOSE = { strategy: 'pull-request', 'pull-request-branch': 'rollback/production' };

describe('strategy pull-request', () => {
  test('one pull request; run again, by this run or another, it is not a second step', async () => {
    await using stage = await startStage();
    await stage.release('v1.0.0-0000000', { 'other.yaml': 'a: 1\n' });
    const run = await stage.back({ ...PROPOSE, reason: 'crash loop' });
    expect(sentence(run)).toBe('0: ');
    expect(run.outputs).toMatchObject({
      result: 'proposed',
      commit: '',
      'pull-request': '1',
      from: BAD,
      to: OLD,
    });
    expect(run.outputs.notice).toContain('**Proposed to roll back**');
    expect(run.outputs.notice).toContain(`([pull request 1](${run.outputs['pull-request-url']}))`);
    const proposed = await stage.gitops.read('rollback/production', OVERLAY);
    expect(proposed).toContain(
      `newTag: ${OLD}      # written by delivery # gitops-actions: blocked ${BAD} crash loop`,
    );
    const again = await stage.back(PROPOSE);
    expect(again.outputs).toMatchObject({ result: 'proposed', 'pull-request': '1', from: BAD, to: OLD });
    expect(await stage.gitops.read('rollback/production', OVERLAY)).toBe(proposed);
    expect(stage.gitops.pullRequests()).toHaveLength(1);
    expect(await stage.gitops.read('main', OVERLAY)).toBe(overlay(BAD));
  });

  test('once merged it is unchanged', async () => {
    await using stage = await startStage();
    await stage.back(PROPOSE, { runId: 5 });
    await stage.gitops.pullRequests()[0]?.merge();
    expect(await stage.gitops.read('main', OVERLAY)).toContain(`blocked ${BAD}`);
    for (const [inputs, runId] of [
      [PROPOSE, 5],
      [{ ...PROPOSE, release: BAD }, 6],
    ] as const)
      expect((await stage.back(inputs, { runId })).outputs).toMatchObject({
        result: 'unchanged',
        'pull-request': '',
      });
  });

  test('a newer release on the base: the pull request closes itself, and the run says superseded', async () => {
    await using stage = await startStage();
    await stage.back({ ...PROPOSE, release: BAD });
    await stage.release('v1.0.3-ccccccc', { [OVERLAY]: overlay('v1.0.3-ccccccc') });
    const run = await stage.back({ ...PROPOSE, release: BAD });
    expect(sentence(run)).toBe('0: ');
    expect(run.outputs).toMatchObject({ result: 'superseded', 'pull-request': '' });
    expect(stage.gitops.pullRequests().map(({ state }) => state)).toEqual(['closed']);
    expect(await stage.gitops.read('main', OVERLAY)).toBe(overlay('v1.0.3-ccccccc'));
  });
});
