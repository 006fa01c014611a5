import { describe, expect, test } from '@jest/globals';
import { BAD, emptyStage, OLD, OVERLAY, overlay, sentence, startStage } from './stage.ts';

const MARK = `# gitops-actions: blocked ${BAD} smoke tests failed`;
const REASON = { reason: 'smoke tests failed' };

/** The overlay after the rollback of BAD. */
const rolledBack = (payments?: string) =>
  overlay(OLD, OLD, payments)
    .replace('# written by delivery', `# written by delivery ${MARK}`)
    .replace(`'${OLD}' }`, `'${OLD}' } ${MARK}`);

describe.each(['api', 'git'])('through %s', (transport) => {
  test('the images of one commit go back together, marked, in one commit that says what it took back', async () => {
    await using stage = await startStage();
    const run = await stage.back({ transport, ...REASON });
    expect(sentence(run)).toBe('0: ');
    expect(await stage.gitops.read('main', OVERLAY)).toBe(rolledBack());
    const [commit] = await stage.gitops.log('main');
    expect(commit).toMatchObject({ sha: run.outputs.commit, files: [OVERLAY] });
    const lines = (commit?.message ?? '').split('\n');
    expect(lines.slice(0, 5)).toEqual([
      `Roll back web, orders from ${BAD} to ${OLD}`,
      '',
      'Reason: smoke tests failed',
      '',
      `Release: ${OLD}`,
    ]);
    expect(lines[5]).toBe(`Rolled-Back: ${BAD}`);
    expect(commit?.message).toMatch(/\nSource-Run: http:\S+\/actions\/runs\/7001\/attempts\/1$/);
    expect(run.outputs).toMatchObject({ result: 'committed', from: BAD, to: OLD, 'pull-request': '' });
    expect(run.outputs.images).toBe(`ghcr.io/acme/web:${OLD}\nghcr.io/acme/orders:${OLD}`);
    const changes = JSON.parse(run.outputs.changes ?? '') as { from: string; to: string; result: string }[];
    expect(changes.map(({ from, to, result }) => [from, to, result])).toEqual([
      [BAD, OLD, 'updated'],
      [BAD, OLD, 'updated'],
    ]);
    expect(run.outputs.diff).toContain(`+    newTag: ${OLD}      # written by delivery ${MARK}`);
  });

  test('what others changed since stays', async () => {
    await using stage = await startStage();
    await stage.gitops.commit('main', { [OVERLAY]: overlay(BAD, BAD, 'v9'), 'other.yaml': 'a: 1\n' });
    expect(sentence(await stage.back({ transport, ...REASON }))).toBe('0: ');
    expect(await stage.gitops.read('main', OVERLAY)).toBe(rolledBack('v9'));
    expect(await stage.gitops.read('main', 'other.yaml')).toBe('a: 1\n');
  });

  test('run again it is no second step back, whichever attempt; another run takes one', async () => {
    await using stage = await emptyStage({ [OVERLAY]: overlay('v0') });
    for (const id of ['v1.0.0-0000000', OLD, BAD]) await stage.release(id, { [OVERLAY]: overlay(id) });
    await stage.back({ transport }, { runId: 5 });
    const again = await stage.back({ transport }, { runId: 5, runAttempt: 2 });
    expect(sentence(again)).toBe('0: ');
    expect(again.outputs).toMatchObject({ result: 'unchanged', from: '', images: '', notice: '' });
    expect(again.summary).toContain(`This run rolled back ${BAD} already`);
    const named = await stage.back({ transport, release: BAD });
    expect(named.outputs.result).toBe('unchanged');
    expect(await stage.gitops.log('main')).toHaveLength(5);
    const next = await stage.back({ transport });
    expect(next.outputs).toMatchObject({ result: 'committed', from: OLD, to: 'v1.0.0-0000000' });
    // The mark of the newer release keeps the older one out, too.
    expect(await stage.gitops.read('main', OVERLAY)).toContain(`# gitops-actions: blocked ${BAD}`);
    expect(await stage.gitops.read('main', OVERLAY)).not.toContain(`blocked ${OLD}`);
  });

  test('a folder with two environments: each file goes back to what it was', async () => {
    const [staging, production] = ['apps/shop/staging.yaml', 'apps/shop/production.yaml'];
    const image = (tag: string) => `image: ghcr.io/acme/web:${tag}\n`;
    await using stage = await emptyStage({ [staging]: image('v1'), [production]: image('v0') });
    await stage.release('v2', { [staging]: image('v2') });
    await stage.release('v3', { [staging]: image('v3'), [production]: image('v3') });
    const run = await stage.back({ transport, path: 'apps' });
    expect(run.outputs).toMatchObject({ result: 'committed', from: 'v3', to: 'v0\nv2' });
    expect(await stage.gitops.read('main', staging)).toBe(
      'image: ghcr.io/acme/web:v2 # gitops-actions: blocked v3\n',
    );
    expect(await stage.gitops.read('main', production)).toBe(
      'image: ghcr.io/acme/web:v0 # gitops-actions: blocked v3\n',
    );
  });
});

