import { describe, expect, test } from '@jest/globals';
import { BRANCH, bodyOf, FILE, MANIFEST, pullRequests, startStage } from './stage.ts';

describe('labels', () => {
  test('are added once, whatever their case; others stay', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2', { labels: ['release', 'Shop'] });
    const pull = stage.gitops.pullRequest(1);
    pull.setLabels([...pull.labels, 'theirs']);
    await stage.propose('s2', 'v2', { labels: ['RELEASE', 'more'] });
    expect(pull.labels).toEqual(['release', 'Shop', 'theirs', 'more']);
  });
});

describe('auto-merge', () => {
  test('waits for what the base requires', async () => {
    await using stage = await startStage({ allowAutoMerge: true });
    stage.gitops.requireReview('main');
    stage.gitops.protect('main');
    const proposal = await stage.propose('s1', 'v2', { autoMerge: 'squash' });
    expect(proposal).toMatchObject({ kind: 'proposed', pullRequest: { number: 1 } });
    expect(await bodyOf(stage, 1)).toMatchObject({ auto_merge: { merge_method: 'squash' } });
    stage.github.clearRequests();
    await stage.propose('s2', 'v2', { autoMerge: 'squash' });
    expect(stage.github.requests().some(({ route }) => route === 'graphql EnableAutoMerge')).toBe(false);
  });

  test('has nothing to wait for: merges at once', async () => {
    await using stage = await startStage({ allowAutoMerge: true });
    const proposal = await stage.propose('s1', 'v2', { autoMerge: 'merge' });
    expect(proposal).toMatchObject({
      kind: 'committed',
      commit: await stage.gitops.head('main'),
      pullRequest: { number: 1 },
      result: 's1 to v2',
    });
    expect(await stage.gitops.read('main', FILE)).toBe(MANIFEST.replace('s1: v1', 's1: v2'));
    expect(pullRequests(stage)).toEqual(['1 merged']);
  });

  test('is off in the repository: a sentence before anything is written', async () => {
    await using stage = await startStage();
    await expect(stage.propose('s1', 'v2', { autoMerge: 'squash' })).rejects.toThrow(
      'Input "auto-merge" is "squash", but acme/gitops does not allow auto-merge; turn on "Allow auto-merge" (Settings → General), or set the input to "none".',
    );
    expect(await stage.gitops.branches()).toEqual(['main']);
  });

  test('with a method that the repository does not allow: a sentence', async () => {
    await using stage = await startStage({ allowAutoMerge: true, mergeMethods: ['squash'] });
    await expect(stage.propose('s1', 'v2', { autoMerge: 'merge' })).rejects.toThrow(
      'The repository does not allow the method "merge", so pull request 1 of acme/gitops stays open without auto-merge; allow it (Settings → General), or change the input "auto-merge".',
    );
    expect(pullRequests(stage)).toEqual(['1 open']);
  });
});

describe('rights', () => {
  test('the job’s own token is told, for its pull request starts no workflow', async () => {
    await using stage = await startStage();
    expect(await stage.propose('s1', 'v2', { token: stage.github.token })).toMatchObject({
      isJobToken: true,
    });
  });

  test('the job’s own token, where it may not open pull requests: a sentence, and no branch is left', async () => {
    await using stage = await startStage({ allowActionsPullRequests: false });
    await expect(stage.propose('s1', 'v2', { token: stage.github.token })).rejects.toThrow(
      'Cannot open a pull request for release/shop in acme/gitops: GitHub does not let the job\'s own token create pull requests there. Pass the token of a GitHub App, or turn on "Allow GitHub Actions to create and approve pull requests" (Settings → Actions → General).',
    );
    expect(await stage.gitops.branches()).toEqual(['main']);
  });

  test.each([
    [
      { contents: 'write' as const, pull_requests: 'read' as const },
      'Cannot open a pull request for release/shop in acme/gitops: Resource not accessible by integration (403). The token needs `pull-requests: write`; grant it under `permissions:` of the job, or to the App the token comes from.',
    ],
    [
      { contents: 'read' as const, pull_requests: 'write' as const },
      'Cannot move the branch release/shop of acme/gitops: Resource not accessible by integration. The token needs `contents: write`; grant it under `permissions:` of the job, or to the App the token comes from.',
    ],
  ])('without %j: a sentence, and nothing is left', async (permissions, sentence) => {
    await using stage = await startStage();
    const token = stage.github.issueToken({ as: 'acme-delivery[bot]', permissions });
    await expect(stage.propose('s1', 'v2', { token })).rejects.toThrow(sentence);
    expect(await stage.gitops.branches()).toEqual(['main']);
    expect(pullRequests(stage)).toEqual([]);
  });

  test('a protected base needs no more', async () => {
    await using stage = await startStage();
    stage.gitops.protect('main');
    expect(await stage.propose('s1', 'v2')).toMatchObject({ kind: 'proposed' });
  });
});

describe('branches that do not fit', () => {
  test('the base itself', async () => {
    await using stage = await startStage();
    await expect(stage.propose('s1', 'v2', { branch: 'main' })).rejects.toThrow(
      'Input "pull-request-branch" is "main", the very branch of acme/gitops that the pull request is to be merged into; name another one.',
    );
  });

  test('a base that does not exist', async () => {
    await using stage = await startStage();
    await expect(stage.propose('s1', 'v2', { base: 'nope' })).rejects.toThrow(
      'The repository acme/gitops has no branch "nope"; create it, or correct the input "branch".',
    );
  });

  test('a pull request into another base', async () => {
    await using stage = await startStage();
    await stage.gitops.commit('staging', { 'x.md': 'x\n' });
    await stage.propose('s1', 'v2', { base: 'staging' });
    await expect(stage.propose('s1', 'v2')).rejects.toThrow(
      'The branch "release/shop" of acme/gitops already has pull request 1 into "staging", not into "main"; name another "pull-request-branch".',
    );
  });

  test('a fork’s branch of the same name is not ours', async () => {
    await using stage = await startStage();
    const fork = await stage.github.createRepository('eve/gitops', { files: { [FILE]: MANIFEST } });
    await stage.gitops.openPullRequest({ head: BRANCH, headRepository: fork });
    expect(await stage.propose('s1', 'v2')).toMatchObject({ kind: 'proposed', pullRequest: { number: 2 } });
  });
});

describe('hostile text', () => {
  test('stays text in the body, and the title is one line', async () => {
    await using stage = await startStage();
    const text = '`|` @acme/all <img src=x> <!-- /gitops-actions:proposal -->';
    await stage.propose('s1', text, { title: `a\n::error::\u0000b${'x'.repeat(300)}` });
    const { title, body } = await bodyOf(stage, 1);
    expect(title).toMatch(/^a ::error:: bx+…$/);
    expect(title).toHaveLength(256);
    expect(body).toContain('| ``s1: `\\|` @acme/all <img src=x> <!-- /gitops-actions:proposal -->`` |');
    const again = await stage.propose('s1', text);
    expect(again).toMatchObject({ attempts: 1 });
    expect(stage.gitops.pullRequest(1).state).toBe('open');
    expect(await stage.gitops.head(BRANCH)).toBe(again.commit);
  });
});
