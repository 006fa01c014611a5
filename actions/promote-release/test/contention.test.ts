import { expect, test } from '@jest/globals';
import { overlay, PRODUCTION, STAGING, sentence, startStage, V2, V3 } from './stage.ts';

test('two promotions at once of different images: both land, none is lost', async () => {
  await using stage = await startStage();
  const runs = await Promise.all([
    stage.run({ images: 'ghcr.io/acme/web' }),
    stage.run({ images: 'ghcr.io/acme/orders' }),
  ]);
  expect(runs.map(sentence)).toEqual(['0: ', '0: ']);
  expect(runs.map(({ outputs }) => outputs.result)).toEqual(['committed', 'committed']);
  expect(await stage.gitops.read('main', PRODUCTION)).toBe(overlay(V2, V2));
  expect(await stage.gitops.log('main')).toHaveLength(3);
});

test('a source that moves while the promotion waits: what was read is promoted', async () => {
  await using stage = await startStage();
  const move = stage.gitops.commit.bind(stage.gitops);
  let moved: Promise<unknown> | undefined;
  stage.github.inject({
    match: ({ operation }) => {
      if (operation !== 'CommitFiles') return false;
      moved ??= move('main', { [STAGING]: overlay(V3, V3) });
      return true;
    },
    times: 1,
    hold: new Promise((resolve) => setTimeout(resolve, 1500)),
  });
  const run = await stage.run();
  await moved;
  expect(sentence(run)).toBe('0: ');
  expect(await stage.gitops.read('main', PRODUCTION)).toBe(overlay(V2, V2));
  expect(await stage.gitops.read('main', STAGING)).toBe(overlay(V3, V3));
  expect(run.requests.filter(({ operation }) => operation === 'CommitFiles')).toHaveLength(2);
}, 30_000);
