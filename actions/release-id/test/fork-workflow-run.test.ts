import { at } from '@gitops-actions/core/github';
import { runAction, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';

test('a workflow_run of a fork finds its pull request when the format asks for it', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const fork = await github.createRepository('stranger/shop');
  const pullRequest = await repository.openPullRequest({
    head: 'main',
    headRepository: fork,
    files: { 'a.txt': 'a' },
  });
  const payload = github.event('workflow_run', { repository, pullRequest });
  const run = await runAction('release-id', {
    github,
    repository,
    event: { name: 'workflow_run', payload },
    runNumber: 5,
  });
  const sha = await pullRequest.headSha();
  expect(run.annotations).toEqual([]);
  expect(run.outputs).toMatchObject({
    sha,
    id: expect.stringMatching(`^pr-${pullRequest.number}-5-g?${sha.slice(0, 7)}$`),
  });
  expect(run.requests).toHaveLength(1);
});

test.each([
  [{ head_repository: null }, 'comes from a repository that is gone, so its pull request cannot be found'],
  [{ event: 'merge_group', head_branch: 'main' }, 'was started by "merge_group", which is about no branch'],
  [{ head_sha: 'd'.repeat(40) }, `by now; leave it to the run of that commit, or`],
])('a workflow_run with %j, whose pull request is not found: how to do without', async (change, why) => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const fork = await github.createRepository('stranger/shop');
  const pullRequest = await repository.openPullRequest({
    head: 'main',
    headRepository: fork,
    files: { 'a.txt': 'a' },
  });
  const payload = github.event('workflow_run', { repository, pullRequest });
  const cause = at(payload, 'workflow_run') as object;
  const event = { name: 'workflow_run', payload: { ...payload, workflow_run: { ...cause, ...change } } };
  const run = await runAction('release-id', { github, repository, event });
  const [said = ''] = run.annotations.map(({ message }) => message);
  expect(said).toContain(why);
  expect(said).toMatch(/[;,] (?:or )?leave \{\{pr\}\} out of the input "preview-format"\.$/);
  expect(run.exitCode).toBe(1);
});
