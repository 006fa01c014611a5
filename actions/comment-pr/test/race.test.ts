import { faults } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { arrived, stage, visible } from './stage.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);

test.each([
  ['on an empty pull request', []],
  ['beside five sections', names(5)],
])('ten jobs at once %s: one comment, every section', async (_name, existing) => {
  await using here = await stage();
  for (const section of existing) await here.run({ section, message: section });
  here.github.clearRequests();
  const together = Promise.withResolvers<void>();
  here.github.inject({ match: 'graphql findComments', times: 10, hold: together.promise });
  const jobs = names(existing.length + 10)
    .slice(existing.length)
    .map((section) => here.run({ section, message: section }));
  await arrived(here.github, 'graphql findComments', 10);
  together.resolve();
  const runs = await Promise.all(jobs);
  expect(runs.map(({ exitCode, annotations }) => [exitCode, ...annotations])).toEqual(runs.map(() => [0]));
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([names(existing.length + 10)]);
  expect(new Set(runs.map(({ outputs }) => outputs['comment-id'])).size).toBe(1);
});

test('a write that arrives when all the others have left repairs what it overwrites', async () => {
  await using here = await stage();
  await here.run({ section: 's0', message: 's0' });
  const late = Promise.withResolvers<void>();
  here.github.inject({
    match: ({ operation, body }) =>
      operation === 'updateComment' && JSON.stringify(body).includes('section late '),
    times: 1,
    hold: late.promise,
  });
  const held = here.run({ section: 'late', message: 'late' });
  await arrived(here.github, 'graphql updateComment', 1);
  for (const section of ['s1', 's2', 's3']) await here.run({ section, message: section });
  await new Promise((resolve) => setTimeout(resolve, 2000));
  late.resolve();
  expect((await held).outputs.result).toBe('updated');
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['late', 's0', 's1', 's2', 's3']]);
});

test('an old run whose write was held back ends superseded, with the newer text in place', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'first' }, { runId: 1 });
  const late = Promise.withResolvers<void>();
  here.github.inject({ match: 'graphql updateComment', times: 1, hold: late.promise });
  const held = here.run({ section: 'web', message: 'old' }, { runId: 2 });
  await arrived(here.github, 'graphql updateComment', 1);
  await here.run({ section: 'web', message: 'new' }, { runId: 3 });
  late.resolve();
  expect((await held).outputs.result).toBe('superseded');
  expect(visible(here.pull.comments()[0]?.body)).toEqual(['new']);
});

test('duplicates that an earlier race left are brought together by the next writer', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'web' });
  const [first] = here.pull.comments();
  await here.pull.addComment((first?.body ?? '').replaceAll('web', 'api'));
  const run = await here.run({ section: 'docs', message: 'docs' });
  expect(here.pull.comments().map(({ id, body }) => [id, ...visible(body)])).toEqual([
    [first?.id, 'api', 'docs', 'web'],
  ]);
  expect(run.outputs['comment-id']).toBe(String(first?.id));
});

test('a comment that was deleted between the read and the write is made anew', async () => {
  await using here = await stage();
  await here.run({ message: 'one' });
  const [first] = here.pull.comments();
  const late = Promise.withResolvers<void>();
  here.github.inject({ match: 'graphql updateComment', times: 1, hold: late.promise });
  const held = here.run({ message: 'two' });
  await arrived(here.github, 'graphql updateComment', 1);
  const address = `${here.github.apiUrl}/repos/acme/shop/issues/comments/${first?.id}`;
  await fetch(address, { method: 'DELETE', headers: { authorization: `token ${here.github.token}` } });
  late.resolve();
  expect((await held).outputs.result).toBe('created');
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['two']]);
});

const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';

test.each([
  ['created, but the answer is a 502', { ...faults.serverError(502), match: CREATE, times: 1, after: true }],
  ['created, but the connection breaks', { match: CREATE, times: 1, after: true, reset: true as const }],
  ['not created, the answer is a 502', { ...faults.serverError(502), match: CREATE, times: 1 }],
  ['secondary limit', { ...faults.secondaryLimit(1), match: CREATE, times: 1 }],
])('%s: one comment in the end', async (_name, fault) => {
  await using here = await stage();
  here.github.inject(fault);
  const run = await here.run();
  expect(run.annotations).toEqual([]);
  expect(run.outputs.result).toBe('created');
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['hello']]);
});

test.each([true, false])('an update without an answer (done: %s) is looked up', async (after) => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'one' });
  here.github.inject({ ...faults.serverError(502), match: 'graphql updateComment', times: 1, after });
  const run = await here.run({ section: 'web', message: 'two' });
  expect(run.annotations).toEqual([]);
  expect(run.outputs.result).toBe('updated');
  expect(visible(here.pull.comments()[0]?.body)).toEqual(['two']);
});
