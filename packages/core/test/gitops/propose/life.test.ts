import { describe, expect, test } from '@jest/globals';
import { BRANCH, bodyOf, FILE, MANIFEST, pullRequests, startStage } from './stage.ts';

describe('one open pull request for a branch', () => {
  test('is opened, with the change in one commit on top of the base', async () => {
    await using stage = await startStage();
    const base = await stage.gitops.head('main');
    const proposal = await stage.propose('s1', 'v2');
    expect(proposal).toMatchObject({
      kind: 'proposed',
      commit: await stage.gitops.head(BRANCH),
      pullRequest: { number: 1, url: stage.gitops.pullRequest(1).url },
      result: 's1 to v2',
      isJobToken: false,
    });
    expect(pullRequests(stage)).toEqual(['1 open']);
    expect(await stage.gitops.read(BRANCH, FILE)).toBe(MANIFEST.replace('s1: v1', 's1: v2'));
    expect((await stage.gitops.log(BRANCH))[0]?.parents).toEqual([base]);
    expect(await stage.gitops.head('main')).toBe(base);
  });

  test('costs twelve requests', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    expect(stage.github.requests().map(({ route }) => route.replace('/repos/{owner}/{repo}', ''))).toEqual([
      'graphql ReadProposal',
      'graphql ReadHead',
      'graphql MoveBranch',
      'graphql ReadHead',
      'graphql CommitFiles',
      'GET /compare/{basehead}',
      'graphql ReadFiles',
      'graphql ReadFiles',
      'POST /pulls',
      // The last look, which finds nothing to do.
      'graphql ReadProposal',
      'graphql ReadHead',
      'graphql ReadHead',
    ]);
  });

  test('says what merging would change, and who wrote it', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    const { title, body } = await bodyOf(stage, 1);
    expect(title).toBe('Release s1 v2');
    expect(body.split('\n\n').slice(0, 4)).toEqual([
      '<!-- gitops-actions:proposal -->',
      '| place | from | to |\n| --- | --- | --- |\n| `apps/images.yaml:3` | `s1: v1` | `s1: v2` |',
      '```text\nRelease: v2\nRelease-Sequence: 7\nSource-Run: https://github.com/acme/shop/actions/runs/7/attempts/1\n```',
      'Kept up to date by [gitops-actions](https://github.com/gitops-actions/gitops-actions); commits of your own on this branch stay.',
    ]);
  });

  test('is updated in place, text and all', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    await stage.propose('s1', 'v3', { title: 'Ship\nit' });
    const third = await stage.propose('s2', 'v3');
    expect(third).toMatchObject({ kind: 'proposed', pullRequest: { number: 1 } });
    expect(pullRequests(stage)).toEqual(['1 open']);
    const { title, body } = await bodyOf(stage, 1);
    expect(title).toBe('Release 3 changes to main');
    expect(body).toContain(
      '| `apps/images.yaml:3` | `s1: v1` | `s1: v3` |\n| `apps/images.yaml:4` | `s2: v1` | `s2: v3` |',
    );
  });

  test('a second run of the same changes nothing', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2', { title: 'Ship it', labels: ['release'] });
    const head = await stage.gitops.head(BRANCH);
    stage.github.clearRequests();
    const again = await stage.propose('s1', 'v2', { title: 'Ship it', labels: ['release'] });
    expect(again).toMatchObject({ kind: 'proposed', commit: head, result: 'same', attempts: 1 });
    expect(
      stage.github
        .requests()
        .filter(({ method, fields }) => method !== 'GET' && !fields?.includes('repository')),
    ).toEqual([]);
  });

  test('is not opened when the base has it all', async () => {
    await using stage = await startStage();
    expect(await stage.propose('s1', 'v1')).toEqual({
      kind: 'unchanged',
      commit: await stage.gitops.head('main'),
      result: 'same',
      isJobToken: false,
      attempts: 1,
    });
    expect(await stage.gitops.branches()).toEqual(['main']);
    expect(pullRequests(stage)).toEqual([]);
  });

  test('closes itself, branch and all, when the base has got all it brings', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    await stage.gitops.commit('main', { [FILE]: MANIFEST.replace('s1: v1', 's1: v2') });
    expect(await stage.propose('s1', 'v2')).toMatchObject({ kind: 'unchanged', closed: 1 });
    expect(pullRequests(stage)).toEqual(['1 closed']);
    expect(await stage.gitops.branches()).toEqual(['main']);
  });

  test('closes itself when the last change is taken back', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    expect(await stage.propose('s1', 'v1')).toMatchObject({ kind: 'unchanged', closed: 1 });
    expect(pullRequests(stage)).toEqual(['1 closed']);
    expect(await stage.gitops.branches()).toEqual(['main']);
  });

  test('stays while it brings something else', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    await stage.propose('s5', 'v2');
    expect(await stage.propose('s1', 'v1')).toMatchObject({ kind: 'unchanged' });
    expect(pullRequests(stage)).toEqual(['1 open']);
    expect(await stage.gitops.read(BRANCH, FILE)).toBe(MANIFEST.replace('s5: v1', 's5: v2'));
  });
});

describe('after a pull request is over', () => {
  test.each([
    ['merged, its branch left', false],
    ['merged, its branch deleted', true],
  ])('%s: the next change has a new one', async (_name, deletes) => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    await stage.gitops.pullRequest(1).merge();
    if (deletes) await stage.gitops.deleteBranch(BRANCH);
    expect(await stage.propose('s2', 'v2')).toMatchObject({ kind: 'proposed', pullRequest: { number: 2 } });
    expect(pullRequests(stage)).toEqual(['1 merged', '2 open']);
    expect((await stage.gitops.log(BRANCH))[0]?.parents).toEqual([await stage.gitops.head('main')]);
  });

  test('closed without a merge: it stays closed, and what it brought does not come back', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    await stage.gitops.pullRequest(1).close();
    expect(await stage.propose('s5', 'v2')).toMatchObject({ kind: 'proposed', pullRequest: { number: 2 } });
    expect(pullRequests(stage)).toEqual(['1 closed', '2 open']);
    expect(await stage.gitops.read(BRANCH, FILE)).toBe(MANIFEST.replace('s5: v1', 's5: v2'));
    expect(stage.said).toContain(
      'Pull request 1 of release/shop is closed; the branch starts again from main.',
    );
  });

  test('squashed: the base starts the next one', async () => {
    await using stage = await startStage({ allowAutoMerge: true });
    expect(await stage.propose('s1', 'v2', { autoMerge: 'squash' })).toMatchObject({ kind: 'committed' });
    expect(await stage.propose('s2', 'v2')).toMatchObject({ kind: 'proposed', pullRequest: { number: 2 } });
    expect((await stage.gitops.log(BRANCH))[0]?.parents).toEqual([await stage.gitops.head('main')]);
  });
});
