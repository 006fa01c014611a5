import { faults } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { arrived, stage, visible } from './stage.ts';

const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
const CANCELLED = [{ level: 'error', message: 'Cancelled by the runner (SIGINT).' }];

test.each([
  ['before the read is answered', 'graphql findComments', {}],
  ['before the write is done', CREATE, {}],
  ['after the write is done', CREATE, { after: true }],
])('cancelled %s: it ends at once and says so; the next run makes it good', async (_name, match, when) => {
  await using here = await stage();
  const never = Promise.withResolvers<void>();
  const cancel = new AbortController();
  here.github.inject({ match, times: 1, hold: never.promise, ...when });
  const running = here.run({ section: 'a' }, { signal: cancel.signal });
  await arrived(here.github, match, 1);
  const started = performance.now();
  cancel.abort();
  const run = await running;
  expect(performance.now() - started).toBeLessThan(2000);
  expect([run.exitCode, run.annotations, run.outputs]).toEqual([1, CANCELLED, {}]);
  await here.run({ section: 'b', message: 'b' });
  never.resolve();
  await here.run({ section: 'a', message: 'a' });
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['a', 'b']]);
});

test.each([
  ['a limit is sat out', CREATE, faults.secondaryLimit(30)],
  ['a failed read is tried again', 'graphql findComments', faults.serverError(502)],
])('cancelled while %s: it ends at once', async (_name, match, fault) => {
  await using here = await stage();
  const cancel = new AbortController();
  here.github.inject({ match, ...fault });
  const running = here.run({}, { signal: cancel.signal });
  await arrived(here.github, match, 1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const started = performance.now();
  cancel.abort();
  const run = await running;
  expect(performance.now() - started).toBeLessThan(2000);
  expect([run.exitCode, run.annotations]).toEqual([1, CANCELLED]);
});

test('a block on content is no locked conversation: red, so that somebody runs it again', async () => {
  await using here = await stage();
  const message =
    'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.';
  here.github.inject({ match: CREATE, status: 403, headers: { 'retry-after': '600' }, body: { message } });
  const run = await here.run();
  expect([run.exitCode, run.outputs]).toEqual([1, {}]);
  expect(run.annotations).toEqual([
    {
      level: 'error',
      message: `Cannot comment on acme/shop#1: ${message.slice(0, -1)} (403). The token has used up its requests; re-run the job later.`,
    },
  ]);
});

test.each([
  ['the read', 'graphql findComments', 200, '<html>Sign in</html>'],
  ['the read, without a conversation', 'graphql findComments', 200, { data: { repository: null } }],
])('something else answers %s: one sentence', async (_name, match, status, body) => {
  await using here = await stage();
  here.github.inject({ match, status, body });
  const run = await here.run();
  const message =
    'Cannot read the comments of acme/shop#1: the answer is not one of GitHub. GitHub did not answer properly; re-run the job.';
  expect([run.exitCode, run.annotations]).toEqual([1, [{ level: 'error', message }]]);
});

test.each([
  ['a create', CREATE, 201, ''],
  ['an update', 'graphql updateComment', 200, { data: { updateIssueComment: null } }],
])('something else answers %s: it is looked up', async (_name, match, status, body) => {
  await using here = await stage();
  if (match !== CREATE) await here.run({ message: 'before' });
  here.github.inject({ match, times: 1, after: true, status, body });
  const run = await here.run();
  expect([run.exitCode, run.annotations]).toEqual([0, []]);
  const [comment] = here.pull.comments();
  expect(here.pull.comments()).toHaveLength(1);
  expect(run.outputs['comment-id']).toBe(String(comment?.id));
  expect(visible(comment?.body)).toEqual(['hello']);
});

test.each(['/nowhere/summary', '/'])('a summary file that takes nothing (%s) is a warning', async (file) => {
  await using here = await stage();
  const run = await here.run({}, { env: { GITHUB_STEP_SUMMARY: file } });
  expect([run.exitCode, run.outputs.result, run.stderr]).toEqual([0, 'created', '']);
  expect(run.annotations).toEqual([
    { level: 'warning', message: expect.stringMatching(/^The job summary could not be written \(.+\)\.$/) },
  ]);
});
