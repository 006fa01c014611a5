import { runAction, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';

const clock = (year: number) => `--import=data:text/javascript,Date.now=()=>Date.UTC(${year})`;
const inputs = { services: 'web\norders', 'image-prefix': 'ghcr.io/acme' };

test('another attempt, clock, language and time zone give the same outputs', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const runs = [
    { runAttempt: 1, env: { TZ: 'UTC', LANG: 'C', NODE_OPTIONS: clock(2020) } },
    { runAttempt: 3, env: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', NODE_OPTIONS: clock(2031) } },
    { runAttempt: 9, env: { TZ: 'Asia/Kolkata', LC_ALL: 'ar_EG.UTF-8' } },
  ];
  const [first, ...others] = await Promise.all(
    runs.map((run) =>
      runAction('release-id', { github, repository, inputs, runId: 77, runNumber: 42, ...run }),
    ),
  );
  expect(first?.exitCode).toBe(0);
  expect(first?.outputs.id).toMatch(/^v1\.0\.42-/);
  for (const { outputs } of others) expect(outputs).toEqual(first?.outputs);
});

test('a format that asks for the attempt gets it', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const format = 'v1.{{run_number}}.{{run_attempt}}';
  const run = await runAction('release-id', {
    github,
    repository,
    inputs: { format },
    runNumber: 42,
    runAttempt: 3,
  });
  expect(run.outputs.id).toBe('v1.42.3');
});
