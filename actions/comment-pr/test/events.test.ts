import { describe, expect, test } from '@jest/globals';
import { routes } from './stage.ts';
import { type Event, following, type Town, town } from './town.ts';

type Case = readonly [what: string, number: number, event: (here: Town) => Event | Promise<Event>];

const run = async (here: Town, event: Event, number: number) => {
  const done = await here.run(event);
  expect(done.annotations).toEqual([]);
  expect(done.outputs.result).toBe('created');
  expect(here.commented()).toEqual([number]);
  return routes(done)[0];
};

describe('the event names the pull request or issue', () => {
  const review = { id: 80, state: 'commented', body: 'Looks good', user: { login: 'alice' } };
  const cases: readonly Case[] = [
    ['pull_request', 1, ({ event, own }) => event('pull_request', { pullRequest: own })],
    [
      'pull_request, closed',
      1,
      async ({ event, own }) => {
        await own.merge();
        return event('pull_request', { pullRequest: own });
      },
    ],
    ['pull_request of a fork', 3, ({ event, foreign }) => event('pull_request', { pullRequest: foreign })],
    [
      'pull_request_target',
      3,
      ({ event, foreign }) => event('pull_request_target', { pullRequest: foreign }),
    ],
    [
      'pull_request_review',
      2,
      ({ event, twin }) => {
        const { payload } = event('pull_request', { pullRequest: twin, action: 'submitted' });
        return { name: 'pull_request_review', payload: { ...payload, review } };
      },
    ],
    [
      'issue_comment on a pull request',
      3,
      ({ event, foreign }) => event('issue_comment', { pullRequest: foreign }),
    ],
    ['issue_comment on an issue', 4, ({ event, issue }) => event('issue_comment', { issue })],
    ['issues', 4, ({ event, issue }) => event('issues', { issue })],
    ['merge_group', 2, ({ event, twin }) => event('merge_group', { pullRequest: twin })],
    [
      'workflow_run after a merge_group',
      2,
      async ({ event, shop }) => {
        const base = await shop.head('main');
        const branch = `gh-readonly-queue/main/pr-2-${base}`;
        return event('workflow_run', { run: shop.addRun({ event: 'merge_group', branch, sha: base }) });
      },
    ],
  ];

  test.each(cases)('%s', async (_what, number, event) => {
    await using here = await town();
    expect(await run(here, await event(here), number)).toBe('graphql findComments');
  });
});

describe('the pull request is looked up by repository, branch and commit', () => {
  const cases: readonly Case[] = [
    [
      "push, with a fork's pull request from a branch of that name",
      1,
      ({ event }) => event('push', { ref: 'fix' }),
    ],
    ['workflow_run', 1, ({ event, own }) => event('workflow_run', { pullRequest: own })],
    [
      "workflow_run of the owner's own fork, on the same branch and commit",
      2,
      ({ event, twin }) => event('workflow_run', { pullRequest: twin }),
    ],
    [
      'workflow_run of a fork whose branch is named like the base',
      3,
      ({ event, foreign }) => event('workflow_run', { pullRequest: foreign }),
    ],
    [
      'workflow_run after a pull_request_target',
      3,
      async ({ event, shop, foreign }) => {
        const sha = await shop.head('main');
        const made = shop.addRun({ event: 'pull_request_target', branch: 'main', sha });
        const head_commit = { id: await foreign.headSha() };
        return following(event('workflow_run', { pullRequest: foreign, run: made }), { head_commit });
      },
    ],
    [
      'workflow_run after a push',
      1,
      async ({ event, shop }) =>
        event('workflow_run', { run: shop.addRun({ branch: 'fix', sha: await shop.head('fix') }) }),
    ],
    [
      'workflow_run of a pull request that was closed meanwhile',
      3,
      async ({ event, foreign }) => {
        const ended = event('workflow_run', { pullRequest: foreign });
        await foreign.close();
        return ended;
      },
    ],
  ];

  test.each(cases)('%s', async (_what, number, event) => {
    await using here = await town();
    expect(await run(here, await event(here), number)).toBe('GET /repos/{owner}/{repo}/pulls');
  });

  test('of a fork GitHub lists no pull request in the event, of a branch of its own it does', async () => {
    await using here = await town();
    const listed = (event: Event) => event.payload.workflow_run as { pull_requests: unknown[] };
    expect(listed(here.event('workflow_run', { pullRequest: here.own })).pull_requests).toHaveLength(1);
    expect(listed(here.event('workflow_run', { pullRequest: here.foreign })).pull_requests).toEqual([]);
  });
});
