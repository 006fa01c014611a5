import { expect, test } from '@jest/globals';
import { visible } from './stage.ts';
import { type Town, town } from './town.ts';

const issueEvent = ({ event, issue }: Town) => event('issues', { issue });
const needs = (number: number, permission: string, status = ' (403)') =>
  `Cannot comment on acme/shop#${number}: Resource not accessible by integration${status}. The token needs \`${permission}: write\`; grant it under \`permissions:\` of the job, or to the App the token comes from. The text is in the job summary.`;

test('every mode works on an issue', async () => {
  await using here = await town();
  const token = here.github.issueToken({ permissions: { issues: 'write', metadata: 'read' } });
  const turns = [
    [{ section: 'web', message: 'one' }, 'created'],
    [{ section: 'api', message: 'two' }, 'updated'],
    [{ mode: 'hide', message: '' }, 'hidden'],
    [{ mode: 'recreate', section: 'api', message: 'three' }, 'created'],
    [{ mode: 'delete', section: 'web', message: '' }, 'deleted'],
  ] as const;
  for (const [inputs, result] of turns) {
    const run = await here.run(issueEvent(here), inputs, { token });
    expect([run.annotations, run.outputs.result]).toEqual([[], result]);
  }
  expect(here.issue.comments().map(({ minimized, body }) => [minimized, ...visible(body)])).toEqual([
    [false, 'three'],
  ]);
  const last = await here.run(issueEvent(here), { mode: 'delete', message: '' }, { token });
  expect([last.outputs.result, here.issue.comments()]).toEqual(['deleted', []]);
});

test.each([
  ['create', 0, ' (403)'],
  ['update', 1, ''],
])(
  'a token without the right to %s on an issue: the permission of issues is named',
  async (_what, there, status) => {
    await using here = await town();
    if (there > 0) await here.run(issueEvent(here));
    const permissions = { pull_requests: 'write', issues: 'read', metadata: 'read' } as const;
    const token = here.github.issueToken({ permissions });
    const run = await here.run(issueEvent(here), { message: 'after' }, { token });
    expect([run.exitCode, run.outputs.result]).toEqual([0, 'skipped']);
    expect(run.annotations).toEqual([{ level: 'warning', message: needs(4, 'issues', status) }]);
    expect(here.issue.comments()).toHaveLength(there);
  },
);

test('a comment on a pull request is an event of an issue, and needs the permission of pull requests', async () => {
  await using here = await town();
  const token = here.github.issueToken({ permissions: { pull_requests: 'read', metadata: 'read' } });
  const run = await here.run(here.event('issue_comment', { pullRequest: here.own }), {}, { token });
  expect(run.annotations).toEqual([{ level: 'warning', message: needs(1, 'pull-requests') }]);
});
