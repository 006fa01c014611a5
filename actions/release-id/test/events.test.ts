import { runAction, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';

/** What every event has in common: all outputs, of a run that names no image, without a single request. */
function expectRelease(run: Awaited<ReturnType<typeof runAction>>, outputs: Record<string, string>): void {
  expect(run.annotations).toEqual([]);
  expect(run.outputs).toEqual({
    label: outputs.id,
    sequence: '42',
    images: '',
    matrix: '{"include":[]}',
    'has-services': 'false',
    'short-sha': outputs.sha?.slice(0, 7),
    version: '',
    'release-notes': '',
    'flux-image-policy': expect.any(String),
    'merge-sha': outputs.sha,
    ...outputs,
  });
  expect(run.requests).toEqual([]);
  expect(run.exitCode).toBe(0);
}

test.each(['push', 'workflow_dispatch', 'schedule'] as const)(
  '%s gives a release of the commit',
  async (name) => {
    await using github = await startGitHub();
    const repository = await github.createRepository('acme/shop');
    const sha = await repository.head('main');
    const event = {
      name,
      payload: github.event(name, { repository, ref: 'refs/heads/main', schedule: '0 4 * * *' }),
    };
    const run = await runAction('release-id', { github, repository, event, runNumber: 42 });
    expectRelease(run, { id: `v1.0.42-${idSha(sha)}`, sha });
  },
);

test('the push of a tag gives its name', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const sha = await repository.head('main');
  const ref = 'refs/tags/release/V1.2.3+build';
  const event = { name: 'push', payload: github.event('push', { repository, ref, sha }) };
  const inputs = { format: '{{tag}}' };
  const run = await runAction('release-id', { github, repository, event, ref, sha, inputs, runNumber: 42 });
  expectRelease(run, { id: 'release-V1.2.3-build', sha });
  expect(run.summary).toContain('| tag | `release/V1.2.3+build` |');
});

test('pull_request gives a preview of the head, not of the merge commit', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const pullRequest = await repository.openPullRequest({ head: 'feature/x', files: { 'a.txt': 'a' } });
  const [sha, mergeSha] = [await pullRequest.headSha(), await pullRequest.mergeSha()];
  const payload = github.event('pull_request', { repository, pullRequest, action: 'opened' });
  const run = await runAction('release-id', {
    github,
    repository,
    event: { name: 'pull_request', payload },
    sha: mergeSha,
    runNumber: 42,
  });
  expectRelease(run, { id: `pr-${pullRequest.number}-42-${idSha(sha)}`, sha, 'merge-sha': mergeSha });
  expect(sha).not.toBe(mergeSha);
});

test('pull_request_target gives the head too, and no merge commit', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const pullRequest = await repository.openPullRequest({ head: 'feature/x', files: { 'a.txt': 'a' } });
  const sha = await pullRequest.headSha();
  const payload = github.event('pull_request_target', { repository, pullRequest, action: 'synchronize' });
  const event = { name: 'pull_request_target', payload };
  const inputs = { 'preview-format': '{{branch}}-{{sha}}' };
  const run = await runAction('release-id', { github, repository, event, inputs, runNumber: 42 });
  expectRelease(run, { id: `feature-x-${idSha(sha)}`, sha, 'merge-sha': '' });
});

test('merge_group gives a preview with the number from the name of the queue branch', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const pullRequest = await repository.openPullRequest({ head: 'feature/x', files: { 'a.txt': 'a' } });
  const ref = `refs/heads/gh-readonly-queue/main/pr-${pullRequest.number}-${await repository.head('main')}`;
  const sha = await pullRequest.mergeSha();
  const payload = github.event('merge_group', { repository, pullRequest, ref, sha });
  const event = { name: 'merge_group', payload };
  const run = await runAction('release-id', { github, repository, event, ref, sha, runNumber: 42 });
  expectRelease(run, { id: `pr-${pullRequest.number}-42-${idSha(sha)}`, sha });
});

/** Commits of a test are not chosen: one in 268 gets the `g`. */
function idSha(sha: string): string {
  return sha.slice(0, 7).replace(/^(?=0\d{6}$)/, 'g');
}
