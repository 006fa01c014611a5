import { describe, expect, test } from '@jest/globals';
import {
  DEV,
  overlay,
  PRODUCTION,
  promoted,
  SHOP,
  STAGING,
  sentence,
  startStage,
  V1,
  V2,
  V3,
} from './stage.ts';

describe('from one environment to the next', () => {
  test('dev to staging to production: the same releases, in one commit each', async () => {
    await using stage = await startStage();
    const head = await stage.gitops.head('main');
    const run = await stage.run();
    expect(sentence(run)).toBe('0: ');
    expect(run.outputs).toMatchObject({ result: 'committed', 'pull-request': '' });
    expect(promoted(run)).toEqual([
      { image: 'ghcr.io/acme/web', from: V1, to: V2 },
      { image: 'ghcr.io/acme/orders', from: V1, to: V2 },
    ]);
    expect(run.outputs.images).toBe(`ghcr.io/acme/web:${V2}\nghcr.io/acme/orders:${V2}`);
    const [commit] = await stage.gitops.log('main');
    expect(commit).toMatchObject({ sha: run.outputs.commit, files: [PRODUCTION] });
    expect(commit?.message).toMatch(
      new RegExp(
        `^Promote web, orders ${V2}\n\nRelease: ${V2}\nRelease-Sequence: \\d+\n(?:Source-Workflow: .+\n)?Source-Commit: \\w{40}\nSource-Run: .+\nPromoted-From: acme/gitops@${head}\n?$`,
      ),
    );
    await stage.run({ 'from-path': DEV, path: STAGING });
    const last = await stage.run();
    expect(promoted(last)).toMatchObject([
      { from: V2, to: V3 },
      { from: V2, to: V3 },
    ]);
    expect(await stage.gitops.read('main', PRODUCTION)).toBe(overlay(V3, V3));
    expect(await stage.gitops.log('main')).toHaveLength(4);
  });

  test('what both hold already: unchanged, and nobody is asked', async () => {
    await using stage = await startStage({ ...SHOP, [PRODUCTION]: overlay(V2, V2) });
    const run = await stage.run({ 'require-verified': 'true', 'from-environment': 'staging' });
    expect(sentence(run)).toBe('0: ');
    expect(run.outputs).toMatchObject({
      result: 'unchanged',
      commit: await stage.gitops.head('main'),
      diff: '',
    });
    expect(promoted(run)).toEqual([]);
    expect(run.outputs.images).toBe(`ghcr.io/acme/web:${V2}\nghcr.io/acme/orders:${V2}`);
    expect(run.requests.map(({ operation }) => operation)).toEqual(['ReadHead', 'ReadHead']);
  });

  test('requests: source, records, target, commit', async () => {
    await using stage = await startStage();
    await stage.verified([`ghcr.io/acme/web:${V2}`, `ghcr.io/acme/orders:${V2}`]);
    const run = await stage.run({ 'require-verified': 'true', 'from-environment': 'staging' });
    expect(sentence(run)).toBe('0: ');
    expect(run.requests.map(({ operation }) => operation)).toEqual([
      'ReadHead',
      'ReadHead',
      'ReleaseDeployments',
      'CommitFiles',
    ]);
  });

  test('the summary shows what moves and the diff', async () => {
    await using stage = await startStage();
    const run = await stage.run();
    expect(run.summary).toContain('### promote-release: committed');
    expect(run.summary).toMatch(/Promoted from `acme\/gitops@main` at `\w{7}`:/);
    expect(run.summary).toContain(`| \`ghcr.io/acme/web\` | \`${V1}\` | \`${V2}\` |`);
    expect(run.summary).toContain(`-    newTag: ${V1}`);
  });

  test('dry: nothing is written', async () => {
    await using stage = await startStage();
    const run = await stage.run({ 'dry-run': 'true' });
    expect(run.outputs).toMatchObject({ result: 'dry-run', commit: '' });
    expect(run.outputs.diff).toContain(`+    newTag: ${V2}`);
    expect(promoted(run)).toMatchObject([{ to: V2 }, { to: V2 }]);
    expect(await stage.gitops.log('main')).toHaveLength(1);
  });
});
