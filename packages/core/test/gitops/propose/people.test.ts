import { describe, expect, test } from '@jest/globals';
import { BRANCH, bodyOf, FILE, MANIFEST, pullRequests, startStage } from './stage.ts';

const set = (text: string, service: string, version: string) =>
  text.replace(new RegExp(`^${service}: .*$`, 'm'), `${service}: ${version}`);

describe('what people do to the branch', () => {
  test('a commit of theirs stays', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    const theirs = await stage.gitops.commit(BRANCH, { 'notes.md': 'mine\n' });
    await stage.propose('s2', 'v2');
    expect((await stage.gitops.log(BRANCH))[0]?.parents).toEqual([theirs]);
    expect(await stage.gitops.read(BRANCH, 'notes.md')).toBe('mine\n');
    expect((await bodyOf(stage, 1)).body).toContain('| `notes.md` |  | new file |');
  });

  test('text around ours in the body stays, and a title until there is something new', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    const { body } = await bodyOf(stage, 1);
    await fetch(`${stage.github.apiUrl}/repos/acme/gitops/pulls/1`, {
      method: 'PATCH',
      headers: { authorization: `token ${stage.token}` },
      body: JSON.stringify({ body: `Before\r\n\r\n${body}\n\nAfter`, title: 'Mine' }),
    });
    await stage.propose('s1', 'v2');
    expect((await bodyOf(stage, 1)).title).toBe('Mine');
    await stage.propose('s2', 'v2');
    const now = await bodyOf(stage, 1);
    expect(now.body).toMatch(
      /^Before\n\n<!-- gitops-actions:proposal -->\n[\s\S]*s2: v2[\s\S]*-->\n\nAfter$/,
    );
  });

  test('their branch without a pull request is not touched', async () => {
    await using stage = await startStage();
    const theirs = await stage.gitops.commit(BRANCH, { 'notes.md': 'mine\n' });
    await expect(stage.propose('s1', 'v2')).rejects.toThrow(
      `The branch "release/shop" of acme/gitops has no open pull request into main but commit ${theirs.slice(0, 7)} by somebody else, which is not overwritten; open a pull request for it, delete the branch, or name another "pull-request-branch".`,
    );
    expect(await stage.gitops.head(BRANCH)).toBe(theirs);
  });
});

describe('a base that moved on', () => {
  test('elsewhere: the branch is left as it is', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    await stage.gitops.commit('main', { 'other.md': 'x\n' });
    await stage.propose('s2', 'v2');
    expect((await stage.gitops.log(BRANCH)).every(({ parents }) => parents.length < 2)).toBe(true);
  });

  test('in the same file: it is merged in before the edit', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    const main = await stage.gitops.commit('main', { [FILE]: set(MANIFEST, 's8', 'v5') });
    await stage.propose('s2', 'v2');
    expect((await stage.gitops.log(BRANCH)).some(({ parents }) => parents[1] === main)).toBe(true);
    expect(await stage.gitops.read(BRANCH, FILE)).toBe(
      set(set(set(MANIFEST, 's1', 'v2'), 's2', 'v2'), 's8', 'v5'),
    );
    expect(await stage.gitops.pullRequest(1).mergeSha()).toMatch(/^[0-9a-f]{40}$/);
  });

  test('in the same line: what was merged stays there, the rest of the branch too', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    await stage.propose('s3', 'v2');
    await stage.gitops.commit('main', { [FILE]: set(MANIFEST, 's1', 'v3') });
    const proposal = await stage.propose('s2', 'v2');
    expect(proposal).toMatchObject({ kind: 'proposed', pullRequest: { number: 1 } });
    expect(await stage.gitops.read(BRANCH, FILE)).toBe(
      set(set(set(MANIFEST, 's1', 'v3'), 's2', 'v2'), 's3', 'v2'),
    );
    expect(stage.said).toContain(`${FILE} changed in the same place on main; what is there stays.`);
    expect(await stage.gitops.pullRequest(1).mergeSha()).toMatch(/^[0-9a-f]{40}$/);
    expect(pullRequests(stage)).toEqual(['1 open']);
  });

  test('in the same line as a commit of theirs: a sentence', async () => {
    await using stage = await startStage();
    await stage.propose('s1', 'v2');
    const branch = await stage.gitops.read(BRANCH, FILE);
    const theirs = await stage.gitops.commit(BRANCH, { [FILE]: set(branch, 's4', 'v7') });
    await stage.gitops.commit('main', { [FILE]: set(MANIFEST, 's4', 'v8') });
    await expect(stage.propose('s2', 'v2')).rejects.toThrow(
      `Pull request 1 of acme/gitops conflicts with main, and its branch has commit ${theirs.slice(0, 7)} by somebody else, which is not overwritten; merge main into "release/shop" by hand, or close the pull request.`,
    );
    expect(await stage.gitops.head(BRANCH)).toBe(theirs);
  });
});
