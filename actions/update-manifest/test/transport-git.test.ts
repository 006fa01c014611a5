import { describe, expect, test } from '@jest/globals';
import { KUSTOMIZATION, OVERLAY, sentence, startStage } from './stage.ts';

const IMAGE = { images: 'ghcr.io/acme/web:v1.0.2-bbbbbbb' };

describe('transport git', () => {
  test.each([
    ['by name, on this server', 'acme/gitops'],
    ['by address', 'ADDRESS'],
  ])('%s: one commit, no API request, nothing else changed', async (_name, repository) => {
    await using stage = await startStage();
    const address = stage.gitops.cloneUrl;
    const run = await stage.run({
      ...IMAGE,
      transport: 'git',
      repository: repository === 'ADDRESS' ? address : repository,
    });
    expect(sentence(run)).toBe('0: ');
    expect(run.requests).toEqual([]);
    expect(await stage.gitops.read('main', OVERLAY)).toBe(
      KUSTOMIZATION.replace('v1.0.1-aaaaaaa', 'v1.0.2-bbbbbbb'),
    );
    const [commit] = await stage.gitops.log('main');
    expect(commit).toMatchObject({ sha: run.outputs.commit, files: [OVERLAY] });
    expect(commit?.message).toContain('\nSource-Run: ');
    expect(run.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(stage.github.token);
  });

  test('eight at once on one file: eight land, none is lost', async () => {
    const teams = Array.from({ length: 8 }, (_, team) => `  - name: acme/app${team}\n    newTag: v1\n`);
    await using stage = await startStage({ [OVERLAY]: `images:\n${teams.join('')}` });
    const runs = await Promise.all(
      teams.map((_, team) => stage.run({ transport: 'git', images: `acme/app${team}:v2` })),
    );
    expect(runs.map(sentence)).toEqual(teams.map(() => '0: '));
    expect((await stage.gitops.read('main', OVERLAY)).match(/newTag: v2/g)).toHaveLength(8);
    expect(await stage.gitops.log('main')).toHaveLength(9);
  }, 120_000);

  test('an older release stays out here too', async () => {
    await using stage = await startStage();
    const run = await stage.run({ images: 'ghcr.io/acme/web:v1.0.0-bbbbbbb', transport: 'git' });
    expect(run.outputs.result).toBe('superseded');
  });

  test.each([
    [
      'a file',
      { repository: 'file:///etc' },
      /^1: Input "repository" is "file:\/\/\/etc"; it must be https:/,
    ],
    [
      'a program',
      { repository: 'ext::sh -c true' },
      /^1: Input "repository" is "ext::sh -c true"; it must be https:/,
    ],
    [
      'an option',
      { repository: '--upload-pack=x' },
      /^1: Input "repository" is "--upload-pack=x"; it must be https:/,
    ],
    [
      'a password in the address',
      { repository: 'https://u:hunter2@example.com/a/b' },
      /^1: Input "repository" is "https:\/\/\*\*\*@example\.com\/a\/b"/,
    ],
    [
      'ssh without a key',
      { repository: 'git@example.com:a/b' },
      /^1: Input "ssh-key" is empty, but "repository" is an ssh address/,
    ],
    [
      'a pull request',
      { strategy: 'pull-request', 'pull-request-branch': 'x' },
      /^1: Input "strategy" is pull-request, but "transport" is git/,
    ],
    [
      'a key for the API',
      { transport: 'api', 'ssh-key': 'x' },
      /^1: Input "ssh-key" is set, but "transport" is api/,
    ],
    ['a missing branch', { branch: 'nope' }, /^1: .*nope/],
    ['a missing repository', { repository: 'acme/nope' }, /^1: .*acme\/nope/],
  ])('refused: %s', async (_name, inputs, message) => {
    await using stage = await startStage();
    const run = await stage.run({ ...IMAGE, transport: 'git', ...inputs });
    expect(sentence(run)).toMatch(message);
    expect(await stage.gitops.log('main')).toHaveLength(1);
  });

  test('a token that may not write', async () => {
    await using stage = await startStage();
    const token = stage.github.issueToken({ permissions: { contents: 'read', metadata: 'read' } });
    const run = await stage.run({ ...IMAGE, transport: 'git', 'gitops-token': token });
    expect(sentence(run)).toMatch(/^1: .*contents: write/);
    expect(await stage.gitops.log('main')).toHaveLength(1);
  });
});
