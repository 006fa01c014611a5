import { expect, test } from '@jest/globals';
import { routes, stage, visible } from './stage.ts';

const FIND = 'graphql findComments';
const HIDE = 'graphql hideComment';
const MODE = { mode: 'hide', message: '' };

test('the comment is hidden with a reason; hidden already is unchanged', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' });
  const run = await here.run(MODE);
  const [comment] = here.pull.comments();
  expect(comment).toMatchObject({ minimized: true, minimizedReason: 'outdated' });
  expect(run.outputs).toMatchObject({ 'comment-id': String(comment?.id), result: 'hidden' });
  expect(routes(run)).toEqual([FIND, HIDE]);
  const again = await here.run(MODE);
  expect([again.outputs.result, routes(again)]).toEqual(['unchanged', [FIND]]);
  expect(again.summary).toContain('The comment is hidden already');
});

test.each(['outdated', 'resolved', 'off-topic', 'duplicate', 'spam', 'abuse'])('as %s', async (reason) => {
  await using here = await stage();
  await here.run();
  await here.run({ ...MODE, 'hide-as': reason });
  expect(here.pull.comments()[0]?.minimizedReason).toBe(reason);
});

test.each(['upsert', 'recreate'])('%s shows it again, with the sections that it had', async (mode) => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' });
  await here.run(MODE);
  await here.run({ mode, section: 'api', message: 'api' });
  expect(here.pull.comments()).toHaveLength(1);
  expect(here.pull.comments()[0]?.minimized).toBe(false);
  expect(visible(here.pull.comments()[0]?.body)).toEqual(['api', 'web']);
});

test('an older run hides nothing; nothing there is nothing to hide', async () => {
  await using here = await stage();
  const none = await here.run(MODE);
  expect(none.outputs).toEqual({ 'comment-id': '', 'comment-url': '', result: 'unchanged' });
  await here.run({ message: 'new' }, { runId: 20 });
  const run = await here.run(MODE, { runId: 19 });
  expect([run.exitCode, run.outputs.result, routes(run)]).toEqual([0, 'superseded', [FIND]]);
  expect(here.pull.comments()[0]?.minimized).toBe(false);
});

test('hidden, but the answer is a 502: it is asked again', async () => {
  await using here = await stage();
  await here.run();
  here.github.inject({ match: HIDE, times: 1, status: 502, after: true });
  expect((await here.run(MODE)).outputs.result).toBe('hidden');
});
