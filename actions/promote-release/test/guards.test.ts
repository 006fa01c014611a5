import { describe, expect, test } from '@jest/globals';
import {
  overlay,
  PRODUCTION,
  promoted,
  SHOP,
  STAGING,
  said,
  sentence,
  startStage,
  V1,
  V2,
  V3,
} from './stage.ts';

describe('never backwards by accident', () => {
  test('superseded: green, a notice for each place', async () => {
    await using stage = await startStage({ [STAGING]: overlay(V1, V3), [PRODUCTION]: overlay(V2, V2) });
    const run = await stage.run();
    expect(sentence(run)).toBe('0: ');
    expect(run.outputs.result).toBe('committed');
    expect(promoted(run)).toEqual([{ image: 'ghcr.io/acme/orders', from: V2, to: V3 }]);
    expect(run.outputs.images).toBe(`ghcr.io/acme/orders:${V3}`);
    expect(said(run, 'notice')).toEqual([
      `${PRODUCTION}:4: images[0].newTag is at ${V2}, a newer release than ${V1}; it is left alone.`,
    ]);
    const again = await stage.run({ images: 'ghcr.io/acme/web' });
    expect(again.outputs).toMatchObject({ result: 'superseded', commit: '' });
    expect(promoted(again)).toEqual([]);
  });

  test('whichever workflow promoted, the numbers count', async () => {
    await using stage = await startStage({ ...SHOP, [STAGING]: overlay(V3, V3) });
    await stage.run({}, { workflowPath: '.github/workflows/promote.yml' });
    await stage.gitops.commit('main', { [STAGING]: overlay(V2, V2) });
    const run = await stage.run({}, { workflowPath: '.github/workflows/by-hand.yml' });
    expect(run.outputs.result).toBe('superseded');
    expect(await stage.gitops.read('main', PRODUCTION)).toBe(overlay(V3, V3));
  });

  test('allow-downgrade', async () => {
    await using stage = await startStage({ [STAGING]: overlay(V1, V1), [PRODUCTION]: overlay(V2, V2) });
    const run = await stage.run({ 'allow-downgrade': 'true' });
    expect(run.outputs.result).toBe('committed');
    expect(await stage.gitops.read('main', PRODUCTION)).toBe(overlay(V1, V1));
  });
});

describe('marks', () => {
  const marked = (mark: string) =>
    startStage({
      [STAGING]: `image: acme/web:${V2} # gitops-actions: hold not a matter of the target\n`,
      [PRODUCTION]: `image: acme/web:${V1} # gitops-actions: ${mark}\n`,
    });

  test.each([
    ['hold audit', 'held', `image: acme/web:${V1} # gitops-actions: hold audit\n`],
    [
      `blocked ${V2} crash loop`,
      'held',
      `image: acme/web:${V1} # gitops-actions: blocked ${V2} crash loop\n`,
    ],
    [`blocked v1.0.1-0000000 crash loop`, 'committed', `image: acme/web:${V2}\n`],
  ])('%s: %s', async (mark, result, text) => {
    await using stage = await marked(mark);
    const run = await stage.run();
    expect(run.outputs.result).toBe(result);
    expect(promoted(run)).toHaveLength(result === 'held' ? 0 : 1);
    expect(said(run, 'warning')).toHaveLength(result === 'held' ? 1 : 0);
    expect(await stage.gitops.read('main', PRODUCTION)).toBe(text);
  });

  test('the commit speaks of what moves', async () => {
    const held = overlay(V1, V1).replace('# written by delivery', '# gitops-actions: hold audit');
    await using stage = await startStage({ ...SHOP, [STAGING]: overlay(V3, V2), [PRODUCTION]: held });
    expect((await stage.run()).outputs.result).toBe('committed');
    const [commit] = await stage.gitops.log('main');
    expect(commit?.message).toMatch(
      /^Promote orders v1\.0\.2-bbbbbbb\n\nRelease: v1\.0\.2-bbbbbbb\nRelease-Sequence: /,
    );
  });
});
