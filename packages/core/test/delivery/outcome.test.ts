import { describe, expect, test } from '@jest/globals';
import { proposedOutcome } from '../../src/delivery/outcome.ts';

const PULL = { number: 7, url: 'https://github.test/acme/gitops/pull/7' };

function proposed(...results: ('updated' | 'unchanged' | 'superseded' | 'held')[]) {
  const changes = results.map((result) => ({
    file: 'a.yaml',
    line: 1,
    path: 'tag',
    from: 'v2',
    to: 'v1',
    result,
  }));
  const result = { changes, diff: '' };
  return proposedOutcome({
    kind: 'proposed',
    commit: 'c0ffee',
    pullRequest: PULL,
    result,
    isJobToken: false,
    attempts: 1,
  });
}

describe('what an open pull request is said to carry', () => {
  test.each([
    ['superseded', ['superseded', 'superseded']],
    ['held', ['held']],
  ] as const)('nothing of this run: %s', (result, results) => {
    const outcome = proposed(...results);
    expect(outcome).toMatchObject({ result, commit: '' });
    expect(outcome).not.toHaveProperty('pullRequest');
    expect(outcome.sentence).toMatch(
      /on the branch of pull request 7: (superseded|held); no commit was made\.$/,
    );
  });

  test.each([[['updated', 'superseded']], [['unchanged', 'held']], [['unchanged']]] as const)(
    'some of it: %j',
    (results) => {
      expect(proposed(...results)).toMatchObject({ result: 'proposed', pullRequest: PULL });
    },
  );
});
