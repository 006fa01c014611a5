import type { ActionRun, PullRequest } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { town } from './town.ts';

/** The addresses of the API that a run used, without names and numbers behind them. */
function addresses({ requests }: ActionRun): string[] {
  const parts = requests.map(
    ({ path }) => /^\/api\/(?:graphql$|v3\/repos\/[^/]+\/[^/]+)/.exec(path)?.[0] ?? path,
  );
  return [...new Set(parts)].sort();
}

const DELETE = { mode: 'delete', message: '' };
const HIDE = { mode: 'hide', message: '' };

/** Each mode in turn on one comment, what it says, and whether that leaves a comment that people see. */
const turns: readonly { inputs: Record<string, string>; result: string; seen: boolean }[] = [
  { inputs: { message: 'one' }, result: 'created', seen: true },
  { inputs: { message: 'two' }, result: 'updated', seen: true },
  { inputs: HIDE, result: 'hidden', seen: false },
  { inputs: { message: 'three', mode: 'recreate' }, result: 'created', seen: true },
  { inputs: DELETE, result: 'deleted', seen: false },
];

/** Takes all turns; each finds the same account's one comment and goes to these addresses only. */
async function takeTurns(
  take: (inputs: Record<string, string>, runId: number) => Promise<ActionRun>,
  page: PullRequest,
  repository: string,
): Promise<void> {
  const used = new Set<string>();
  for (const [index, { inputs, result, seen }] of turns.entries()) {
    const run = await take(inputs, index + 1);
    expect([run.annotations, run.outputs.result]).toEqual([[], result]);
    expect(page.comments().filter(({ minimized }) => !minimized)).toHaveLength(seen ? 1 : 0);
    for (const address of addresses(run)) used.add(address);
  }
  expect([...used].sort()).toEqual(['/api/graphql', `/api/v3/repos/${repository}`]);
  expect(page.comments()).toEqual([]);
}

test('every mode speaks to the addresses of an Enterprise Server only', async () => {
  await using here = await town();
  const event = here.event('workflow_run', { pullRequest: here.foreign });
  await takeTurns((inputs, runId) => here.run(event, inputs, { runId }), here.foreign, 'acme/shop');
});

test('every mode on a pull request of another repository speaks to that one only', async () => {
  await using here = await town();
  const docs = await here.github.createRepository('acme/docs', { private: true });
  const page = await docs.openPullRequest({ head: 'page' });
  const token = here.github.issueToken({ as: 'writer[bot]', repositories: ['acme/docs'] });
  const place = { repository: 'acme/docs', 'pull-request': String(page.number) };
  const event = here.event('pull_request', { pullRequest: here.own });
  await takeTurns(
    (inputs, runId) => here.run(event, { ...inputs, ...place }, { token, runId }),
    page,
    'acme/docs',
  );
  expect(here.commented()).toEqual([]);
});

test("the job's own token does not reach another private repository: one sentence, nothing written", async () => {
  await using here = await town();
  const docs = await here.github.createRepository('acme/docs', { private: true });
  const page = await docs.openPullRequest({ head: 'page' });
  const token = here.github.issueToken({ repositories: ['acme/shop'] });
  const event = here.event('pull_request', { pullRequest: here.own });
  const run = await here.run(event, { repository: 'acme/docs', 'pull-request': '1' }, { token });
  expect(run.exitCode).toBe(1);
  expect(run.annotations).toEqual([
    {
      level: 'error',
      message: expect.stringMatching(
        /^Cannot .*acme\/docs#1.*check the name, and that the token has `pull-requests: write` for that repository\.$/,
      ),
    },
  ]);
  expect(page.comments()).toEqual([]);
  expect(here.commented()).toEqual([]);
});
