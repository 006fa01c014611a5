import { expect, test } from '@jest/globals';
import { FOLDER, type Stage, stage, states } from './stage.ts';

/** The record of another pull request's preview, as deploy-preview leaves it. */
async function previewOf(scene: Stage, pullRequest: number, deployed: number): Promise<void> {
  const record = (await scene.gitops.read('main', `${FOLDER}/preview.yaml`))
    .replaceAll('pr-1', `pr-${pullRequest}`)
    .replace('pullRequest: "1"', `pullRequest: "${pullRequest}"`)
    .replace(/deployed: ".*"/, `deployed: "${deployed}"`);
  await scene.gitops.commit('main', { [`previews/pr-${pullRequest}/preview.yaml`]: record });
}

test.each<[string, string[], boolean, Record<string, string>, string]>([
  [
    'a label that it lacks',
    ['bug'],
    false,
    { 'only-labels': 'preview\nBUG' },
    'Pull request 1 lacks the label "preview", which "only-labels" asks for.',
  ],
  [
    'labels that it lacks',
    [],
    false,
    { 'only-labels': '["preview", "ready for preview"]' },
    'Pull request 1 lacks the labels "preview", "ready for preview", which "only-labels" asks for.',
  ],
  [
    'a label that it must not have',
    ['No-Preview'],
    false,
    { 'skip-labels': 'docs\nno-preview' },
    'Pull request 1 has the label "no-preview", which "skip-labels" names.',
  ],
  ['a draft', [], true, { 'skip-drafts': 'true' }, 'Pull request 1 is a draft, and "skip-drafts" is true.'],
])('%s: skipped, green, with the reason', async (_name, labels, draft, inputs, reason) => {
  await using scene = await stage();
  scene.pull.setLabels(labels);
  scene.pull.setDraft(draft);
  const run = await scene.run(inputs);
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({ status: 'skipped', url: '', deployment: '', reason });
  expect(run.outputs.comment).toBe(`**⏭️ No preview of \`pr-1\`**\n\n${reason}`);
  expect(run.summary).toContain(reason);
  expect(run.annotations).toMatchObject([{ level: 'notice' }]);
  expect(scene.shop.deployments()).toEqual([]);
  expect(await scene.gitops.list('main', 'previews')).toEqual(['previews/README.md']);
});

test('with the labels it asks for, and no draft, a preview comes up', async () => {
  await using scene = await stage();
  scene.pull.setLabels(['preview']);
  const run = await scene.run({ 'only-labels': 'Preview', 'skip-labels': 'docs', 'skip-drafts': 'true' });
  expect(run.outputs.status).toBe('ready');
});

test('a pull request that loses the label loses its preview, and its Deployments are retired', async () => {
  await using scene = await stage();
  scene.pull.setLabels(['preview']);
  const inputs = { 'only-labels': 'preview' };
  expect((await scene.run(inputs)).outputs.status).toBe('ready');
  scene.pull.setLabels([]);
  const run = await scene.run(inputs, { runId: 101 });
  const reason = 'Pull request 1 lacks the label "preview", which "only-labels" asks for.';
  expect(run.annotations).toMatchObject([{ level: 'notice' }]);
  expect(run.outputs).toMatchObject({ status: 'removed', url: '', reason });
  expect(await scene.gitops.list('main', 'previews')).toEqual(['previews/README.md']);
  expect(states(scene.shop)).toEqual(['preview:pr-1: inactive < success < in_progress']);
  const again = await scene.run(inputs, { runId: 102 });
  expect(again.outputs.status).toBe('skipped');
});

test("a later run's preview is not removed by an earlier one", async () => {
  await using scene = await stage();
  await scene.run({}, { runId: 200 });
  const run = await scene.run({ 'only-labels': 'preview' });
  expect(run.outputs.status).toBe('skipped');
  expect(await scene.gitops.list('main', FOLDER)).not.toEqual([]);
  expect(states(scene.shop)).toEqual(['preview:pr-1: success < in_progress']);
});

test('labelled away while it comes up: it leaves nothing behind', async () => {
  await using scene = await stage();
  scene.answer(() => {
    scene.pull.setLabels(['no-preview']);
    return { status: 200, body: 'ok' };
  });
  const run = await scene.run({ 'skip-labels': 'no-preview' });
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({
    status: 'removed',
    reason: 'Pull request 1 has the label "no-preview", which "skip-labels" names.',
  });
  expect(await scene.gitops.list('main', 'previews')).toEqual(['previews/README.md']);
});

test('no room: skipped, green, and says how to make some; what is there already is kept up to date', async () => {
  await using scene = await stage();
  await scene.run({ 'max-previews': '2' });
  await previewOf(scene, 7, 1_700_000_500);
  await previewOf(scene, 9, 1_700_000_000);
  const own = await scene.run({ 'max-previews': '2' }, { runId: 101 });
  expect(own.outputs.status).toBe('ready');
  const second = await scene.run({ 'max-previews': '2', service: 'api' }, { runId: 101 });
  expect(second.outputs.status).toBe('ready');

  const pull = await scene.shop.openPullRequest({ head: 'other', files: { 'b.txt': 'b' } });
  const payload = scene.github.event('pull_request', { repository: scene.shop, pullRequest: pull });
  const before = await scene.gitops.head('main');
  const other = await scene.run({ 'max-previews': '3' }, { event: { name: 'pull_request', payload } });
  expect(other.exitCode).toBe(0);
  expect(other.outputs).toMatchObject({
    status: 'skipped',
    reason:
      '"max-previews" is 3, and there are previews of 3 pull requests already (the longest unchanged first: 9, 7, 1). Close one of them, or wait until cleanup-previews removes one that has expired; then re-run this job.',
  });
  expect(await scene.gitops.head('main')).toBe(before);
  expect(scene.shop.deployments().some(({ task }) => task === `preview:pr-${pull.number}`)).toBe(false);
  const room = await scene.run({ 'max-previews': '4' }, { event: { name: 'pull_request', payload } });
  expect(room.outputs.status).toBe('ready');
});

test("another repository's previews do not take room", async () => {
  await using scene = await stage();
  await scene.run();
  await previewOf(scene, 7, 1_700_000_000);
  const path = 'previews/pr-7/preview.yaml';
  const record = await scene.gitops.read('main', path);
  await scene.gitops.commit('main', {
    [path]: record.replace(/repositoryId: ".*"/, 'repositoryId: "424242"'),
  });
  const pull = await scene.shop.openPullRequest({ head: 'other', files: { 'b.txt': 'b' } });
  const payload = scene.github.event('pull_request', { repository: scene.shop, pullRequest: pull });
  const run = await scene.run({ 'max-previews': '2' }, { event: { name: 'pull_request', payload } });
  expect(run.outputs.status).toBe('ready');
});
