import { describe, expect, test } from '@jest/globals';
import { releasesIn, releaseTrailers, rolledBackIn } from '../../src/gitops/index.ts';
import { rootsOf } from '../../src/gitops/path-match.ts';

const RUN = {
  repository: 'acme/shop',
  repositoryId: 1,
  serverUrl: 'https://github.com',
  apiUrl: '',
  graphqlUrl: '',
  runId: 7,
  runNumber: 42,
  runAttempt: 2,
  sha: 'a'.repeat(40),
  ref: 'refs/heads/main',
  eventName: 'push',
  event: {},
  workflowRef: 'acme/shop/.github/workflows/a.yml@refs/heads/main',
  url: 'https://github.com/acme/shop/actions/runs/7',
  workspace: '',
  temp: '',
};

describe('trailers', () => {
  test('of a rollback: what stands there again and what was taken back, each once, read back as written', () => {
    const text = releaseTrailers(['v1', 'v1', 'v0'], RUN, ['v2', 'v2']);
    expect(text.split('\n')).toEqual([
      'Release: v1',
      'Release: v0',
      'Rolled-Back: v2',
      'Release-Sequence: 42',
      'Source-Workflow: acme/shop/.github/workflows/a.yml',
      `Source-Commit: ${'a'.repeat(40)}`,
      'Source-Run: https://github.com/acme/shop/actions/runs/7/attempts/2',
    ]);
    expect([releasesIn(text), rolledBackIn(text)]).toEqual([['v1', 'v0'], ['v2']]);
    expect(rolledBackIn(releaseTrailers(['v1'], RUN))).toEqual([]);
  });

  test('of commits that GitHub squashed: lines anywhere, whatever ends them', () => {
    const message =
      'Two (#7)\r\n\r\n* Release web v2\r\n\r\nRelease: v2\r\nX: y\r\n\r\n* Other\r\n\r\nRelease: v3\r\n\r\nCo-authored-by: x';
    expect(releasesIn(message)).toEqual(['v2', 'v3']);
  });

  test('what only looks like one counts for nothing', () => {
    expect(releasesIn('Release v2\n\n Release: v2\nPre-Release: v3\nrelease: v4')).toEqual([]);
  });
});

test.each([
  [['a/b.yaml', 'a', 'a/b.yaml'], ['a']],
  [
    ['apps/*/x.yaml', 'apps/web/y.yaml', 'appsx'],
    ['apps', 'appsx'],
  ],
  [['**/x.yaml', 'a'], ['']],
  [[], []],
])('%j cannot leave %j', (paths, roots) => {
  expect(rootsOf(paths)).toEqual(roots);
});
