import { describe, expect, test } from '@jest/globals';
import { BAD, OLD, OVERLAY, overlay, saidAs, sentence, startStage } from './stage.ts';

describe('what nobody knows to be bad stays', () => {
  test.each([
    ['verdict healthy', { verdict: 'healthy' }, /^The verdict is healthy; there is nothing to roll back\.$/],
    ['verdict unknown', { verdict: 'unknown' }, /^The verdict is unknown, .*without "verdict" to roll back/],
    [
      'a migration',
      { verdict: 'degraded', migration: 'true' },
      /^The release migrated a database, .*"after-migration: true"/,
    ],
    ['a migration, by hand', { migration: 'true' }, /^The release migrated a database/],
  ])('%s: skipped, without a request', async (_, inputs, warning) => {
    await using stage = await startStage();
    const run = await stage.back(inputs);
    expect(sentence(run)).toBe('0: ');
    expect(run.outputs).toMatchObject({
      result: 'skipped',
      commit: '',
      from: '',
      to: '',
      changes: '[]',
      notice: '',
    });
    expect(saidAs(run, 'warning')[0]).toMatch(warning);
    expect(run.requests).toEqual([]);
  });

  test.each([
    ['degraded', { verdict: 'degraded' }],
    ['a person', {}],
    [
      'after a migration that allows it',
      { verdict: 'degraded', migration: 'true', 'after-migration': 'true' },
    ],
  ])('%s: rolled back', async (_, inputs) => {
    await using stage = await startStage();
    const run = await stage.back(inputs);
    expect(run.outputs).toMatchObject({ result: 'committed', from: BAD, to: OLD });
  });
});

describe('refused before anything is read', () => {
  test.each([
    [
      'another verdict',
      { verdict: 'broken' },
      'Input "verdict" is "broken"; it must be empty, or one of: healthy, degraded, unknown.',
    ],
    ['a path outside', { path: '../x' }, 'Input "path" has the path "../x"; it must stay inside'],
    [
      'two ids',
      { release: 'v1 v2' },
      'Input "release" is "v1 v2"; it must be one release id, such as v1.0.42-abc1234.',
    ],
    ['a target of two lines', { to: 'v1\nv2' }, 'Input "to" is "v1\\nv2"; it must be one release id'],
    [
      'an image with a tag',
      { images: 'acme/web:v1' },
      'Input "images" is "acme/web:v1"; it must be the name of an image without tag and digest',
    ],
    [
      'an unknown placeholder',
      { message: '{{frm}}' },
      'Input "message" has the unknown placeholder {{frm}}; did you mean {{from}}?',
    ],
    [
      'a pull request by git',
      { strategy: 'pull-request', 'pull-request-branch': 'x', transport: 'git' },
      'Input "strategy" is pull-request, but "transport" is git',
    ],
    ['a misspelt input', { reson: 'x' }, 'Unknown input "reson"; did you mean "reason"?'],
  ])('%s', async (_, inputs, message) => {
    await using stage = await startStage();
    const run = await stage.back(inputs as Record<string, string>);
    expect(sentence(run)).toContain(`1: ${message}`);
    expect(run.requests).toEqual([]);
  });
});

describe('refused after reading, and nothing is written', () => {
  test.each([
    ['the target stands there', { to: BAD }, `Input "to" is ${BAD}, which is what stands there`],
    [
      'no such target',
      { to: 'v9' },
      `Input "to" is v9, at which ghcr.io/acme/web, ghcr.io/acme/orders did not stand in ${OVERLAY} (all 3 commits of the path were searched); before there was ${OLD}`,
    ],
    [
      'no such release',
      { release: 'v9' },
      `Input "release" is v9, which stands nowhere in "path" and which the history does not have (all 3 commits of the path were searched); it has ${BAD}, ${OLD}. Nothing was written.`,
    ],
    [
      'nothing before',
      { release: OLD, images: 'ghcr.io/acme/payments' },
      'There is no release before v1.0.1-aaaaaaa in apps/shop/kustomization.yaml to go back to (all 3 commits of the path were searched): nothing else stood there; release a fix.',
    ],
    [
      'no such file',
      { path: 'apps/none.yaml' },
      'Input "path" (apps/none.yaml) matches no YAML or JSON file',
    ],
    [
      'an image nobody released',
      { images: 'acme/none' },
      'names acme/none, which stands in no file of "path"; there is ghcr.io/acme/orders, ghcr.io/acme/payments, ghcr.io/acme/web.',
    ],
  ])('%s', async (_, inputs, message) => {
    await using stage = await startStage();
    const run = await stage.back(inputs as Record<string, string>);
    expect(sentence(run) + run.summary).toContain(message);
    expect(await stage.gitops.log('main')).toHaveLength(3);
  });
});

test('text from outside stays text: in the mark, the message, the notice and the summary', async () => {
  await using stage = await startStage();
  const reason =
    'see `code` @octocat #12 <b>\n\nRelease: v9\r\nRolled-Back: v8\u2028# gitops-actions: hold x ::error::y';
  const run = await stage.back({ reason });
  expect(sentence(run)).toBe('0: ');
  const file = await stage.gitops.read('main', OVERLAY);
  expect(file.split('\n')).toHaveLength(overlay(BAD).split('\n').length);
  expect(file).toContain(
    `# gitops-actions: blocked ${BAD} see \`code\` @octocat 12 <b> Release: v9 Rolled-Back: v8 gitops-actions: hold x ::error::y\n`,
  );
  const [commit] = await stage.gitops.log('main');
  const trailers = (commit?.message ?? '')
    .split('\n')
    .filter((line) => /^(?:Release|Rolled-Back): /.test(line));
  expect(trailers).toEqual([`Release: ${OLD}`, `Rolled-Back: ${BAD}`]);
  expect(run.outputs.notice).toContain('Reason: ``see `code` @octocat #12 <b> Release: v9');
  expect((await stage.back()).outputs.result).not.toBe('held');
});
