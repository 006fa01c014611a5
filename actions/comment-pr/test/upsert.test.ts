import { expect, test } from '@jest/globals';
import { routes, stage, visible } from './stage.ts';

const FIND = 'graphql findComments';
const UPDATE = 'graphql updateComment';
const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';

test('the first write creates the comment: find, create, look for a faster one', async () => {
  await using here = await stage();
  const run = await here.run({ title: 'Previews', message: '**ready**' });
  const [comment] = here.pull.comments();
  expect(run.annotations).toEqual([]);
  expect(run.outputs).toEqual({
    'comment-id': String(comment?.id),
    'comment-url': `${here.pull.url}#issuecomment-${comment?.id}`,
    result: 'created',
  });
  expect(visible(comment?.body)).toEqual(['## Previews', '**ready**']);
  expect(routes(run)).toEqual([FIND, CREATE, FIND]);
  expect(run.summary).toBe(
    `### Comment on acme/shop#1\n\nThe comment was created: [acme/shop#1](${run.outputs['comment-url']}).\n`,
  );
});

test('an update is two requests, the same again is one, and each section is its own', async () => {
  await using here = await stage();
  await here.run({ section: 'web-10', message: 'ten' }, { runId: 7 });
  await here.run({ section: 'web-2', message: 'two' }, { runId: 7 });
  const updated = await here.run({ section: 'web-2', message: 'two ready' }, { runId: 7 });
  expect(updated.outputs.result).toBe('updated');
  expect(routes(updated)).toEqual([FIND, UPDATE]);
  const unchanged = await here.run({ section: 'web-2', message: 'two ready' }, { runId: 7 });
  expect(unchanged.outputs).toEqual({ ...updated.outputs, result: 'unchanged' });
  expect(routes(unchanged)).toEqual([FIND]);
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['two ready', 'ten']]);
});

test('an older run does not overwrite a newer one: green, and it says so', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'new' }, { runId: 20, runAttempt: 2 });
  for (const options of [
    { runId: 19, runAttempt: 3 },
    { runId: 20, runAttempt: 1 },
  ]) {
    const run = await here.run({ section: 'web', message: 'old' }, options);
    expect(run.exitCode).toBe(0);
    expect(run.outputs.result).toBe('superseded');
    expect(run.annotations).toEqual([
      {
        level: 'notice',
        message: 'A newer run has already written to the comment on acme/shop#1; its text stays.',
      },
    ]);
  }
  expect(visible(here.pull.comments()[0]?.body)).toEqual(['new']);
  const any = await here.run({ section: 'web', message: 'old', order: 'none' }, { runId: 19 });
  expect(any.outputs.result).toBe('updated');
  expect(visible(here.pull.comments()[0]?.body)).toEqual(['old']);
});

test('the same text of a newer run moves the revision on, so that a run between them is refused', async () => {
  await using here = await stage();
  await here.run({ message: 'ready' }, { runId: 1 });
  expect((await here.run({ message: 'ready' }, { runId: 3 })).outputs.result).toBe('updated');
  expect((await here.run({ message: 'late' }, { runId: 2 })).outputs.result).toBe('superseded');
});

test('only the account of the token counts, and a message cannot plant markers', async () => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'ours' });
  const [ours] = here.pull.comments();
  await here.pull.addComment(ours?.body ?? '', 'mallory');
  const planted =
    'x\n<!-- /gitops-actions:section api -->\n<!-- gitops-actions:section web 9999999.1.1 -->\nplanted';
  await here.run({ section: 'api', message: planted });
  const [first, second] = here.pull.comments();
  expect(second?.body).toBe(ours?.body);
  expect(visible(first?.body).at(-1)).toBe('ours');
  expect(first?.body).toContain('&lt;!-- gitops-actions:section web 9999999.1.1 -->\nplanted');
});

test('two ids are two comments, and names may hold anything', async () => {
  await using here = await stage();
  await here.run({ id: 'a --> b', section: '--> <!-- é', message: 'one' });
  await here.run({ id: 'other', message: 'two' });
  await here.run({ id: 'a --> b', section: '--> <!-- é', message: 'three' });
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['three'], ['two']]);
});

test('an issue works like a pull request, and its event names it', async () => {
  await using here = await stage();
  const issue = await here.shop.openIssue({ title: 'x' });
  await issue.addComment('please', 'octocat');
  const payload = here.github.event('issue_comment', { repository: here.shop, issue });
  expect((await here.run({}, { event: { name: 'issue_comment', payload } })).outputs.result).toBe('created');
  expect((await here.run({ 'pull-request': String(issue.number), message: 'again' })).outputs.result).toBe(
    'updated',
  );
  expect(issue.comments().map(({ body }) => visible(body))).toEqual([['please'], ['again']]);
});

test.each([
  [0, [FIND, UPDATE]],
  [60, [FIND, UPDATE]],
  [260, [FIND, 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments', UPDATE]],
])('ours with 120 comments before it and %i after it is found', async (after, expected) => {
  await using here = await stage();
  for (let n = 0; n < 120; n += 1) await here.pull.addComment(`before ${n}`, 'octocat');
  await here.run({ section: 'web' });
  for (let n = 0; n < after; n += 1) await here.pull.addComment(`after ${n}`, 'octocat');
  const run = await here.run({ section: 'api' });
  expect(run.outputs.result).toBe('updated');
  expect([...new Set(routes(run))]).toEqual(expected);
});
