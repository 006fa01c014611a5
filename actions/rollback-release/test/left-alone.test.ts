import { describe, expect, test } from '@jest/globals';
import { BAD, emptyStage, OLD, OVERLAY, overlay, saidAs, startStage } from './stage.ts';

test('held: a place on hold stays, and says so', async () => {
  await using stage = await startStage();
  await stage.gitops.commit('main', { [OVERLAY]: `# gitops-actions: hold freeze\n${overlay(BAD)}` });
  const run = await stage.back();
  expect(run.outputs).toMatchObject({ result: 'held', commit: '', from: '', notice: '' });
  expect(saidAs(run, 'warning')[0]).toMatch(/is on hold \(freeze\); it is left alone\.$/);
  expect(await stage.gitops.log('main')).toHaveLength(4);
});

test('of the images that are named one stands at another release: it stays, and that is said', async () => {
  await using stage = await startStage();
  await stage.release('v1.0.4-ddddddd', { [OVERLAY]: overlay(BAD, 'v1.0.4-ddddddd') });
  const images = 'ghcr.io/acme/web\nghcr.io/acme/orders';
  const run = await stage.back({ release: BAD, images });
  const left = 'ghcr.io/acme/orders:v1.0.4-ddddddd';
  expect(run.outputs).toMatchObject({ result: 'committed', from: BAD, to: OLD, 'left-alone': left });
  expect(run.outputs.images).toBe(`ghcr.io/acme/web:${OLD}`);
  expect(saidAs(run, 'notice')).toEqual([
    `Of the images in "images", ${left} did not stand at ${BAD}, and stays as it is.`,
  ]);
  expect(run.summary).toContain(`Left alone, for it is at another release: \`${left}\``);
  expect(await stage.gitops.read('main', OVERLAY)).toContain("newTag: 'v1.0.4-ddddddd'");
  const all = await stage.back({ release: BAD });
  expect(all.outputs['left-alone']).toBe('');
});

test('a file that can have no mark: rolled back, with a warning that says what to do', async () => {
  const json = (tag: string) => `{"image": "ghcr.io/acme/web:${tag}"}\n`;
  await using stage = await emptyStage({ 'app.json': json('v1') });
  await stage.release('v2', { 'app.json': json('v2') });
  const run = await stage.back({ path: 'app.json' });
  expect(run.outputs.result).toBe('committed');
  expect(await stage.gitops.read('main', 'app.json')).toBe(json('v1'));
  expect(saidAs(run, 'warning')).toEqual([
    'app.json:1: image is rolled back without a mark, because its line cannot have one; the next run that releases v2 would bring it back, so stop such runs, or pin the image by hand until a fix is out.',
  ]);
});

describe('to a release by its name', () => {
  test('whatever came between', async () => {
    await using stage = await emptyStage({ [OVERLAY]: overlay('v0') });
    for (const id of ['v1', 'v2', 'v3', 'v4']) await stage.release(id, { [OVERLAY]: overlay(id) });
    const run = await stage.back({ to: 'v1' });
    expect(run.outputs).toMatchObject({ result: 'committed', from: 'v4', to: 'v1' });
  });

  test('superseded: the release to undo stands there no more', async () => {
    await using stage = await startStage();
    await stage.release('v2', { [OVERLAY]: overlay('v2') });
    const run = await stage.back({ release: BAD });
    expect(run.outputs).toMatchObject({ result: 'superseded', commit: '' });
    expect(await stage.gitops.log('main')).toHaveLength(4);
  });
});
