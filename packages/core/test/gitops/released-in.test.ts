import { releasedIn, releasesIn } from '@gitops-actions/core/gitops';
import { describe, expect, test } from '@jest/globals';

const rollback = ['Release: v1', 'Rolled-Back: v2', 'Release-Sequence: 7', 'Source-Run: https://x/1'];
const release = ['Release: v3', 'Release: w3', 'Release-Sequence: 8', 'Source-Run: https://x/2'];

describe('what a commit released itself', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['a release', release, ['v3', 'w3']],
    ['a rollback: nothing', rollback, []],
    ['a release squashed onto a rollback', ['Squash (#1)', '', ...rollback, '', ...release], ['v3', 'w3']],
    ['a rollback squashed onto a release', ['', ...release, ...rollback], ['v3', 'w3']],
    [
      'blank lines between the trailers',
      ['', rollback, release].flat().flatMap((line) => [line, '']),
      ['v3', 'w3'],
    ],
    ['text behind an id', ['Release: v1.2.3, see the notes', 'Release: v2.'], ['v1.2.3', 'v2']],
    ['no trailer', ['Release the kraken', 'Release:', ' Release: v1'], []],
  ])('%s', (_, lines, released) => {
    expect(releasedIn(lines.join('\n'))).toEqual(released);
    expect(releasedIn(lines.join('\r\n'))).toEqual(released);
  });

  test('every id that a message names', () => {
    expect(releasesIn([...rollback, ...release].join('\n'))).toEqual(['v1', 'v3', 'w3']);
  });
});
