import { git } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { FOLDER, stage, states } from './stage.ts';

const ABSENT = ['previews/README.md'];

test('the URL never answers as expected: red, and the reason is everywhere a person looks', async () => {
  await using scene = await stage();
  scene.answer(() => ({ status: 503, body: 'no endpoints' }));
  const run = await scene.run({ timeout: '3s' });
  const reason =
    'http://pr-1.preview.shop.test/ answered 503: nothing behind the ingress is ready (2 tries in 3s).';

  expect(run.exitCode).toBe(1);
  expect(run.outputs).toMatchObject({ status: 'failed', reason, url: 'http://pr-1.preview.shop.test' });
  expect(run.outputs.comment).toContain(
    `**❌ Preview of \`pr-1\` is not ready**\n\n\`\`\`text\n${reason}\n\`\`\``,
  );
  expect(run.annotations).toMatchObject([
    {
      level: 'error',
      message: `Preview pr-1 is not ready: ${reason} Its files are in ${FOLDER} in acme/gitops@main; look at what Argo CD or Flux says of them, or raise "timeout".`,
    },
  ]);
  expect(states(scene.shop)).toEqual(['preview:pr-1: failure < in_progress']);
  expect(await scene.gitops.list('main', FOLDER)).toHaveLength(3);
});

test('the version before answers all the time', async () => {
  await using scene = await stage();
  const run = await scene.run({ 'health-text': '{{sha}}' });
  expect(run.exitCode).toBe(1);
  expect(run.outputs.reason).toContain(`answered 200, but without the text "${await scene.pull.headSha()}"`);
});

test('closed before the job came to it: nothing is deployed, green', async () => {
  await using scene = await stage();
  await scene.pull.close();
  const run = await scene.run();
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({
    status: 'removed',
    url: '',
    reason: 'Pull request 1 is closed.',
    deployment: '',
  });
  expect(scene.shop.deployments()).toEqual([]);
  expect(await scene.gitops.list('main', 'previews')).toEqual(ABSENT);
});

test('closed while the preview came up: it goes again, green', async () => {
  await using scene = await stage();
  scene.answer(async () => {
    await scene.pull.close();
    return { status: 200 };
  });
  const run = await scene.run();
  expect(run.annotations).toMatchObject([
    { level: 'notice', message: 'Preview pr-1 is removed: Pull request 1 was closed meanwhile.' },
  ]);
  expect(run.outputs).toMatchObject({
    status: 'removed',
    url: '',
    reason: 'Pull request 1 was closed meanwhile.',
  });
  expect(states(scene.shop)).toEqual(['preview:pr-1: inactive < in_progress']);
  expect(await scene.gitops.list('main', 'previews')).toEqual(ABSENT);
});

test('a newer commit is the head: superseded, green', async () => {
  await using scene = await stage();
  const payload = scene.github.event('pull_request', { repository: scene.shop, pullRequest: scene.pull });
  await scene.pull.push({ 'app.txt': 'two' });
  const run = await scene.run({}, { event: { name: 'pull_request', payload } });
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({ status: 'superseded', deployment: '' });
  expect(run.outputs.reason).toMatch(
    /^This run is about commit [0-9a-f]{7}, but the head of pull request 1 is [0-9a-f]{7} by now\.$/,
  );
  expect(scene.shop.deployments()).toEqual([]);
});

test('a later run has deployed it already: not overwritten, superseded, green', async () => {
  await using scene = await stage();
  await scene.run({ image: 'ghcr.io/acme/web:newer' }, { runId: 200 });
  const before = await scene.gitops.head('main');
  const run = await scene.run({ image: 'ghcr.io/acme/web:older' }, { runId: 150 });
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({
    status: 'superseded',
    reason: 'Run 200 (attempt 1), a later one, has deployed this preview already.',
  });
  expect(await scene.gitops.head('main')).toBe(before);
  expect(states(scene.shop)).toEqual([
    'preview:pr-1: success < in_progress',
    'preview:pr-1: inactive < in_progress',
  ]);
});

test('a new commit while an old one is waited for: superseded, not failed', async () => {
  await using scene = await stage();
  scene.answer(async () => {
    await scene.pull.push({ 'app.txt': String(Math.random()) });
    return { status: 404 };
  });
  const run = await scene.run({ timeout: '1s' });
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({ status: 'superseded' });
  expect(states(scene.shop)).toEqual(['preview:pr-1: inactive < in_progress']);
});

test('a fork: skipped, green, the reason in the summary', async () => {
  await using scene = await stage();
  const fork = await scene.github.createRepository('eve/shop', { files: {} });
  await git(['push', '--quiet', fork.directory, 'main'], { cwd: scene.shop.directory });
  const pull = await scene.shop.openPullRequest({
    head: 'evil',
    headRepository: fork,
    files: { 'app.txt': 'evil' },
  });
  const payload = scene.github.event('pull_request_target', { repository: scene.shop, pullRequest: pull });
  const run = await scene.run({}, { event: { name: 'pull_request_target', payload } });
  const reason =
    'Pull request 2 comes from a fork: its runs get no secrets and a read-only token, and its code is not deployed.';
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({ status: 'skipped', url: '', reason });
  expect(run.summary).toContain(reason);
  expect(scene.shop.deployments()).toEqual([]);
});

test('Dependabot: skipped, green', async () => {
  await using scene = await stage();
  const payload = scene.github.event('pull_request', {
    repository: scene.shop,
    pullRequest: scene.pull,
    sender: 'dependabot[bot]',
  });
  const run = await scene.run({}, { event: { name: 'pull_request', payload } });
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({ status: 'skipped' });
});

test('cancelled while it waits: the Deployment says so', async () => {
  await using scene = await stage();
  const controller = new AbortController();
  scene.answer(() => {
    setTimeout(() => controller.abort(), 100);
    return { status: 404 };
  });
  const run = await scene.run({ timeout: '1m' }, { signal: controller.signal });
  expect(run.exitCode).toBe(1);
  expect(run.ms).toBeLessThan(10_000);
  const message = `Cancelled by the runner (SIGINT). Its files are in ${FOLDER} in acme/gitops@main.`;
  expect(run.annotations).toMatchObject([{ level: 'error', message }]);
  expect(run.outputs).toMatchObject({ status: 'failed', reason: message });
  expect(scene.shop.deployments()).toMatchObject([
    {
      statuses: [{ state: 'error', description: message }, { state: 'in_progress' }],
    },
  ]);
});
