import { faults } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOn } from '../../../test/engines/suite.ts';
import { openStage, type Stage, withKubectl } from './stage.ts';

const OTHER = 'c'.repeat(40);

describeOn(['kubernetes'], 'what goes wrong around a verification says nothing against the release', () => {
  let stage: Stage;
  const newest = () =>
    stage.shop
      .deployments()
      .at(-1)
      ?.statuses.map(({ state }) => state);
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(async () => {
    await stage[Symbol.asyncDispose]();
  });

  test('a commit that the repository does not have: before anything is waited for', async () => {
    const run = await stage.verify({ commit: OTHER, environment: 'production' }, { env: withKubectl() });
    expect(run.exitCode).toBe(1);
    expect(run.outputs.verdict).toBe('unknown');
    expect(run.outputs.reason).toContain(`The commit "${OTHER}" is not in acme/gitops`);
    expect(run.annotations).toMatchObject([
      {
        level: 'error',
        message: expect.stringMatching(/^The release is unknown: .* mend it, and re-run the job\.$/),
      },
    ]);
    expect(newest()).toEqual(['error', 'in_progress']);
  });

  test('nobody answers: unknown, and where to look', async () => {
    const run = await stage.verify({ timeout: '1s' }, { env: withKubectl(), timeout: 60_000 });
    expect(run.outputs.verdict).toBe('unknown');
    expect(run.outputs.reason).toMatch(/The cluster does not answer: .*Check the address in the kubeconfig/);
    expect(run.outputs.summary).toContain('unknown');
    const said = run.stdout.replace(/^::add-mask::.*$/gm, '');
    expect(said + run.summary + JSON.stringify(run.outputs)).not.toContain('a-token-of-some-length');
  });

  test('no kubectl on the runner: what to add', async () => {
    const run = await stage.verify({ environment: 'production' }, { env: { PATH: '/nowhere' } });
    expect(run.outputs.reason).toBe(
      'This runner has no kubectl on its PATH; add a step with azure/setup-kubectl before this one.',
    );
    expect(newest()).toEqual(['error', 'in_progress']);
  });

  test('a token that may not write deployments: the permission is named, and nothing is waited for', async () => {
    const token = stage.github.issueToken({ permissions: { contents: 'read' } });
    const before = stage.shop.deployments().length;
    const run = await stage.verify({ environment: 'production' }, { token, env: withKubectl() });
    expect(run.exitCode).toBe(1);
    expect(run.outputs.verdict).toBe('unknown');
    expect(run.outputs.reason).toContain('deployments: write');
    expect(stage.shop.deployments()).toHaveLength(before);
  });

  test('cancelled: the Deployment says so, and the verdict is unknown', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 4000);
    const run = await stage.verify(
      { environment: 'production', timeout: '5m' },
      { env: withKubectl(), signal: controller.signal },
    );
    expect(run.exitCode).toBe(1);
    expect(run.ms).toBeLessThan(15_000);
    expect(run.outputs).toMatchObject({ verdict: 'unknown', reason: 'Cancelled by the runner (SIGINT).' });
    expect(newest()).toEqual(['error', 'in_progress']);
  });

  test('the last word on the Deployment is lost: a warning, and the verdict stands', async () => {
    stage.github.inject({
      match: 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
      times: 10,
      ...faults.serverError(502),
    });
    const run = await stage.verify({ environment: 'production', commit: OTHER }, { env: withKubectl() });
    expect(run.outputs.verdict).toBe('unknown');
    expect(run.annotations.map(({ level }) => level)).toContain('warning');
    expect(run.annotations.at(-1)?.message).toMatch(/^The release is unknown: The commit/);
  });
});
