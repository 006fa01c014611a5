import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCommit } from '../src/version/commit-message.ts';
import { releaseNotes } from '../src/version/index.ts';
import { withoutReverted } from '../src/version/reverts.ts';
import { parsed, repositoryUrl, sha } from './release-notes-stage.ts';

describe('what came and went', () => {
  const [first, second] = [sha(1), sha(2)];
  const headers = (messages: readonly string[]) =>
    withoutReverted(parsed(messages)).map(({ header }) => header);
  test.each([
    [['feat: a', `Revert "feat: a"\n\nThis reverts commit ${first}.`], []],
    [
      [
        'feat: a',
        `Revert "feat: a"\n\nThis reverts commit ${first}.`,
        `Reapply "feat: a"\n\nThis reverts commit ${second}.`,
      ],
      ['feat: a'],
    ],
    [['feat: a (#4)', 'Revert "feat: a (#4)" (#5)\n\nReverts acme/shop#4'], []],
    [['feat: a (#4)', 'Revert "feat: a" (#5)\n\nReverts acme/shop#4'], []],
    [
      ['feat: b (#4)', 'Revert "feat: a (#4)" (#5)\n\nReverts acme/shop#4'],
      ['feat: b (#4)', 'Revert "feat: a (#4)" (#5)'],
    ],
    [['Revert "x"\n\nThis reverts commit ffff567890123456789012345678901234567890.'], ['Revert "x"']],
    [
      ['feat: a', 'fix: b', `Undo\n\nThis reverts commit ${first}.\nThis reverts commit ${second}.`],
      ['feat: a', 'fix: b', 'Undo'],
    ],
  ])('%j leaves %j', (messages, left) => {
    expect(headers(messages)).toEqual(left);
  });
});

describe('messages that make parsers slow or fail', () => {
  test.each([
    ['many notes', `fix: a\n\n${'BREAKING CHANGE: x\n'.repeat(100_000)}`],
    ['blanks before a line separator', `fix: a\n\nfixes ${' '.repeat(100_000)}x\u2028y`],
    ['fields', 'fix: a\n\n-notes-\nx\n-references-\ny\n-__proto__-\nz\nBREAKING CHANGE: x'],
    ['one long line', `fix: ${'#a'.repeat(200_000)}`],
    ['many keywords', `fix: a\n\n${'fix '.repeat(100_000)}`],
    ['many references', `fix: a\n\n${'closes a/b#1 '.repeat(50_000)}`],
  ])('%s', (_, message) => {
    const start = performance.now();
    const commit = parseCommit(sha(1), message);
    releaseNotes({ commits: [commit], sha: sha(2), repositoryUrl });
    expect(commit.type).toBe('fix');
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('no message at all', () => {
    expect(parseCommit(sha(1), ' \n')).toMatchObject({
      type: '',
      header: '',
      subject: '',
      isBreaking: false,
    });
  });

  test('any message is read, and a footer at its end is found', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const commit = parseCommit(sha(1), `feat: x\n\n${text}\n\nBREAKING CHANGE: y`);
        expect([commit.type, commit.isBreaking]).toEqual(['feat', true]);
      }),
    );
  });
});
