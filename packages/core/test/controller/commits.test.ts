import { describe, expect, test } from '@jest/globals';
import { currentCommits, shortCommit } from '../../src/controller/index.ts';

const [OLD = '', OURS = '', LATER = ''] = ['a', 'b', 'c'].map((letter) => letter.repeat(40));

describe('currentCommits', () => {
  test('one question for each commit, none for the wanted one or the name of a branch', async () => {
    const asked: string[] = [];
    const commits = currentCommits(async (commit, candidate) => {
      asked.push(`${shortCommit(commit)}...${shortCommit(candidate)}`);
      return candidate === LATER;
    }, OURS);
    expect(commits.isReached).toBe(false);
    for (let time = 0; time < 3; time++) await commits.learn([OLD, OURS, LATER, 'main', '']);
    expect(asked).toEqual(['bbbbbbb...aaaaaaa', 'bbbbbbb...ccccccc']);
    expect([OLD, OURS, LATER, 'main'].map(commits.isCurrent)).toEqual([false, true, true, false]);
    expect(commits.isReached).toBe(true);
  });

  test('a repository that did not know a commit yet is asked again, half a minute later', async () => {
    let time = 0;
    let isKnown = false;
    const commits = currentCommits(
      async () => isKnown,
      OURS,
      () => time,
    );
    await commits.learn([LATER]);
    isKnown = true;
    time = 29_999;
    await commits.learn([LATER]);
    expect(commits.isCurrent(LATER)).toBe(false);
    time = 30_000;
    await commits.learn([LATER]);
    expect(commits.isCurrent(LATER)).toBe(true);
  });

  test('a question without an answer is asked again', async () => {
    let isDown = true;
    const commits = currentCommits(async () => {
      if (isDown) throw new Error('502');
      return true;
    }, OURS);
    await expect(commits.learn([LATER])).rejects.toThrow('502');
    isDown = false;
    await commits.learn([LATER]);
    expect(commits.isCurrent(LATER)).toBe(true);
  });
});
