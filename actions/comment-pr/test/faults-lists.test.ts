import { type FaultEffect, faults } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { crowd, ownText, writeTo } from './crowd.ts';
import { routes, stage, visible } from './stage.ts';

const FIND = 'graphql findComments';
const UPDATE = 'graphql updateComment';
const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
const DELETE = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
const isFifthPage = ({ path }: { path: string }) => /[?&]page=5(?:&|$)/.test(path);

test.each<[string, FaultEffect]>([
  ['a 502', faults.serverError(502)],
  ['a broken connection', { reset: true }],
  ['a secondary limit', faults.secondaryLimit(1)],
])('%s on a page in the middle: read again, ours is found', async (_name, fault) => {
  await using here = await stage();
  const pull = await crowd(here, 1000, 'middle', await ownText(here));
  here.github.inject({ ...fault, match: isFifthPage, times: 1 });
  const run = await writeTo(here, pull, 'after');
  expect([run.exitCode, run.annotations, run.outputs.result]).toEqual([0, [], 'updated']);
  expect(run.requests.filter(isFifthPage)).toHaveLength(2);
  expect(pull.comments()).toHaveLength(1000);
});

test('a page in the middle that cannot be read: red, nothing is written on the strength of the others', async () => {
  await using here = await stage();
  const pull = await crowd(here, 1000, 'middle', await ownText(here));
  const before = pull.comments();
  here.github.inject({ match: isFifthPage, status: 410, body: { message: 'Gone' } });
  const run = await writeTo(here, pull, 'after');
  expect([run.exitCode, run.outputs]).toEqual([1, {}]);
  expect(run.annotations).toEqual([
    {
      level: 'error',
      message: expect.stringMatching(/^Cannot read the comments of acme\/shop#\d+: Gone \(410\)\./),
    },
  ]);
  expect(pull.comments()).toEqual(before);
});

test.each<[string, FaultEffect]>([
  ['a 502', faults.serverError(502)],
  ['a broken connection', { reset: true }],
  ['a secondary limit', faults.secondaryLimit(1)],
])('%s on the first read: read again', async (_name, fault) => {
  await using here = await stage();
  here.github.inject({ ...fault, match: FIND, times: 1 });
  const run = await here.run();
  expect([run.annotations, run.outputs.result]).toEqual([[], 'created']);
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['hello']]);
});

test('a list that shows an older text: what it did not show is kept', async () => {
  await using here = await stage();
  for (const section of ['a', 'b', 'c']) await here.run({ section, message: section });
  here.github.inject({ match: FIND, times: 1, stale: 2 });
  const run = await here.run({ section: 'd', message: 'd' });
  expect([run.outputs.result, routes(run)]).toEqual(['updated', [FIND, UPDATE, UPDATE]]);
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['a', 'b', 'c', 'd']]);
});

test('a list that does not show a newer run: its text stands in the end', async () => {
  await using here = await stage();
  await here.run({ message: 'first' }, { runId: 1 });
  await here.run({ message: 'new' }, { runId: 3 });
  here.github.inject({ match: FIND, times: 1, stale: 1 });
  const run = await here.run({ message: 'old' }, { runId: 2 });
  expect([run.outputs.result, routes(run)]).toEqual(['superseded', [FIND, UPDATE, UPDATE]]);
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['new']]);
});

test('a list that does not show the comment yet: the look after the create does, and one stays', async () => {
  await using here = await stage();
  const first = await here.run({ section: 'a', message: 'a' });
  here.github.inject({ match: FIND, times: 1, stale: 1 });
  const run = await here.run({ section: 'b', message: 'b' });
  expect(run.outputs).toEqual({ ...first.outputs, result: 'updated' });
  expect(routes(run)).toEqual([FIND, CREATE, FIND, UPDATE, UPDATE, DELETE]);
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['a', 'b']]);
});

test('lists that do not show the comment at all: the next writer brings both together', async () => {
  await using here = await stage();
  await here.run({ section: 'a', message: 'a' });
  here.github.inject({ match: FIND, times: 1, stale: 1 });
  here.github.inject({
    match: ({ operation }) => operation === 'findComments' && here.pull.comments().length > 1,
    times: 1,
    stale: 2,
  });
  expect((await here.run({ section: 'b', message: 'b' })).outputs.result).toBe('created');
  expect(here.pull.comments()).toHaveLength(2);
  await here.run({ section: 'c', message: 'c' });
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['a', 'b', 'c']]);
});

test('a list that does not show the own comment yet: it is created once', async () => {
  await using here = await stage();
  here.github.inject({
    match: ({ operation }) => operation === 'findComments' && here.pull.comments().length > 0,
    times: 1,
    stale: 1,
  });
  expect((await here.run()).outputs.result).toBe('created');
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['hello']]);
});

test('a list that still shows a comment that is gone: made anew', async () => {
  await using here = await stage();
  const first = await here.run({ message: 'one' });
  const address = `${here.github.apiUrl}/repos/acme/shop/issues/comments/${first.outputs['comment-id']}`;
  await fetch(address, { method: 'DELETE', headers: { authorization: `token ${here.github.token}` } });
  here.github.inject({ match: FIND, times: 1, stale: 1 });
  const run = await here.run({ message: 'two' });
  expect([run.outputs.result, routes(run)]).toEqual(['created', [FIND, UPDATE, FIND, CREATE, FIND]]);
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['two']]);
});
