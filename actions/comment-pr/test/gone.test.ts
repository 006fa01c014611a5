import { expect, test } from '@jest/globals';
import { routes, stage, visible } from './stage.ts';

const FIND = 'graphql findComments';
const UPDATE = 'graphql updateComment';
const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
const CURE =
  'Either it does not exist or the token may not see it; check the name, and that the token has `pull-requests: write` for that repository.';
const NOT_FOUND = {
  status: 200,
  body: {
    data: { repository: null },
    errors: [
      {
        type: 'NOT_FOUND',
        path: ['repository', 'issueOrPullRequest'],
        message: 'Could not resolve to an issue or pull request with the number of 1.',
      },
    ],
  },
};

test.each([
  [404, 'Not Found'],
  [410, 'This issue was deleted'],
])('deleted between the look and the create (%i): red, one sentence', async (status, said) => {
  await using here = await stage();
  here.github.inject({ match: CREATE, status, body: { message: said } });
  const run = await here.run();
  const message = `Cannot comment on acme/shop#1: ${said} (${status}). ${CURE}`;
  expect([run.exitCode, run.outputs, run.stderr]).toEqual([1, {}, '']);
  expect(run.annotations).toEqual([{ level: 'error', message }]);
  expect(routes(run)).toEqual([FIND, CREATE]);
});

test.each(['upsert', 'recreate', 'delete', 'hide'])(
  'deleted before the look, mode %s: red, one sentence, nothing is written',
  async (mode) => {
    await using here = await stage();
    here.github.inject({ match: FIND, ...NOT_FOUND });
    const run = await here.run({ mode, message: mode === 'upsert' || mode === 'recreate' ? 'x' : '' });
    const [error] = NOT_FOUND.body.errors;
    const message = `Cannot read the comments of acme/shop#1: ${error?.message.slice(0, -1)}. ${CURE}`;
    expect([run.exitCode, run.outputs, routes(run)]).toEqual([1, {}, [FIND]]);
    expect(run.annotations).toEqual([{ level: 'error', message }]);
  },
);

const RED: [mode: string, inputs: Record<string, string>, sent: string[]][] = [
  ['upsert', { message: 'after' }, [FIND, UPDATE, FIND]],
  ['recreate', { mode: 'recreate', message: 'after' }, [FIND, UPDATE, CREATE]],
  ['delete', { mode: 'delete', message: '' }, [FIND, UPDATE, FIND]],
];

test.each(RED)(
  'deleted between the look and the write, mode %s: red, one sentence',
  async (_mode, inputs, sent) => {
    await using here = await stage();
    await here.run({ message: 'before' });
    here.github.clearRequests();
    const isGone = () => here.github.requests().some(({ route }) => route === UPDATE);
    here.github.inject({ match: UPDATE, ...NOT_FOUND });
    here.github.inject({ match: CREATE, status: 410, body: { message: 'This issue was deleted' } });
    here.github.inject({ match: ({ operation }) => operation === 'findComments' && isGone(), ...NOT_FOUND });
    const run = await here.run(inputs);
    expect([run.exitCode, run.outputs, run.annotations.length]).toEqual([1, {}, 1]);
    expect(run.annotations[0]?.message).toMatch(
      /^Cannot (read the comments of|comment on) acme\/shop#1: .+ check the name/,
    );
    expect(routes(run)).toEqual(sent);
  },
);

test('the comment alone was deleted before it is hidden: nothing was there to hide', async () => {
  await using here = await stage();
  await here.run();
  here.github.inject({ match: 'graphql hideComment', ...NOT_FOUND });
  const run = await here.run({ mode: 'hide', message: '' });
  expect([run.annotations, run.outputs.result]).toEqual([[], 'unchanged']);
  expect(visible(here.pull.comments()[0]?.body)).toEqual(['hello']);
});
