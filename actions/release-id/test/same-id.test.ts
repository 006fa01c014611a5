import { runAction, startGitHub } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';

const clock = (year: number) => `--import=data:text/javascript,Date.now=()=>Date.UTC(${year})`;
/** The same run, asked again by other runners. */
const RUNNERS = [
  { runAttempt: 1, env: { TZ: 'UTC', LANG: 'C', NODE_OPTIONS: clock(2020) } },
  { runAttempt: 3, env: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', NODE_OPTIONS: clock(2031) } },
  { runAttempt: 9, env: { TZ: 'America/Los_Angeles', LC_ALL: 'ar_EG.UTF-8' } },
];
const services = { services: 'web\norders', 'image-prefix': 'ghcr.io/acme' };
const versions = { 'version-from': 'tags' };

test.each([
  ['run and commit', services, 'v1\\.0\\.42-(?:SHA)'],
  ['commit date', { format: "{{sha}}-{{commit_date 'YYYYMMDDHHmm'}}" }, '(?:SHA)-202603282330'],
  [
    'dates in words and seconds',
    { format: "{{date 'YYYY-MM-DD[T]HH'}}.{{commit_date 'X'}}.{{commit_date 'YY.x'}}" },
    '2026-12-31T23\\.1774740659\\.26\\.1774740659000',
  ],
  ['version', { ...versions, ...services, format: 'v{{version}}' }, 'v1\\.3\\.0'],
  [
    'pre-release, run, date',
    { ...versions, 'pre-release': 'rc', format: "{{version}}.{{run_number}}.{{date 'YYYYMMDD'}}" },
    '1\\.3\\.0-rc\\.1\\.42\\.20261231',
  ],
])('%s: another attempt, clock, language and time zone give the same outputs', async (_what, inputs, id) => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  await repository.tag('v1.2.0');
  const [sha = ''] = await repository.commitSeries('main', [
    { message: 'feat: İstanbul', date: new Date('2026-03-29T01:30:59+02:00') },
  ]);
  repository.addRun({ id: 77, createdAt: '2026-12-31T23:59:30Z' });
  const [first, ...others] = await Promise.all(
    RUNNERS.map((runner) =>
      runAction('release-id', { github, repository, inputs, runId: 77, runNumber: 42, ...runner }),
    ),
  );
  expect(first?.annotations).toEqual([]);
  expect(first?.outputs.id).toMatch(new RegExp(`^${id.replace('SHA', `g?${sha.slice(0, 7)}`)}$`));
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
