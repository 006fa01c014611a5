import { expect, test } from '@jest/globals';
import { UnreadableAnswer } from '../../src/github/failure.ts';
import { explain, failureKind } from '../../src/github/index.ts';

const api = (status: number, message: string, headers: Record<string, string> = {}) =>
  Object.assign(new Error(message), { status, response: { headers } });
const graphql = (type: string, message: string) =>
  Object.assign(new Error(message), { errors: [{ type, message }] });

test('of the permissions that would do, the documented one is named', () => {
  const headers = { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' };
  const error = explain(api(403, 'No', headers), 'write it', 'pull-requests: write');
  expect(error.message).toMatch(/^Cannot write it: No \(403\)\. The token needs `pull-requests: write`;/);
});

test.each([
  [
    api(401, 'Bad credentials'),
    'unauthorized',
    'Cannot read it: Bad credentials (401). The token is not valid here or has expired; pass one that belongs to this server.',
  ],
  [
    api(403, 'Resource not accessible by integration', {
      'x-accepted-github-permissions': 'issues=write; pull_requests=write',
    }),
    'forbidden',
    'Cannot read it: Resource not accessible by integration (403). The token needs `issues: write`; grant it under `permissions:` of the job, or to the App the token comes from.',
  ],
  [
    graphql('FORBIDDEN', 'Resource not accessible by integration'),
    'forbidden',
    'Cannot read it: Resource not accessible by integration. The token needs `contents: read`; grant it under `permissions:` of the job, or to the App the token comes from.',
  ],
  [
    api(404, 'Not Found - https://docs.github.com/rest/pulls'),
    'not-found',
    'Cannot read it: Not Found (404). Either it does not exist or the token may not see it; check the name, and that the token has `contents: read` for that repository.',
  ],
  [
    api(403, 'You have exceeded a secondary rate limit.'),
    'rate-limited',
    'Cannot read it: You have exceeded a secondary rate limit (403). The token has used up its requests; re-run the job later.',
  ],
  [
    api(502, 'Bad Gateway'),
    'ambiguous',
    'Cannot read it: Bad Gateway (502). GitHub did not answer properly; re-run the job.',
  ],
  [
    api(502, '"<!DOCTYPE html>\n<html><body>Unicorn!</body></html>"'),
    'ambiguous',
    'Cannot read it: the answer was a web page (502). GitHub did not answer properly; re-run the job.',
  ],
  [
    api(500, 'x'.repeat(100_000)),
    'ambiguous',
    `Cannot read it: ${'x'.repeat(300)}… (500). GitHub did not answer properly; re-run the job.`,
  ],
  [
    new UnreadableAnswer(),
    'ambiguous',
    'Cannot read it: the answer is not one of GitHub. GitHub did not answer properly; re-run the job.',
  ],
  [
    graphql('STALE_DATA', 'Expected branch to point to "a" but it did not.'),
    'stale',
    'Cannot read it: Expected branch to point to "a" but it did not.',
  ],
  [
    api(422, 'Protected branch update failed for refs/heads/main.'),
    'protected',
    'Cannot read it: Protected branch update failed for refs/heads/main (422). The branch is protected: let the App that the token comes from bypass the rule for this branch.',
  ],
  [
    Object.assign(new Error('x'), {
      errors: [
        {
          message: "Field 'createCommitOnBranch' doesn't exist on type 'Mutation'",
          extensions: { code: 'undefinedField' },
        },
      ],
    }),
    'unsupported',
    "Cannot read it: Field 'createCommitOnBranch' doesn't exist on type 'Mutation'. This GitHub server is too old for it; update it to a supported release, or use `transport: git` where the action has it.",
  ],
])('%s', (error, kind, sentence) => {
  expect(failureKind(error)).toBe(kind);
  expect(explain(error, 'read it', 'contents: read').message).toBe(sentence);
});
