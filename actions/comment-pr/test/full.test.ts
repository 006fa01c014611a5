import { expect, test } from '@jest/globals';
import { crowd, ownText, writeTo } from './crowd.ts';
import { routes, stage, visible } from './stage.ts';

const FIND = 'graphql findComments';
const UPDATE = 'graphql updateComment';
const FULL = 'it has as many comments as GitHub allows (2,500); delete some of them, or write elsewhere.';

test('2,500 comments and none of ours: a warning with a way out, the text in the summary', async () => {
  await using here = await stage();
  const pull = await crowd(here, 2500, 'nowhere', '');
  const run = await writeTo(here, pull, '**important**');
  const message = `Cannot comment on acme/shop#${pull.number}: ${FULL}`;
  expect([run.exitCode, run.outputs.result]).toEqual([0, 'skipped']);
  expect(run.annotations).toEqual([
    { level: 'warning', message: `${message} The text is in the job summary.` },
  ]);
  expect(run.summary).toContain('**important**');
  expect(pull.comments()).toHaveLength(2500);
});

test('2,500 comments with ours: what cannot be made again is not moved, but updated', async () => {
  await using here = await stage();
  const pull = await crowd(here, 2500, 'first', await ownText(here));
  const run = await here.run({
    mode: 'recreate',
    message: 'after',
    'pull-request': String(pull.number),
  });
  expect([run.annotations, run.outputs.result, routes(run)]).toEqual([[], 'updated', [FIND, UPDATE]]);
  expect(visible(pull.comments()[0]?.body)).toEqual(['after']);
});
