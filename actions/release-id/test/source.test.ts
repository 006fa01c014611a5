import type { EventPayload, Run } from '@gitops-actions/core/action';
import { describe, expect, test } from '@jest/globals';
import { readSource } from '../src/source.ts';

const base = 'b'.repeat(40);
const head = 'a'.repeat(40);
const merge = 'c'.repeat(40);
const pull: EventPayload = { pull_request: { number: 42, head: { sha: head, ref: 'feature/x' } } };
const queueRef = `refs/heads/gh-readonly-queue/main/pr-42-${base}`;

function runOn(eventName: string, sha: string, ref: string, event: EventPayload = {}): Run {
  return {
    repository: 'acme/shop',
    repositoryId: 1,
    serverUrl: '',
    apiUrl: '',
    graphqlUrl: '',
    runId: 1001,
    runNumber: 7,
    runAttempt: 1,
    sha,
    ref,
    eventName,
    event,
    workflowRef: '',
    url: '',
    workspace: '',
    temp: '',
  };
}

describe('the source', () => {
  const none = { branch: undefined, tag: undefined, pullRequest: undefined };
  test.each([
    [
      'push',
      merge,
      'refs/heads/feature/x',
      {},
      { sha: merge, mergeSha: merge, branch: 'feature/x', isPreview: false },
    ],
    ['push', merge, 'refs/tags/v1.2', {}, { sha: merge, mergeSha: merge, tag: 'v1.2', isPreview: false }],
    [
      'schedule',
      merge,
      'refs/heads/main',
      {},
      { sha: merge, mergeSha: merge, branch: 'main', isPreview: false },
    ],
    ['release', merge, 'refs/tags/v1.2', {}, { sha: merge, mergeSha: merge, tag: 'v1.2', isPreview: false }],
    [
      'issue_comment',
      merge,
      'refs/heads/main',
      { issue: { number: 3, pull_request: {} } },
      { sha: merge, mergeSha: merge, branch: 'main', isPreview: false },
    ],
    [
      'pull_request',
      merge,
      'refs/pull/42/merge',
      pull,
      { sha: head, mergeSha: merge, branch: 'feature/x', pullRequest: 42, isPreview: true },
    ],
    [
      'pull_request_review',
      merge,
      'refs/pull/42/merge',
      pull,
      { sha: head, mergeSha: merge, branch: 'feature/x', pullRequest: 42, isPreview: true },
    ],
    [
      'pull_request_target',
      base,
      'refs/heads/main',
      pull,
      { sha: head, mergeSha: '', branch: 'feature/x', pullRequest: 42, isPreview: true },
    ],
    [
      'merge_group',
      merge,
      queueRef,
      { merge_group: { head_sha: merge, head_ref: queueRef } },
      { sha: merge, mergeSha: merge, branch: queueRef.slice(11), pullRequest: 42, isPreview: true },
    ],
    [
      'merge_group',
      merge,
      'refs/heads/q',
      { merge_group: { head_sha: merge, head_ref: 'refs/heads/q' } },
      { sha: merge, mergeSha: merge, branch: 'q', isPreview: true },
    ],
  ])('of %s at %s on %s is the head, its branch, tag and number', (name, sha, ref, event, source) => {
    expect(readSource(runOn(name, sha, ref, event))).toEqual({ ...none, ...source });
  });

  const cure = 'it must be a full commit id, so run this action on an event that GitHub sent.';
  test.each([
    ['pull_request', {}, `The event "pull_request": its pull_request.head.sha is missing; ${cure}`],
    [
      'pull_request_target',
      { pull_request: { head: { sha: 'x' } } },
      `The event "pull_request_target": its pull_request.head.sha is "x"; ${cure}`,
    ],
    ['merge_group', {}, `The event "merge_group": its merge_group.head_sha is missing; ${cure}`],
  ])('of %s with the payload %j is refused', (name, event, message) => {
    expect(() => readSource(runOn(name, merge, 'refs/heads/main', event))).toThrow(new Error(message));
  });
});
