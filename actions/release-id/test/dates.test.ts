import { runAction, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';

const format = "{{sha}}-{{commit_date 'YYYYMMDDHHmm'}}";

test('the date of the commit, in UTC, in one request', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const [sha = ''] = await repository.commitSeries('main', [
    { message: 'one', date: new Date('2026-03-29T01:30:59+02:00') },
  ]);
  const run = await runAction('release-id', {
    github,
    repository,
    inputs: { format },
    env: { TZ: 'Asia/Tokyo' },
  });
  expect(run.annotations).toEqual([]);
  expect(run.outputs.id).toMatch(new RegExp(`^g?${sha.slice(0, 7)}-202603282330$`));
  expect(run.outputs['flux-image-policy']).toBe(
    [
      'filterTags:',
      "  pattern: '^(?:g0[0-9]{6}|[0-9a-f]{7})-(?P<order>[0-9]{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9])$'",
      "  extract: '$order'",
      'policy:',
      '  numerical:',
      "    order: 'asc'",
      '',
    ].join('\n'),
  );
  expect(run.requests.map(({ route }) => route)).toEqual([
    'GET /repos/{owner}/{repo}/git/commits/{commit_sha}',
  ]);
});

test('the date of the run is that of its creation, also in a re-run on another day', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const { id: runId } = repository.addRun({ createdAt: '2026-11-20T23:59:30Z' });
  const inputs = { format: "{{date 'YYYY-MM-DD'}}.{{run_number}}" };
  const ids = await Promise.all(
    [1, 2].map(async (runAttempt) => {
      const run = await runAction('release-id', {
        github,
        repository,
        inputs,
        runId,
        runNumber: 7,
        runAttempt,
      });
      return run.outputs.id;
    }),
  );
  expect(ids).toEqual(['2026-11-20.7', '2026-11-20.7']);
});

test.each([
  [format, 'contents: read'],
  ["{{date 'YYYY'}}.{{run_id}}", 'actions: read'],
])('%s without the permission %s says so', async (wanted, permission) => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop', { private: true });
  repository.addRun({ id: 77 });
  const token = github.issueToken({ permissions: { deployments: 'read' } });
  const inputs = { format: wanted };
  const run = await runAction('release-id', { github, repository, token, inputs, runId: 77 });
  expect(run.exitCode).toBe(1);
  expect(run.annotations.map(({ message }) => message)).toEqual([expect.stringContaining(permission)]);
});

test('a job without a token is refused when something must be asked, and only then', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const asked = await runAction('release-id', { github, repository, token: '', inputs: { format } });
  expect(asked.annotations.map(({ message }) => message)).toEqual([
    'Input "token" is empty; leave it out to use the token of the job.',
  ]);
  const plain = await runAction('release-id', { github, repository, token: '' });
  expect(plain.exitCode).toBe(0);
});
