import { expect, test } from '@jest/globals';
import { isRefused, writeFailure } from '../../../src/github/comments/refusal.ts';

const api = (status: number, message: string) => Object.assign(new Error(message), { status });

test.each([
  [403, 'Unable to create comment because issue is locked.', 'the conversation is locked.'],
  [403, 'Repository was archived so is read-only.', 'the repository is archived.'],
  [
    403,
    'Commenting is disabled on issues with more than 2500 comments',
    'it has as many comments as GitHub allows (2,500); delete some of them, or write elsewhere.',
  ],
  [403, 'Resource not accessible by integration', 'Resource not accessible by integration (403).'],
])('%d %s is a refusal', (status, message, reason) => {
  const failure = writeFailure(api(status, message), 'acme/shop#1', 'issues: write');
  expect(isRefused(failure)).toBe(true);
  expect(failure.message.startsWith(`Cannot comment on acme/shop#1: ${reason}`)).toBe(true);
});

test.each([
  [
    403,
    'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.',
  ],
  [502, 'locked'],
  [422, 'User is blocked'],
])('%d %s is a failure, not a locked conversation', (status, message) => {
  const failure = writeFailure(api(status, message), 'acme/shop#1', 'issues: write');
  expect(isRefused(failure)).toBe(false);
  expect(failure.message).not.toContain('the conversation is locked');
});
