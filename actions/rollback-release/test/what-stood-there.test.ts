import { describe, expect, test } from '@jest/globals';
import { BAD, emptyStage, FIX, OLD, OVERLAY, overlay, sentence, startStage } from './stage.ts';

const BEFORE = 'v1.0.0-0000000';
const image = (tag: string, name = 'web') => `image: ghcr.io/acme/${name}:${tag}\n`;

describe.each(['api', 'git'])('through %s', (transport) => {
  test('what only stood on a branch that was merged is not gone back to', async () => {
    await using stage = await startStage();
    await stage.gitops.commit(
      'rel',
      { [OVERLAY]: overlay('v1.0.3-rc1') },
      { message: 'One\n\nRelease: v1.0.3-rc1', from: 'main' },
    );
    await stage.gitops.commit('rel', { [OVERLAY]: overlay(FIX) }, { message: `Two\n\nRelease: ${FIX}` });
    await (await stage.gitops.openPullRequest({ head: 'rel' })).merge();
    const run = await stage.back({ transport });
    expect(run.outputs).toMatchObject({ result: 'committed', from: FIX, to: BAD });
    expect(run.outputs.notice).toContain(`\`${FIX}\` was released in`);
  });

  test.each([
    ['after the release', true],
    ['with the release', false],
  ])('a file that was moved %s', async (_, isAfter) => {
    await using stage = await emptyStage({ 'app/a.yaml': image(BEFORE) });
    await stage.release(OLD, { 'app/a.yaml': image(OLD) });
    if (isAfter) await stage.release(BAD, { 'app/a.yaml': image(BAD) });
    const moved = { 'app/a.yaml': null, 'app/b.yaml': image(BAD) };
    await stage.gitops.commit('main', moved, { message: isAfter ? 'Move' : `Release\n\nRelease: ${BAD}` });
    const run = await stage.back({ transport, path: 'app', release: BAD });
    expect(sentence(run)).toBe('0: ');
    expect(run.outputs).toMatchObject({ result: 'committed', from: BAD, to: OLD });
    expect(await stage.gitops.read('main', 'app/b.yaml')).toContain(
      `web:${OLD} # gitops-actions: blocked ${BAD}`,
    );
  });

  test('a new environment is no moved one', async () => {
    await using stage = await emptyStage({ 'app/a.yaml': image(OLD) });
    await stage.release(BAD, { 'app/a.yaml': image(BAD) });
    await stage.release(BAD, { 'app/b.yaml': image(BAD) });
    const run = await stage.back({ transport, path: 'app/b.yaml\napp/a.yaml', release: BAD });
    expect(sentence(run)).toMatch(
      /^1: There is no release before .* in app\/b\.yaml to go back to .*: nothing else stood there/,
    );
  });
});

describe('never green while the release stands there', () => {
  test('a first state that somebody wrote by hand, and that is bad as well', async () => {
    await using stage = await emptyStage({ [OVERLAY]: overlay(OLD) });
    await stage.release(BAD, { [OVERLAY]: overlay(BAD) });
    await stage.back({ release: BAD });
    const run = await stage.back({ release: OLD, verdict: 'degraded' });
    expect(sentence(run)).toMatch(
      /^1: Before v1\.0\.1-aaaaaaa there was no other ghcr\.io\/acme\/payments .*release a fix/,
    );
  });

  test('more than a hundred commits ago: says how far it was searched', async () => {
    await using stage = await emptyStage({ 'a.yaml': image(OLD) });
    await stage.release(BAD, { 'a.yaml': image(BAD) });
    const more = Array.from({ length: 110 }, (_, index) => ({
      message: `Scale ${index}`,
      files: { 'a.yaml': `${image(BAD)}replicas: ${index}\n` },
    }));
    await stage.gitops.commitSeries('main', more);
    const run = await stage.back({ path: 'a.yaml', release: BAD });
    expect(sentence(run)).toMatch(/^1: .*the last 100 commits of the path were searched/);
  });
});

describe('a pull request that is open', () => {
  const PROPOSE = { strategy: 'pull-request', 'pull-request-branch': 'rollback/production' };

  test('what it takes back is not gone back to either', async () => {
    await using stage = await startStage();
    await stage.back({ ...PROPOSE, release: BAD });
    await stage.release(FIX, { [OVERLAY]: overlay(FIX) });
    const run = await stage.back({ ...PROPOSE, release: FIX });
    expect(run.outputs).toMatchObject({ result: 'proposed', from: FIX, to: OLD });
    expect(await stage.gitops.read('rollback/production', OVERLAY)).toContain(`newTag: ${OLD}`);
  });

  test('another target takes the place of the first', async () => {
    await using stage = await emptyStage({ [OVERLAY]: overlay(BEFORE) });
    for (const id of [OLD, BAD]) await stage.release(id, { [OVERLAY]: overlay(id) });
    await stage.back({ ...PROPOSE });
    const run = await stage.back({ ...PROPOSE, to: BEFORE });
    expect(run.outputs).toMatchObject({ result: 'proposed', from: BAD, to: BEFORE });
    const text = await stage.gitops.read('rollback/production', OVERLAY);
    expect(text).toContain(`newTag: ${BEFORE}      # written by delivery # gitops-actions: blocked ${BAD}`);
  });

  test('a release that it proposes is not thrown away, and nobody is told that all is well', async () => {
    await using stage = await startStage();
    await stage.update({ ...PROPOSE, images: `ghcr.io/acme/web:${FIX}\nghcr.io/acme/orders:${FIX}` });
    const run = await stage.back({ ...PROPOSE, release: BAD });
    expect(sentence(run)).toMatch(
      /^1: The branch .*rollback\/production proposes v1\.0\.3-ccccccc .* while v1\.0\.2-bbbbbbb stands on acme\/gitops@main/,
    );
    expect(await stage.gitops.read('rollback/production', OVERLAY)).toContain(`newTag: ${FIX}`);
  });
});

test('a reason cannot turn text around, and is cut in the notice', async () => {
  await using stage = await startStage();
  const run = await stage.back({ reason: `safe \u202egnihton\u2066 ${'x'.repeat(400)}` });
  expect(run.outputs.notice).toMatch(/Reason: `safe gnihton x{280,}…`/);
  expect(run.outputs.notice).not.toMatch(/[\u202e\u2066]/);
});
