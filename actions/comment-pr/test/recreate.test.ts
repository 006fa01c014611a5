import { faults } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { arrived, routes, stage, visible } from './stage.ts';

const FIND = 'graphql findComments';
const UPDATE = 'graphql updateComment';
const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
const REMOVE = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
const RECREATE = { mode: 'recreate' };

test('the comment moves to the end, with all its sections and its title', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web', title: 'Previews' });
  await here.run({ section: 'api', message: 'api' });
  await here.pull.addComment('please', 'octocat');
  const run = await here.run({ ...RECREATE, section: 'web', message: 'web again' });
  const comments = here.pull.comments();
  expect(comments.map(({ body }) => visible(body))).toEqual([
    ['please'],
    ['## Previews', 'api', 'web again'],
  ]);
  expect(run.annotations).toEqual([]);
  expect(run.outputs).toMatchObject({ 'comment-id': String(comments[1]?.id), result: 'created' });
  expect(routes(run)).toEqual([FIND, UPDATE, CREATE, FIND, REMOVE]);
});

test('nothing there: it is created; the same again of the same run stays where it is', async () => {
  await using here = await stage();
  const first = await here.run(RECREATE, { runId: 5 });
  expect([first.outputs.result, routes(first)]).toEqual(['created', [FIND, CREATE, FIND]]);
  const again = await here.run(RECREATE, { runId: 5 });
  expect([again.outputs.result, routes(again)]).toEqual(['unchanged', [FIND]]);
});

test('an older run moves nothing', async () => {
  await using here = await stage();
  await here.run({ message: 'new' }, { runId: 20 });
  await here.pull.addComment('please', 'octocat');
  const run = await here.run({ ...RECREATE, message: 'old' }, { runId: 19 });
  expect([run.outputs.result, routes(run)]).toEqual(['superseded', [FIND]]);
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['new'], ['please']]);
});

test('an update that arrives while the comment moves comes along', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' });
  const late = Promise.withResolvers<void>();
  here.github.inject({ match: UPDATE, times: 1, hold: late.promise });
  const held = here.run({ section: 'api', message: 'api' });
  await arrived(here.github, UPDATE, 1);
  await here.run({ ...RECREATE, section: 'docs', message: 'docs' });
  late.resolve();
  await held;
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['api', 'docs', 'web']]);
});

test('an update between the read and the mark comes along', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' });
  const late = Promise.withResolvers<void>();
  here.github.inject({ match: UPDATE, times: 1, hold: late.promise });
  const held = here.run({ ...RECREATE, section: 'docs', message: 'docs' });
  await arrived(here.github, UPDATE, 1);
  await here.run({ section: 'api', message: 'api' });
  late.resolve();
  expect((await held).outputs.result).toBe('created');
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['api', 'docs', 'web']]);
});

test('five at once: one comment at the end, every section', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' });
  await here.pull.addComment('please', 'octocat');
  const names = ['a', 'b', 'c', 'd', 'e'];
  const runs = await Promise.all(
    names.map((section) => here.run({ ...RECREATE, section, message: section })),
  );
  expect(runs.map(({ exitCode }) => exitCode)).toEqual(names.map(() => 0));
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['please'], [...names, 'web']]);
});

test('a job that was killed after the mark: the next writer brings the comment back', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' });
  const never = Promise.withResolvers<void>();
  const cancel = new AbortController();
  here.github.inject({ match: CREATE, times: 1, hold: never.promise });
  const killed = here.run({ ...RECREATE, section: 'docs', message: 'docs' }, { signal: cancel.signal });
  await arrived(here.github, CREATE, 2);
  cancel.abort();
  await killed;
  const run = await here.run({ section: 'api', message: 'api' });
  never.resolve();
  expect(run.outputs.result).toBe('created');
  expect(visible(here.pull.comments()[0]?.body)).toEqual(expect.arrayContaining(['api', 'web']));
});

test('in a locked conversation the comment is updated where it is', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' });
  here.pull.lock();
  const run = await here.run({ ...RECREATE, section: 'web', message: 'again' });
  expect([run.outputs.result, routes(run)]).toEqual(['updated', [FIND, UPDATE]]);
});

test('created, but the answer is a 502: one comment in the end', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' });
  here.github.inject({ ...faults.serverError(502), match: CREATE, times: 1, after: true });
  here.github.inject({ ...faults.serverError(502), match: UPDATE, times: 1, after: true });
  const run = await here.run({ ...RECREATE, section: 'api', message: 'api' });
  expect([run.outputs.result, run.annotations]).toEqual(['created', []]);
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['api', 'web']]);
});
