import { expect, test } from '@jest/globals';
import { type Event, following, type Town, town } from './town.ts';

interface Case {
  readonly what: string;
  readonly event: (here: Town) => Event | Promise<Event>;
  readonly inputs?: Record<string, string>;
  readonly message: (here: Town) => string | Promise<string>;
}

const notAbout = (name: string) => () =>
  `The event "${name}" is not about a pull request; set the input "pull-request", or run on pull_request, issue_comment, merge_group, workflow_run or push.`;

const followsNothing = (words: string) => () =>
  `The run that this workflow_run follows ${words}, so its pull request cannot be found; set the input "pull-request".`;

const cases: readonly Case[] = [
  {
    what: 'a workflow_run when the head has moved on',
    event: async ({ event, foreign }) => {
      const ended = event('workflow_run', { pullRequest: foreign });
      await foreign.push({ 'more.txt': 'two' });
      return ended;
    },
    message: async ({ foreign, outer }) => {
      const [now, before] = await outer.log('main');
      expect(now?.sha).toBe(await foreign.headSha());
      return `This run is about commit ${before?.sha}, but the head of pull request 3 of acme/shop is ${now?.sha} by now; leave it to the run of that commit, or set the input "pull-request".`;
    },
  },
  {
    what: 'two open pull requests from one branch, into different bases',
    event: async ({ event, shop, outer, foreign }) => {
      await shop.commit('release', { 'r.txt': 'r' }, { from: await shop.head('main') });
      await shop.openPullRequest({ head: 'main', base: 'release', headRepository: outer });
      return event('workflow_run', { pullRequest: foreign });
    },
    message: async ({ foreign }) =>
      `In acme/shop pull requests 5, 3 all have mona:main at ${await foreign.headSha()} as their head; set the input "pull-request".`,
  },
  {
    what: 'a fork that was deleted',
    event: ({ event, foreign }) =>
      following(event('workflow_run', { pullRequest: foreign }), { head_repository: null }),
    message: followsNothing('comes from a repository that is gone'),
  },
  {
    what: 'a workflow_run after a schedule',
    event: ({ event, shop }) => event('workflow_run', { run: shop.addRun({ event: 'schedule' }) }),
    message: followsNothing('was started by "schedule", which is about no branch'),
  },
  {
    what: 'a push whose pull request is closed',
    event: async ({ event, own }) => {
      await own.close();
      return event('push', { ref: 'fix' });
    },
    message: async ({ own }) =>
      `In acme/shop no open pull request has acme:fix at ${await own.headSha()} as its head; set the input "pull-request".`,
  },
  {
    what: 'a push to a branch that only a fork has a pull request of',
    event: ({ event }) => event('push', { ref: 'main' }),
    message: async ({ shop }) =>
      `In acme/shop no open pull request has acme:main at ${await shop.head('main')} as its head; set the input "pull-request".`,
  },
  { what: 'a schedule', event: ({ event }) => event('schedule'), message: notAbout('schedule') },
  {
    what: 'a workflow_dispatch',
    event: ({ event }) => event('workflow_dispatch'),
    message: notAbout('workflow_dispatch'),
  },
  {
    what: 'an event of this repository for another one',
    event: ({ event, own }) => event('pull_request', { pullRequest: own }),
    inputs: { repository: 'acme/shop-copy' },
    message: () =>
      'Input "repository" is "acme/shop-copy", not this repository, so the event does not say which pull request; set the input "pull-request".',
  },
];

test.each(cases)('$what: one sentence, and nothing is written', async ({ event, inputs, message }) => {
  await using here = await town();
  const happened = await event(here);
  const run = await here.run(happened, inputs);
  expect(run.exitCode).toBe(1);
  expect(run.annotations).toEqual([{ level: 'error', message: await message(here) }]);
  expect(run.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(here.commented()).toEqual([]);
});

test.each(cases.filter(({ inputs }) => inputs === undefined))(
  '$what, with the input "pull-request": the comment is there, and nothing is looked up',
  async ({ event }) => {
    await using here = await town();
    const run = await here.run(await event(here), { 'pull-request': '3' });
    expect(run.outputs.result).toBe('created');
    expect(run.requests.map(({ route }) => route)).not.toContain('GET /repos/{owner}/{repo}/pulls');
    expect(here.commented()).toEqual([3]);
  },
);