describe('requests', () => {
  const operations = (run: { requests: readonly { operation?: string }[] }) =>
    run.requests.map(({ operation }) => operation);

  test('four for a file, with commits of others on top and releases in a row that were rolled back', async () => {
    await using stage = await startStage();
    for (let index = 0; index < 20; index++) {
      await stage.release(`v1.0.${index + 3}`, { [OVERLAY]: overlay(`v1.0.${index + 3}`) });
      const message = `Back\n\nRelease: ${BAD}\nRolled-Back: v1.0.${index + 3}`;
      await stage.gitops.commit(
        'main',
        { [OVERLAY]: overlay(BAD), 'other.yaml': `a: ${index}\n` },
        { message },
      );
    }
    const run = await stage.back({ release: BAD });
    expect(run.outputs).toMatchObject({ result: 'committed', to: OLD });
    expect(operations(run)).toEqual(['ReadHead', 'ReadSteps', 'ReadStates', 'ReadStates', 'CommitFiles']);
    const last = await stage.release('v2.0.0', { [OVERLAY]: overlay('v2.0.0') });
    expect(last).not.toBe('');
    expect(operations(await stage.back())).toEqual(['ReadHead', 'ReadSteps', 'ReadStates', 'CommitFiles']);
  });

  test('five for a folder of a hundred files', async () => {
    const files = (tag: string) =>
      Object.fromEntries(
        Array.from({ length: 100 }, (_, index) => [`apps/${index}.yaml`, `image: ghcr.io/acme/web:${tag}\n`]),
      );
    await using stage = await emptyStage(files('v1'));
    await stage.release('v2', files('v2'));
    const run = await stage.back({ path: 'apps', release: 'v2' });
    expect(run.outputs).toMatchObject({ result: 'committed', from: 'v2', to: 'v1' });
    expect(operations(run)).toEqual(['ReadHead', 'ReadFiles', 'ReadSteps', 'ReadStates', 'CommitFiles']);
  });
});

test('a dry run writes nothing and says what it would', async () => {
  await using stage = await startStage();
  const run = await stage.back({ 'dry-run': 'true', ...REASON });
  expect(run.outputs).toMatchObject({ result: 'dry-run', commit: '', from: BAD, to: OLD });
  expect(run.outputs.notice).toContain('**Would roll back** `ghcr.io/acme/web`');
  expect(run.outputs.diff).toContain(MARK);
  expect(await stage.gitops.log('main')).toHaveLength(3);
});

test('the notice says what, where, why, and whose release it was', async () => {
  await using stage = await startStage();
  const run = await stage.back(REASON);
  const { commit = '' } = run.outputs;
  const bad = (await stage.gitops.log('main'))[1]?.sha.slice(0, 7);
  expect(run.outputs.notice).toBe(
    [
      `**Rolled back** \`ghcr.io/acme/web\` from \`${BAD}\` to \`${OLD}\`; \`ghcr.io/acme/orders\` from \`${BAD}\` to \`${OLD}\` in \`acme/gitops@main\` ([${commit.slice(0, 7)}](${stage.gitops.url}/commit/${commit})).`,
      'Reason: `smoke tests failed`',
      `\`${BAD}\` was released in \`${bad}\` by \`acme/shop/.github/workflows/delivery.yml\` ([run](https://github.example/acme/shop/actions/runs/1/attempts/1)) from commit \`${'a'.repeat(40)}\`.`,
    ].join('\n'),
  );
  expect(run.summary).toMatch(/^### rollback-release: committed/);
});
