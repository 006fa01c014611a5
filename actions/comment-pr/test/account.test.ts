import { expect, test } from '@jest/globals';
import { crowd, ownText } from './crowd.ts';
import { type Stage, stage, visible } from './stage.ts';

const DELETE = { mode: 'delete', message: '' };

/** Who wrote what, oldest first. */
const said = ({ pull }: Stage) =>
  pull.comments().map(({ author, minimized, body }) => [author, minimized, ...visible(body)]);

test("another token: the old account's comment stays as it is, each account keeps its own", async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'by the job' });
  const token = here.github.issueToken({ as: 'bot[bot]' });
  const first = await here.run({ section: 'api', message: 'by the App' }, { token });
  expect([first.annotations, first.outputs.result]).toEqual([[], 'created']);
  expect((await here.run({ section: 'api', message: 'again' }, { token })).outputs.result).toBe('updated');
  expect((await here.run({ section: 'web', message: 'still' })).outputs.result).toBe('updated');
  expect(said(here)).toEqual([
    ['github-actions[bot]', false, 'still'],
    ['bot[bot]', false, 'again'],
  ]);
});

test('no mode of another token moves, hides or deletes the comment of the old one', async () => {
  await using here = await stage();
  await here.run({ message: 'by the job' });
  const token = here.github.issueToken({ as: 'bot[bot]' });
  const results = [];
  for (const inputs of [DELETE, { mode: 'hide', message: '' }, { mode: 'recreate' }, DELETE])
    results.push((await here.run(inputs, { token })).outputs.result);
  expect(results).toEqual(['unchanged', 'unchanged', 'created', 'deleted']);
  expect(said(here)).toEqual([['github-actions[bot]', false, 'by the job']]);
  expect((await here.run(DELETE)).outputs.result).toBe('deleted');
  expect(here.pull.comments()).toEqual([]);
});

test('in the middle of a long conversation, too', async () => {
  await using here = await stage();
  const pull = await crowd(here, 301, 'middle', await ownText(here));
  const token = here.github.issueToken({ as: 'bot[bot]' });
  const run = await here.run({ 'pull-request': String(pull.number) }, { token });
  expect(run.outputs.result).toBe('created');
  const written = pull.comments().filter(({ author }) => author !== 'octocat');
  expect(written.map(({ author, body }) => [author, ...visible(body)])).toEqual([
    ['github-actions[bot]', 'before'],
    ['bot[bot]', 'hello'],
  ]);
});
