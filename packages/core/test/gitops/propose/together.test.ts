import { faults } from '@gitops-actions/testkit';
import { describe, expect, test } from '@jest/globals';
import { BRANCH, bodyOf, FILE, MANIFEST, pullRequests, SERVICES, startStage } from './stage.ts';

const ALL = MANIFEST.replaceAll('v1', 'v2');

describe('jobs that propose at once', () => {
  test('ten on one branch: one pull request, ten changes', async () => {
    await using stage = await startStage();
    const proposals = await Promise.all(SERVICES.map((service) => stage.propose(service, 'v2')));
    expect(new Set(proposals.map(({ kind, pullRequest }) => `${kind} ${pullRequest?.number}`))).toEqual(
      new Set(['proposed 1']),
    );
    expect(pullRequests(stage)).toEqual(['1 open']);
    expect(await stage.gitops.read(BRANCH, FILE)).toBe(ALL);
    const { title, body } = await bodyOf(stage, 1);
    expect(title).toBe('Release 10 changes to main');
    expect(body.match(/^\| `apps/gm)).toHaveLength(10);
  }, 60_000);

  test('ten on branches of their own: a pull request each', async () => {
    await using stage = await startStage();
    await Promise.all(
      SERVICES.map((service) => stage.propose(service, 'v2', { branch: `release/${service}` })),
    );
    expect(pullRequests(stage)).toHaveLength(10);
    expect((await stage.gitops.branches()).length).toBe(11);
  }, 60_000);

  test('ten on the branch of a pull request that was closed', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v9');
    await stage.gitops.pullRequest(1).close();
    await Promise.all(SERVICES.map((service) => stage.propose(service, 'v2')));
    expect(pullRequests(stage)).toEqual(['1 closed', '2 open']);
    expect(await stage.gitops.read(BRANCH, FILE)).toBe(ALL);
  }, 60_000);
});

describe('a lost answer', () => {
  const lost = [
    ['graphql MoveBranch', true],
    ['graphql MoveBranch', false],
    ['graphql CommitFiles', true],
    ['POST /repos/{owner}/{repo}/pulls', true],
    ['POST /repos/{owner}/{repo}/pulls', false],
  ] as const;

  test.each(lost)('%s, work done: %s', async (match, after) => {
    await using stage = await startStage();
    stage.github.inject({ match, times: 1, after, ...faults.serverError(502) });
    expect(await stage.propose('s1', 'v2')).toMatchObject({ kind: 'proposed', pullRequest: { number: 1 } });
    expect(pullRequests(stage)).toEqual(['1 open']);
    expect(await stage.gitops.log(BRANCH)).toHaveLength(2);
  });

  test('a cut connection after the pull request was opened', async () => {
    await using stage = await startStage();
    stage.github.inject({
      match: 'POST /repos/{owner}/{repo}/pulls',
      times: 1,
      ...faults.reset({ after: true }),
    });
    expect(await stage.propose('s1', 'v2')).toMatchObject({ kind: 'proposed', pullRequest: { number: 1 } });
    expect(pullRequests(stage)).toEqual(['1 open']);
  });

  test('that never ends: a sentence at the deadline', async () => {
    await using stage = await startStage();
    stage.github.inject({ match: 'POST /repos/{owner}/{repo}/pulls', ...faults.serverError(502) });
    await expect(stage.propose('s1', 'v2', { deadline: 0 })).rejects.toThrow(
      'Other jobs changed release/shop of acme/gitops first 1 times within 0s, so the pull request may lack this change; re-run the job, or raise the input "deadline".',
    );
  });

  test('a look that is behind the times', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    stage.github.inject({ match: 'graphql ReadProposal', times: 1, stale: 1 });
    expect(await stage.propose('s2', 'v2')).toMatchObject({ kind: 'proposed', pullRequest: { number: 1 } });
    expect(await stage.gitops.read(BRANCH, FILE)).toContain('s1: v2\ns2: v2');
  });
});

describe('a commit that comes in between', () => {
  test('while an empty pull request is closed: both stay', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    const { promise, resolve } = Promise.withResolvers<void>();
    stage.github.inject({ match: 'graphql MoveBranch', times: 1, hold: promise });
    const back = stage.propose('s1', 'v1');
    await until(() =>
      stage.github.requests().some(({ route, status }) => /MoveBranch/.test(route) && !status),
    );
    const theirs = await stage.gitops.commit(BRANCH, { 'notes.md': 'mine\n' });
    resolve();
    await back;
    expect(pullRequests(stage)).toEqual(['1 open']);
    expect((await stage.gitops.log(BRANCH)).map(({ sha }) => sha)).toContain(theirs);
    expect(await stage.gitops.read(BRANCH, FILE)).toBe(MANIFEST);
  });

  test('a merge by somebody: the change counts as committed', async () => {
    await using stage = await startStage();
    const { promise, resolve } = Promise.withResolvers<void>();
    let looks = 0;
    const isSecondLook = ({ route }: { route: string }) => /ReadProposal/.test(route) && ++looks === 2;
    stage.github.inject({ match: isSecondLook, times: 1, hold: promise });
    const proposal = stage.propose('s1', 'v2', { labels: ['release'] });
    await until(() => looks >= 2);
    const merge = await stage.gitops.pullRequest(1).merge();
    resolve();
    expect(await proposal).toMatchObject({
      kind: 'committed',
      commit: merge,
      pullRequest: { number: 1 },
      result: 's1 to v2',
    });
    expect(pullRequests(stage)).toEqual(['1 merged']);
    expect(await stage.gitops.head('main')).toBe(merge);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
