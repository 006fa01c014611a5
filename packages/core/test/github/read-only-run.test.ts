import { expect, test } from '@jest/globals';
import type { Run } from '../../src/action/index.ts';
import { readOnlyCause } from '../../src/github/index.ts';

const pullRequest = (head: { id: number } | null, login = 'mona') => ({
  pull_request: { head: { repo: head }, base: { repo: { id: 1 } } },
  sender: { login },
});

test.each([
  ['pull_request', { id: 2 }, 'mona', 'fork'],
  ['pull_request_review', { id: 2 }, 'mona', 'fork'],
  ['pull_request_review_comment', null, 'mona', 'fork'],
  ['pull_request', { id: 2 }, 'dependabot[bot]', 'fork'],
  ['pull_request', { id: 1 }, 'dependabot[bot]', 'dependabot'],
  ['push', { id: 1 }, 'dependabot[bot]', 'dependabot'],
  ['pull_request', { id: 1 }, 'mona', undefined],
  ['pull_request_target', { id: 2 }, 'mona', undefined],
  ['issue_comment', { id: 2 }, 'mona', undefined],
])('%s from %j by %s: %s', (eventName, head, login, cause) => {
  expect(readOnlyCause({ eventName, event: pullRequest(head, login) } as unknown as Run)).toBe(cause);
});

test('an event without a pull request or sender has no cause', () => {
  expect(readOnlyCause({ eventName: 'schedule', event: {} } as unknown as Run)).toBeUndefined();
});
