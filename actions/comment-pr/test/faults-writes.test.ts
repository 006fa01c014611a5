import { type FaultEffect, faults } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { routes, stage, visible } from './stage.ts';

const FIND = 'graphql findComments';
const UPDATE = 'graphql updateComment';
const LOOK = 'graphql lookAtComment';
const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
const DELETE = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
/** How GraphQL says that it gave up after ten seconds. */
const GRAPHQL_TIMEOUT: FaultEffect = {
  status: 200,
  body: { data: null, errors: [{ message: 'Something went wrong while executing your query.' }] },
};

test.each<[string, FaultEffect, boolean, string[]]>([
  ['created, but the answer is a 502', faults.serverError(502), true, [FIND, CREATE, FIND]],
  ['created, but the connection breaks', { reset: true }, true, [FIND, CREATE, FIND]],
  ['not created, a 502', faults.serverError(502), false, [FIND, CREATE, FIND, FIND, CREATE, FIND]],
  ['not created, a broken connection', { reset: true }, false, [FIND, CREATE, FIND, FIND, CREATE, FIND]],
])(
  'a create without an answer (%s): looked up, one comment in the end',
  async (_name, fault, after, sent) => {
    await using here = await stage();
    here.github.inject({ ...fault, match: CREATE, times: 1, after });
    const run = await here.run();
    expect([run.annotations, run.outputs.result, routes(run)]).toEqual([[], 'created', sent]);
    expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['hello']]);
  },
);

test.each([403, 429] as const)(
  'a secondary limit (%i) on the create is sat out as long as it says',
  async (status) => {
    await using here = await stage();
    here.github.inject({ ...faults.secondaryLimit(2, status), match: CREATE, times: 1 });
    const run = await here.run();
    expect([run.annotations, run.outputs.result]).toEqual([[], 'created']);
    expect(routes(run)).toEqual([FIND, CREATE, CREATE, FIND]);
    const [first, second] = run.requests.filter(({ route }) => route === CREATE);
    expect(Number(second?.startedAt) - Number(first?.startedAt)).toBeGreaterThanOrEqual(2000);
    expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['hello']]);
  },
);

test.each<[string, FaultEffect, boolean, string[]]>([
  ['written, a 502', faults.serverError(502), true, [FIND, UPDATE, LOOK]],
  ['written, a broken connection', { reset: true }, true, [FIND, UPDATE, LOOK]],
  ['written, a time-out of GraphQL', GRAPHQL_TIMEOUT, true, [FIND, UPDATE, LOOK]],
  ['not written, a 502', faults.serverError(502), false, [FIND, UPDATE, LOOK, UPDATE]],
  ['not written, a broken connection', { reset: true }, false, [FIND, UPDATE, LOOK, UPDATE]],
])('an update without an answer (%s): looked up', async (_name, fault, after, sent) => {
  await using here = await stage();
  await here.run({ section: 'web', message: 'one' });
  here.github.inject({ ...fault, match: UPDATE, times: 1, after });
  const run = await here.run({ section: 'web', message: 'two' });
  expect([run.annotations, run.outputs.result, routes(run)]).toEqual([[], 'updated', sent]);
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['two']]);
});

test('a secondary limit on the update is sat out', async () => {
  await using here = await stage();
  await here.run({ message: 'one' });
  here.github.inject({ ...faults.secondaryLimit(1), match: UPDATE, times: 1 });
  const run = await here.run({ message: 'two' });
  expect([run.annotations, run.outputs.result]).toEqual([[], 'updated']);
  expect(routes(run)).toEqual([FIND, UPDATE, UPDATE]);
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['two']]);
});

test('every update is answered with a 502: red with one sentence, and what stood there stands', async () => {
  await using here = await stage();
  await here.run({ message: 'one' });
  here.github.inject({ ...faults.serverError(502), match: UPDATE });
  const run = await here.run({ message: 'two' });
  expect([run.exitCode, run.outputs, run.annotations]).toEqual([
    1,
    {},
    [
      {
        level: 'error',
        message: expect.stringMatching(/^Cannot comment on acme\/shop#1: .*502.*re-run the job\.$/),
      },
    ],
  ]);
  expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['one']]);
});

test.each<[string, FaultEffect, boolean, number]>([
  ['not done, a 502', faults.serverError(502), false, 2],
  ['done, a 502', faults.serverError(502), true, 1],
  ['done, a broken connection', { reset: true }, true, 1],
  ['a secondary limit', faults.secondaryLimit(1), false, 1],
])(
  'the removal of a duplicate fails (%s): green, and the next writer makes it good',
  async (_name, fault, after, left) => {
    await using here = await stage();
    await here.run({ section: 'web', message: 'web' });
    await here.pull.addComment((here.pull.comments()[0]?.body ?? '').replaceAll('web', 'api'));
    here.github.inject({ ...fault, match: DELETE, times: 1, after });
    const run = await here.run({ section: 'docs', message: 'docs' });
    expect([run.exitCode, run.annotations, run.outputs.result]).toEqual([0, [], 'updated']);
    expect(here.pull.comments()).toHaveLength(left);
    await here.run({ section: 'end', message: 'end' });
    expect(here.pull.comments().map(({ body }) => visible(body))).toEqual([['api', 'docs', 'end', 'web']]);
  },
);
