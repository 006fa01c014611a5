import { expect, test } from '@jest/globals';
import { arrived, routes, stage, visible } from './stage.ts';

const FIND = 'graphql findComments';
const UPDATE = 'graphql updateComment';
const REMOVE = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
const DELETE = { mode: 'delete', message: '' };

test('a section goes, the others and the title stay', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web', title: 'Previews' });
  await here.run({ section: 'api', message: 'api' });
  const run = await here.run({ ...DELETE, section: 'web' });
  const [comment] = here.pull.comments();
  expect(run.annotations).toEqual([]);
  expect(run.outputs).toEqual({
    'comment-id': String(comment?.id),
    'comment-url': `${here.pull.url}#issuecomment-${comment?.id}`,
    result: 'deleted',
  });
  expect(visible(comment?.body)).toEqual(['## Previews', 'api']);
  expect(routes(run)).toEqual([FIND, UPDATE]);
  expect(run.summary).toBe(
    `### Comment on acme/shop#1, section \`web\`\n\nThe section was deleted: [acme/shop#1](${run.outputs['comment-url']}).\n`,
  );
});

test('with the last section the comment goes', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web', title: 'Previews' });
  await here.pull.addComment('thanks', 'octocat');
  const run = await here.run({ ...DELETE, section: 'web' });
  expect(run.outputs).toEqual({ 'comment-id': '', 'comment-url': '', result: 'deleted' });
  expect(here.pull.comments().map(({ body }) => body)).toEqual(['thanks']);
  expect(routes(run)).toEqual([FIND, UPDATE, REMOVE, FIND]);
  expect(run.summary).toBe('### Comment on acme/shop#1, section `web`\n\nThe comment was deleted.\n');
});

test('without a section the whole comment goes, and no comment of another id', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' });
  await here.run({ section: 'api', message: 'api' });
  await here.run({ id: 'other', message: 'other' });
  expect((await here.run(DELETE)).outputs.result).toBe('deleted');
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['other']]);
});

test('a section that is not there: nothing is written', async () => {
  await using here = await stage();
  const none = await here.run(DELETE);
  expect(none.outputs).toEqual({ 'comment-id': '', 'comment-url': '', result: 'unchanged' });
  expect(none.summary).toBe('### Comment on acme/shop#1\n\nThere is no such comment.\n');
  await here.run({ section: 'web' });
  const other = await here.run({ ...DELETE, section: 'api' });
  expect([other.outputs.result, routes(other)]).toEqual(['unchanged', [FIND]]);
});

test('an older run deletes nothing of a newer one, and does not bring back what a newer one deleted', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' }, { runId: 20 });
  await here.run({ section: 'api', message: 'api' }, { runId: 18 });
  for (const section of ['', 'web']) {
    const run = await here.run({ ...DELETE, section }, { runId: 19 });
    expect([run.exitCode, run.outputs.result]).toEqual([0, 'superseded']);
    expect(run.annotations).toEqual([
      {
        level: 'notice',
        message: 'A newer run has already written to the comment on acme/shop#1; its text stays.',
      },
    ]);
  }
  expect(visible(here.pull.comments()[0]?.body)).toEqual(['api', 'web']);
  await here.run({ ...DELETE, section: 'api' }, { runId: 21 });
  const late = await here.run({ section: 'api', message: 'late' }, { runId: 19 });
  expect(late.outputs.result).toBe('superseded');
  const any = await here.run({ ...DELETE, section: 'web', order: 'none' }, { runId: 19 });
  expect(any.outputs.result).toBe('deleted');
  expect(here.pull.comments()).toEqual([]);
});

test('a writer who had read the deleted section does not bring it back', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' });
  await here.run({ section: 'docs', message: 'docs' });
  const late = Promise.withResolvers<void>();
  here.github.inject({ match: UPDATE, times: 1, hold: late.promise });
  const held = here.run({ section: 'api', message: 'api' });
  await arrived(here.github, UPDATE, 2);
  expect((await here.run({ ...DELETE, section: 'web' })).outputs.result).toBe('deleted');
  late.resolve();
  expect((await held).outputs.result).toBe('updated');
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['api', 'docs']]);
});

test('a section that comes while the comment is being deleted is kept, in a comment of its own', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' });
  const late = Promise.withResolvers<void>();
  here.github.inject({ match: UPDATE, times: 1, hold: late.promise });
  const held = here.run({ ...DELETE, section: 'web' });
  await arrived(here.github, UPDATE, 1);
  await here.run({ section: 'api', message: 'api' });
  late.resolve();
  expect((await held).outputs.result).toBe('deleted');
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['api']]);
});
