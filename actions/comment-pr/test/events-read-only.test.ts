import { expect, test } from '@jest/globals';
import { created } from './fork-run.ts';
import { type Event, type Town, town } from './town.ts';

const PAGE = 'https://github.com/gitops-actions/gitops-actions/blob/main/docs/fork-pull-requests.md';
const FORK =
  "Cannot comment on acme/shop#3: the run of a fork's pull request gets a token that only reads, whatever `permissions:` says.";
const TOKEN =
  'Cannot comment on acme/shop#1: Resource not accessible by integration (403). The token needs `pull-requests: write`; grant it under `permissions:` of the job, or to the App the token comes from.';

interface Case {
  readonly what: string;
  readonly event: (here: Town) => Event;
  readonly place: string;
  readonly reason: string;
}

const cases: readonly Case[] = [
  {
    what: "a fork's pull request",
    event: ({ event, foreign }) => event('pull_request', { pullRequest: foreign }),
    place: 'acme/shop#3',
    reason: `${FORK} A second workflow can write the comment (${PAGE}).`,
  },
  {
    what: 'a run that Dependabot started',
    event: ({ event, own }) => event('pull_request', { pullRequest: own, sender: 'dependabot[bot]' }),
    place: 'acme/shop#1',
    reason: `${TOKEN} Dependabot started this run, whose token only reads unless the job grants more (${PAGE}#dependabot).`,
  },
  {
    what: 'a pull request of the repository itself',
    event: ({ event, own }) => event('pull_request', { pullRequest: own }),
    place: 'acme/shop#1',
    reason: TOKEN,
  },
];

test.each(cases)('$what, a token that only reads: a warning, and the text in the summary', async (one) => {
  await using here = await town();
  const token = here.github.issueToken({ permissions: { pull_requests: 'read', metadata: 'read' } });
  const run = await here.run(one.event(here), { message: '**important**' }, { token });
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toEqual({ 'comment-id': '', 'comment-url': '', result: 'skipped' });
  expect(run.annotations).toEqual([
    { level: 'warning', message: `${one.reason} The text is in the job summary.` },
  ]);
  expect(run.summary).toBe(`### Comment on ${one.place}\n\n${one.reason}\n\n---\n\n**important**\n`);
  expect(here.commented()).toEqual([]);
});

test("a locked conversation of a fork's pull request is what is named, when the token could write", async () => {
  await using here = await town();
  here.foreign.lock();
  const run = await here.run(here.event('pull_request', { pullRequest: here.foreign }));
  expect(run.annotations[0]?.message).toBe(
    'Cannot comment on acme/shop#3: the conversation is locked. The text is in the job summary.',
  );
});

test.each(['delete', 'hide'])("a fork's run with mode %s: the warning speaks of no text", async (mode) => {
  await using here = await town();
  const token = here.github.issueToken({ permissions: { pull_requests: 'read', metadata: 'read' } });
  const event = here.event('pull_request', { pullRequest: here.foreign });
  created(await here.run(event));
  const run = await here.run(event, { mode, message: '' }, { token });
  expect(run.outputs.result).toBe('skipped');
  expect(run.annotations).toEqual([
    { level: 'warning', message: `${FORK} A second workflow can write the comment (${PAGE}).` },
  ]);
  expect(here.foreign.comments().map(({ minimized }) => minimized)).toEqual([false]);
});
