import { expect, test } from '@jest/globals';
import { earlyWork } from '../../src/preview/early-work.ts';
import { recordOf } from './fixtures.ts';

const signal = new AbortController().signal;

/** Work that says how often it was done. */
function counted(now?: () => number) {
  let times = 0;
  return earlyWork(async ({ name }) => `${name} ${++times}`, now);
}

test('what was begun is taken once, and the work is done anew after that', async () => {
  const [early, preview] = [counted(), recordOf()];
  await early.begin(preview, signal);
  await early.begin(preview, signal);
  expect(await early.take(preview, signal)).toBe(`${preview.name} 1`);
  expect(await early.take(preview, signal)).toBe(`${preview.name} 2`);
});

test('what was begun for another preview is not taken', async () => {
  const [early, preview, other] = [counted(), recordOf(), recordOf({ name: 'other' })];
  await early.begin(other, signal);
  expect(await early.take(preview, signal)).toBe(`${preview.name} 2`);
});

test('the one who takes it hears what went wrong; the one who begins does not', async () => {
  const preview = recordOf();
  const early = earlyWork(async () => {
    throw new Error('no chart');
  });
  await early.begin(preview, signal);
  await expect(early.take(preview, signal)).rejects.toThrow('no chart');
});

test('what was done a while ago is done anew; work that takes its time is waited for', async () => {
  let time = 0;
  const [early, preview] = [counted(() => time), recordOf()];
  await early.begin(preview, signal);
  time = 10_001;
  expect(await early.take(preview, signal)).toBe(`${preview.name} 2`);

  const slow = Promise.withResolvers<string>();
  const long = earlyWork(
    () => slow.promise,
    () => time,
  );
  const begun = long.begin(preview, signal);
  time += 60_000;
  const taken = long.take(preview, signal);
  slow.resolve('chart');
  await begun;
  expect(await taken).toBe('chart');
});
