import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { runAction, startGitHub } from '../src/index.ts';

const GREET = fileURLToPath(new URL('./fixtures/greet', import.meta.url));

test('an action is run as a runner runs it', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop', { private: true });
  const pullRequest = await repository.openPullRequest({ head: 'feature' });
  const event = { name: 'pull_request', payload: github.event('pull_request', { repository, pullRequest }) };
  const inputs = { who: 'world', 'dash-ed': 'x', 'not declared': 'y' };
  const run = await runAction(GREET, { github, repository, event, inputs, runNumber: 42, runAttempt: 2 });

  expect(run).toMatchObject({ exitCode: 0, signal: null, stderr: '', summary: '# Greeted\n' });
  expect(run.outputs).toMatchObject({
    text: 'Hello world\nsecond line',
    plain: '1',
    event: 'action number pull_request repository sender',
  });
  expect(run.masks).toEqual([github.token]);
  expect(run.annotations).toEqual([
    { level: 'error', message: 'first\nsecond 100%', title: 'Bad: news', file: 'a.yml', line: 3 },
    { level: 'warning', message: 'careful' },
  ]);
  const environment = JSON.parse(run.outputs.environment ?? '');
  expect(environment).toMatchObject({
    'INPUT_DASH-ED': 'x',
    INPUT_NOT_DECLARED: 'y',
    INPUT_REPOSITORY: 'acme/shop',
    GITHUB_RUN_NUMBER: '42',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_REF: 'refs/pull/1/merge',
    GITHUB_REF_NAME: '1/merge',
    GITHUB_HEAD_REF: 'feature',
    GITHUB_BASE_REF: 'main',
    GITHUB_SHA: await pullRequest.mergeSha(),
    GITHUB_ACTOR: 'octocat',
  });
  expect(environment.GITHUB_TOKEN).toBeUndefined();
});

test('runs that overlap see their own requests only', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const options = { github, repository, inputs: { who: 'world' } };
  const runs = await Promise.all([runAction(GREET, options), runAction(GREET, options)]);
  expect(runs.map(({ requests }) => requests.map(({ route }) => route))).toEqual([
    ['GET /repos/{owner}/{repo}'],
    ['GET /repos/{owner}/{repo}'],
  ]);
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
});

test('a job without a token, and one with a bad token', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop', { private: true });
  const statuses = async (token: string) => {
    const run = await runAction(GREET, { github, repository, token, inputs: { who: 'x' } });
    return [run.exitCode, run.requests.map(({ status }) => status)];
  };
  expect(await statuses('')).toEqual([1, [404]]);
  expect(await statuses('nonsense')).toEqual([1, [401]]);
});

test('a cancelled job gets SIGINT; one that hangs is an error that shows what it said', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  const options = { github, repository, inputs: { who: 'forever' } };
  const run = await runAction(GREET, { ...options, kill: { after: 300 } });
  expect([run.exitCode, run.stdout]).toEqual([130, 'waiting\nstopped politely\n']);
  await expect(runAction(GREET, { ...options, timeout: 300 })).rejects.toThrow(
    /did not end within 300 ms[\s\S]*waiting/,
  );
});

test('what cannot be run is said clearly', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository('acme/shop');
  await expect(runAction('no-such-action', { github, repository })).rejects.toThrow(
    'There is no action.yml in',
  );
  await expect(runAction(GREET, { github, repository, entry: `${GREET}/dist/index.js` })).rejects.toThrow(
    'build first with "pnpm build"',
  );
});
