import { at, textAt } from '@gitops-actions/core/github';
import { type EventPayload, runAction, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { recordedPayload } from './recorded-payloads.ts';

const checkedOut = 'd'.repeat(40);
const pull = recordedPayload('pull_request', ({ action }) => action === 'synchronize');
const queue = recordedPayload('merge_group');
const cause = recordedPayload(
  'workflow_run',
  ({ workflow_run, repository }) =>
    textAt(repository, 'full_name') === textAt(workflow_run, 'head_repository', 'full_name'),
);
const pushed = recordedPayload('push', ({ ref }) => ref === 'refs/heads/master');
const tagged = recordedPayload('push', ({ created }) => created === true);
const queueRef = textAt(queue, 'merge_group', 'head_ref') ?? '';
const caused = (change: Record<string, unknown>): EventPayload => ({
  ...cause,
  workflow_run: { ...(at(cause, 'workflow_run') as EventPayload), ...change },
});
const fork = { full_name: 'stranger/octo-repo' };

/** Event, ref of the run, payload → format that is used with the facts it can hold, and the commit. */
const rows: [name: string, ref: string, payload: EventPayload, format: string, id: string, sha: string][] = [
  ['push', 'refs/heads/master', pushed, '{{branch}}', 'master', checkedOut],
  ['push', 'refs/tags/simple-tag', tagged, '{{tag}}', 'simple-tag', checkedOut],
  [
    'pull_request',
    'refs/pull/2/merge',
    pull,
    'pr-{{pr}}-{{branch}}',
    'pr-2-changes',
    textAt(pull, 'pull_request', 'head', 'sha') ?? '',
  ],
  [
    'pull_request_target',
    'refs/heads/master',
    pull,
    'pr-{{pr}}-{{branch}}',
    'pr-2-changes',
    textAt(pull, 'pull_request', 'head', 'sha') ?? '',
  ],
  ['merge_group', queueRef, queue, 'pr-{{pr}}', 'pr-104', textAt(queue, 'merge_group', 'head_sha') ?? ''],
  [
    'workflow_dispatch',
    'refs/heads/master',
    recordedPayload('workflow_dispatch'),
    '{{branch}}',
    'master',
    checkedOut,
  ],
  ['schedule', 'refs/heads/master', { schedule: '0 4 * * *' }, '{{branch}}', 'master', checkedOut],
  [
    'workflow_run',
    'refs/heads/main',
    cause,
    '{{branch}}',
    'master',
    textAt(cause, 'workflow_run', 'head_sha') ?? '',
  ],
  [
    'workflow_run',
    'refs/heads/main',
    caused({ event: 'pull_request', head_branch: 'patch', pull_requests: [{ number: 7 }] }),
    'pr-{{pr}}-{{branch}}',
    'pr-7-patch',
    textAt(cause, 'workflow_run', 'head_sha') ?? '',
  ],
  [
    'workflow_run',
    'refs/heads/main',
    caused({ event: 'merge_group', head_branch: queueRef.slice('refs/heads/'.length) }),
    'pr-{{pr}}',
    'pr-104',
    textAt(cause, 'workflow_run', 'head_sha') ?? '',
  ],
  [
    'workflow_run',
    'refs/heads/main',
    caused({ event: 'push', head_repository: fork }),
    'fork-{{branch}}',
    'fork-master',
    textAt(cause, 'workflow_run', 'head_sha') ?? '',
  ],
  ['release', 'refs/tags/0.0.1', recordedPayload('release'), '{{tag}}', '0.0.1', checkedOut],
];

const isPreview = (id: string) => /^(?:pr|fork)-/.test(id);

test.each(rows)('%s on %s', async (name, ref, payload, format, id, sha) => {
  await using github = await startGitHub();
  const owner = textAt(payload, 'repository', 'full_name') ?? 'acme/shop';
  const repository = await github.createRepository(owner);
  for (const head of ['one', 'changes']) await repository.openPullRequest({ head, files: { 'a.txt': head } });
  // The other format is one that would show: only the right one of the two is used.
  const inputs = isPreview(id) ? { format: 'release', 'preview-format': format } : { format };
  const event = { name, payload };
  const run = await runAction('release-id', { github, repository, event, ref, sha: checkedOut, inputs });
  expect(run.annotations).toEqual([]);
  expect([run.outputs.id, run.outputs.sha]).toEqual([id, sha]);
  expect(run.requests).toEqual([]);
});
