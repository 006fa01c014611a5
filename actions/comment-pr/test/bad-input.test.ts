import { describe, expect, test } from '@jest/globals';
import { stage } from './stage.ts';

const cases: { what: string; inputs: Record<string, string>; message: string }[] = [
  {
    what: 'no message',
    inputs: { message: '' },
    message: 'Neither "message" nor "message-file" is given; one of them is required.',
  },
  {
    what: 'two messages',
    inputs: { 'message-file': 'a.md' },
    message: 'Both "message" and "message-file" are given; give one of them.',
  },
  {
    what: 'a misspelt name',
    inputs: { sectoin: 'web' },
    message: 'Unknown input "sectoin"; did you mean "section"?',
  },
  {
    what: 'an unknown order',
    inputs: { order: 'newest' },
    message: 'Input "order" is "newest"; it must be one of: run, none.',
  },
  {
    what: 'an unknown mode',
    inputs: { mode: 'append' },
    message: 'Input "mode" is "append"; it must be one of: upsert, recreate, delete, hide.',
  },
  {
    what: 'an unknown reason to hide',
    inputs: { mode: 'hide', message: '', 'hide-as': 'OUTDATED' },
    message:
      'Input "hide-as" is "OUTDATED"; it must be one of: outdated, resolved, off-topic, duplicate, spam, abuse.',
  },
  {
    what: 'something else than warn or fail',
    inputs: { 'on-locked': 'ignore' },
    message: 'Input "on-locked" is "ignore"; it must be one of: warn, fail.',
  },
  {
    what: 'a text to delete',
    inputs: { mode: 'delete' },
    message: 'Input "message" is given, but mode "delete" writes nothing; leave it out.',
  },
  {
    what: 'a text of a file to hide',
    inputs: { mode: 'hide', message: '', 'message-file': 'a.md' },
    message: 'Input "message-file" is given, but mode "hide" writes nothing; leave it out.',
  },
  {
    what: 'a section to hide',
    inputs: { mode: 'hide', message: '', section: 'web' },
    message: 'Input "section" is "web", but mode "hide" hides the whole comment; leave it out.',
  },
  {
    what: 'a title to delete',
    inputs: { mode: 'delete', message: '', title: 'x' },
    message: 'Input "title" is "x", but mode "delete" writes nothing; leave it out.',
  },
  { what: 'an empty id', inputs: { id: '' }, message: 'Input "id" is empty; it is required.' },
  {
    what: 'a section of two lines',
    inputs: { section: 'a\nb' },
    message: 'Input "section" is "a\\nb"; it must be one line of at most 100 characters.',
  },
  {
    what: 'a pull request that is no number',
    inputs: { 'pull-request': '#1' },
    message: 'Input "pull-request" is "#1"; it must be a whole number from 1 to 2147483647.',
  },
  {
    what: 'a pull request that GraphQL cannot count to',
    inputs: { 'pull-request': '2147483648' },
    message: 'Input "pull-request" is "2147483648"; it must be a whole number from 1 to 2147483647.',
  },
  {
    what: 'a declared input of no action, named like what every object has',
    inputs: { message: '', constructor: 'x' },
    message: 'Neither "message" nor "message-file" is given; one of them is required.',
  },
  {
    what: 'a repository that is no name',
    inputs: { repository: 'https://github.com/acme/shop', 'pull-request': '1' },
    message: 'Input "repository" is "https://github.com/acme/shop"; it must be a repository as owner/name.',
  },
  {
    what: 'another repository without a number',
    inputs: { repository: 'acme/other' },
    message:
      'Input "repository" is "acme/other", not this repository, so the event does not say which pull request; set the input "pull-request".',
  },
  {
    what: 'no token',
    inputs: { token: '' },
    message: 'Input "token" is empty; leave it out to use the token of the job.',
  },
];

test.each(cases)('$what: one sentence, nothing asked', async ({ inputs, message }) => {
  await using here = await stage();
  const run = await here.run(inputs);
  expect(run.annotations).toEqual([{ level: 'error', message }]);
  expect([run.exitCode, run.outputs, run.requests]).toEqual([1, {}, []]);
});

test('an event that is about no pull request', async () => {
  await using here = await stage();
  const payload = here.github.event('schedule', { repository: here.shop });
  const run = await here.run({}, { event: { name: 'schedule', payload } });
  expect(run.annotations).toEqual([
    {
      level: 'error',
      message:
        'The event "schedule" is not about a pull request; set the input "pull-request", or run on pull_request, issue_comment, merge_group, workflow_run or push.',
    },
  ]);
  expect([run.exitCode, run.requests]).toEqual([1, []]);
});

test('an event file that cannot be read', async () => {
  await using here = await stage();
  const run = await here.run({}, { env: { GITHUB_EVENT_PATH: '/nowhere/event.json' } });
  expect(run.annotations[0]?.message).toMatch(
    /^The event file \/nowhere\/event\.json cannot be read \(ENOENT.*\);/,
  );
  expect([run.exitCode, run.requests]).toEqual([1, []]);
});

describe('what GitHub refuses', () => {
  test.each([
    [
      'a token it does not know',
      'unknown',
      {},
      'Cannot read the comments of acme/shop#1: Bad credentials (401). The token is not valid here or has expired; pass one that belongs to this server.',
    ],
    [
      'a repository that is not there',
      undefined,
      { repository: 'acme/none', 'pull-request': '1' },
      "Cannot read the comments of acme/none#1: Could not resolve to a Repository with the name 'acme/none'. Either it does not exist or the token may not see it; check the name, and that the token has `pull-requests: write` for that repository.",
    ],
    [
      'a pull request that is not there',
      undefined,
      { 'pull-request': '99' },
      'Cannot read the comments of acme/shop#99: Could not resolve to an issue or pull request with the number of 99. Either it does not exist or the token may not see it; check the name, and that the token has `pull-requests: write` for that repository.',
    ],
  ])('%s', async (_name, token, inputs, message) => {
    await using here = await stage();
    const run = await here.run(inputs, token === undefined ? {} : { token });
    expect(run.annotations).toEqual([{ level: 'error', message }]);
    expect([run.exitCode, run.outputs, here.pull.comments()]).toEqual([1, {}, []]);
  });
});

test('comments that the token may not even read: red, one sentence', async () => {
  await using here = await stage();
  const body = { message: 'Resource not accessible by integration' };
  here.github.inject({ match: 'graphql findComments', status: 403, body });
  const run = await here.run();
  const message =
    'Cannot read the comments of acme/shop#1: Resource not accessible by integration (403). The token needs `pull-requests: write`; grant it under `permissions:` of the job, or to the App the token comes from.';
  expect(run.annotations).toEqual([{ level: 'error', message }]);
  expect([run.exitCode, run.outputs, here.pull.comments()]).toEqual([1, {}, []]);
});
