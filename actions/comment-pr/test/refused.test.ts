import { expect, test } from '@jest/globals';
import { type Stage, stage } from './stage.ts';

const SKIPPED = { 'comment-id': '', 'comment-url': '', result: 'skipped' };

const cases: { what: string; prepare: (here: Stage) => string; message: string }[] = [
  {
    what: 'a read-only token',
    prepare: ({ github }) => github.issueToken({ permissions: { pull_requests: 'read', metadata: 'read' } }),
    message:
      'Cannot comment on acme/shop#1: Resource not accessible by integration (403). The token needs `pull-requests: write`; grant it under `permissions:` of the job, or to the App the token comes from.',
  },
  {
    what: 'a locked conversation',
    prepare: ({ github, pull }) => {
      pull.lock();
      return github.token;
    },
    message: 'Cannot comment on acme/shop#1: the conversation is locked.',
  },
  {
    what: 'an archived repository',
    prepare: ({ github, shop }) => {
      shop.archive();
      return github.token;
    },
    message: 'Cannot comment on acme/shop#1: the repository is archived.',
  },
];

test.each(cases)('$what: a warning, the text in the summary, green', async ({ prepare, message }) => {
  await using here = await stage();
  const run = await here.run({ message: '**important**' }, { token: prepare(here) });
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toEqual(SKIPPED);
  expect(run.annotations).toEqual([
    { level: 'warning', message: `${message} The text is in the job summary.` },
  ]);
  expect(run.summary).toBe(`### Comment on acme/shop#1\n\n${message}\n\n---\n\n**important**\n`);
  expect(here.pull.comments()).toEqual([]);
});

test.each(cases)(
  '$what when there is a comment already: it stays as it is, or is updated',
  async ({ prepare }) => {
    await using here = await stage();
    await here.run({ message: 'before' });
    const run = await here.run({ message: 'after' }, { token: prepare(here) });
    expect(run.exitCode).toBe(0);
    expect(here.pull.comments()).toHaveLength(1);
    expect(here.pull.comments()[0]?.body).toContain(run.outputs.result === 'updated' ? 'after' : 'before');
  },
);

test.each(['delete', 'hide', 'recreate'])(
  'a read-only token cannot %s: a warning, nothing is changed',
  async (mode) => {
    await using here = await stage();
    await here.run({ message: 'before' });
    const token = here.github.issueToken({ permissions: { pull_requests: 'read', metadata: 'read' } });
    const run = await here.run({ mode, message: mode === 'recreate' ? 'after' : '' }, { token });
    expect([run.exitCode, run.outputs]).toEqual([0, SKIPPED]);
    expect(run.annotations).toHaveLength(1);
    expect(run.annotations[0]?.message).toMatch(/^Cannot comment on acme\/shop#1: Resource not accessible/);
    expect(run.annotations[0]?.message.includes('summary')).toBe(mode === 'recreate');
    expect(here.pull.comments()[0]).toMatchObject({ edits: 0, minimized: false });
  },
);

test.each([
  ['delete', 'deleted'],
  ['hide', 'hidden'],
])('a locked conversation does not keep from %s', async (mode, result) => {
  await using here = await stage();
  await here.run();
  here.pull.lock();
  expect((await here.run({ mode, message: '' })).outputs.result).toBe(result);
});

test('on-locked: fail makes the step red; outputs and the text are there all the same', async () => {
  await using here = await stage();
  here.pull.lock();
  const run = await here.run({ 'on-locked': 'fail', message: '**important**' });
  const message =
    'Cannot comment on acme/shop#1: the conversation is locked. Unlock it, or set the input "on-locked" to "warn".';
  expect([run.exitCode, run.outputs]).toEqual([1, SKIPPED]);
  expect(run.annotations).toEqual([{ level: 'error', message }]);
  expect(run.summary).toContain('**important**');
});

test('on-locked: fail says nothing of a read-only token', async () => {
  await using here = await stage();
  const token = here.github.issueToken({ permissions: { pull_requests: 'read', metadata: 'read' } });
  expect((await here.run({ 'on-locked': 'fail' }, { token })).exitCode).toBe(0);
});
