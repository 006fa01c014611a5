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
