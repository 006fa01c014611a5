import { describe, expect, test } from '@jest/globals';
import { KUSTOMIZATION, OVERLAY, sentence, startStage } from './stage.ts';

const PROPOSE = { strategy: 'pull-request', 'pull-request-branch': 'release/production' };
const IMAGE = { images: 'ghcr.io/acme/web:v1.0.2-bbbbbbb' };

describe('strategy pull-request', () => {
  test('one pull request, updated in place by the next run; the base is not touched', async () => {
    await using stage = await startStage();
    const first = await stage.run({ ...PROPOSE, ...IMAGE, labels: 'release' });
    expect(sentence(first)).toBe('0: ');
    expect(first.outputs).toMatchObject({ result: 'proposed', commit: '', 'pull-request': '1' });
    const second = await stage.run({ ...PROPOSE, images: 'ghcr.io/acme/web:v1.0.3-ccccccc' });
    expect(second.outputs).toMatchObject({ result: 'proposed', 'pull-request': '1' });
    const [pullRequest] = stage.gitops.pullRequests();
    expect(stage.gitops.pullRequests()).toHaveLength(1);
    expect(pullRequest?.labels).toEqual(['release']);
    expect(await stage.gitops.read('release/production', OVERLAY)).toContain('newTag: v1.0.3-ccccccc');
    expect(await stage.gitops.read('main', OVERLAY)).toBe(KUSTOMIZATION);
  });

  test('the job’s own token: a warning names what it cannot do', async () => {
    await using stage = await startStage();
    const run = await stage.run({ ...PROPOSE, ...IMAGE });
    expect(run.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)).toEqual([
      'Pull request 1 was written with the job\'s own token, so its workflows do not start by themselves; pass the token of a GitHub App as "gitops-token".',
    ]);
    const again = await stage.run({ ...PROPOSE, ...IMAGE });
    expect(again.outputs.result).toBe('proposed');
    expect(again.annotations).toEqual([]);
  });

  test('ten at once join one pull request', async () => {
    const teams = Array.from({ length: 10 }, (_, team) => `  - name: acme/app${team}\n    newTag: v1\n`);
    await using stage = await startStage({ [OVERLAY]: `images:\n${teams.join('')}` });
    const runs = await Promise.all(
      teams.map((_, team) => stage.run({ ...PROPOSE, images: `acme/app${team}:v2` })),
    );
    expect(runs.map(sentence)).toEqual(teams.map(() => '0: '));
    expect(stage.gitops.pullRequests()).toHaveLength(1);
    expect((await stage.gitops.read('release/production', OVERLAY)).match(/newTag: v2/g)).toHaveLength(10);
  }, 120_000);

  test('nothing left to change: it closes itself', async () => {
    await using stage = await startStage();
    await stage.run({ ...PROPOSE, ...IMAGE });
    await stage.run(IMAGE);
    const run = await stage.run({ ...PROPOSE, ...IMAGE });
    expect(run.outputs).toMatchObject({ result: 'unchanged', 'pull-request': '' });
    expect(stage.gitops.pullRequests().map(({ state }) => state)).toEqual(['closed']);
    expect(await stage.gitops.branches()).toEqual(['main']);
  });

  test.each([
    [
      'no branch',
      { strategy: 'pull-request' },
      'Input "pull-request-branch" is empty; with "strategy: pull-request" name the branch that the pull request comes from.',
    ],
    [
      'labels without it',
      { labels: 'x' },
      'Input "labels" is set, but "strategy" is push; set "strategy: pull-request", or leave it out.',
    ],
    [
      'an unknown one',
      { strategy: 'merge' },
      'Input "strategy" is "merge"; it must be one of: push, pull-request.',
    ],
    [
      'auto-merge that the repository does not allow',
      { ...PROPOSE, 'auto-merge': 'squash' },
      'Input "auto-merge" is "squash", but acme/gitops does not allow auto-merge; turn on "Allow auto-merge" (Settings → General), or set the input to "none".',
    ],
  ])('refused: %s', async (_name, inputs, message) => {
    await using stage = await startStage();
    const run = await stage.run({ ...IMAGE, ...inputs });
    expect(sentence(run)).toBe(`1: ${message}`);
    expect(stage.gitops.pullRequests()).toEqual([]);
    expect(await stage.gitops.branches()).toEqual(['main']);
  });
});
