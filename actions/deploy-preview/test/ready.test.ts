import { expect, test } from '@jest/globals';
import { FOLDER, stage, states } from './stage.ts';

test('a new preview: one commit, a URL that answers, a Deployment in success', async () => {
  await using scene = await stage();
  const { shop, gitops, pull } = scene;
  const run = await scene.run();
  const head = await pull.headSha();

  expect(run.annotations).toEqual([]);
  expect(run.exitCode).toBe(0);
  expect(run.outputs).toMatchObject({
    status: 'ready',
    url: 'http://pr-1.preview.shop.test',
    host: 'pr-1.preview.shop.test',
    name: 'pr-1',
    namespace: 'previews',
    deployment: String(shop.deployments()[0]?.id),
    reason: '',
  });
  expect(await gitops.list('main', 'previews')).toEqual([
    'previews/README.md',
    `${FOLDER}/app.yaml`,
    `${FOLDER}/kustomization.yaml`,
    `${FOLDER}/preview.yaml`,
  ]);
  expect(await gitops.read('main', `${FOLDER}/kustomization.yaml`)).toBe(
    'resources:\n  - app.yaml\nnamespace: previews\nimages:\n  - name: web\n    newTag: v1.0.7-abc1234 # ours\n',
  );
  expect(await gitops.read('main', `${FOLDER}/app.yaml`)).toBe(
    'host: pr-1.preview.shop.test\nchart: {{ .Values.web }}\n',
  );
  const record = await gitops.read('main', `${FOLDER}/preview.yaml`);
  for (const line of [`head: "${head}"`, `repositoryId: "${shop.id}"`, 'pullRequest: "1"', 'runId: "100"']) {
    expect(record).toContain(line);
  }
  const [commit, ...older] = await gitops.log('main');
  expect(older).toHaveLength(1);
  expect(commit?.message).toContain('Preview pr-1: ghcr.io/acme/web:v1.0.7-abc1234');
  expect(commit?.message).toContain(`Source-Commit: ${head}`);

  expect(shop.deployments()).toMatchObject([
    {
      task: 'preview:pr-1',
      sha: head,
      environment: 'preview',
      transient: false,
      production: false,
      statuses: [
        { state: 'success', environment_url: 'http://pr-1.preview.shop.test' },
        { state: 'in_progress', log_url: expect.stringContaining('/acme/shop/actions/runs/100') },
      ],
    },
  ]);
});

test('the comment is short, and nothing in it comes from outside unfenced', async () => {
  await using scene = await stage();
  const { outputs, summary } = await scene.run({ service: 'web' });
  const head = await scene.pull.headSha();
  const { url } = scene.github;
  expect(outputs.comment?.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, 'DATE')).toBe(
    [
      '**✅ Preview of `web` is ready:** [pr-1-web.preview.shop.test](http://pr-1-web.preview.shop.test)',
      '',
      '| image | commit | run | expires |',
      '| --- | --- | --- | --- |',
      `| \`ghcr.io/acme/web:v1.0.7-abc1234\` | [\`${head.slice(0, 7)}\`](${url}/acme/shop/commit/${head}) | [7](${url}/acme/shop/actions/runs/100) | DATE UTC, unless deployed again |`,
    ].join('\n'),
  );
  expect(summary).toContain('Files: `previews/pr-1-web in acme/gitops@main`, commit [`');
});

test('the next commit replaces the files, deletes what the template has no more, and retires the older Deployment', async () => {
  await using scene = await stage();
  const { shop, gitops, pull } = scene;
  await scene.run();
  await gitops.commit('main', { [`${FOLDER}/old.yaml`]: 'left over', 'other.txt': 'from another job' });
  await pull.push({ 'app.txt': 'two' });
  const run = await scene.run({ image: 'ghcr.io/acme/web:v1.0.8-def5678' }, { runId: 101, runNumber: 8 });

  expect(run.outputs.status).toBe('ready');
  expect(await gitops.list('main', FOLDER)).toEqual([
    `${FOLDER}/app.yaml`,
    `${FOLDER}/kustomization.yaml`,
    `${FOLDER}/preview.yaml`,
  ]);
  expect(await gitops.read('main', `${FOLDER}/kustomization.yaml`)).toContain(
    'newTag: v1.0.8-def5678 # ours',
  );
  expect(await gitops.read('main', 'other.txt')).toBe('from another job');
  expect(states(shop)).toEqual([
    'preview:pr-1: inactive < success < in_progress',
    'preview:pr-1: success < in_progress',
  ]);
});

test('the Deployments of other previews are left alone', async () => {
  await using scene = await stage();
  await scene.run({ service: 'web' });
  await scene.run({ service: 'api' });
  expect(states(scene.shop)).toEqual([
    'preview:pr-1-web: success < in_progress',
    'preview:pr-1-api: success < in_progress',
  ]);
});

test('the health text tells the new version from the one that still answers', async () => {
  await using scene = await stage();
  let answers = 0;
  scene.answer(() => ({ status: 200, body: answers++ < 1 ? 'shop v1.0.6-old' : 'shop v1.0.7-abc1234' }));
  const run = await scene.run({ 'health-text': 'shop {{tag}}', timeout: '20s' });
  expect(run.outputs.status).toBe('ready');
  expect(scene.asked()).toBe(2);
  expect(run.stdout).toContain('answered 200, but without the text "shop v1.0.7-abc1234"');
});

test('another commit that comes first is not undone', async () => {
  await using scene = await stage();
  const { github, gitops } = scene;
  const other = Promise.withResolvers<unknown>();
  let commits = 0;
  github.inject({
    match: (request) => {
      if (!request.fields?.includes('createCommitOnBranch') || commits++ > 0) return false;
      gitops.commit('main', { 'other.txt': 'first' }).then(other.resolve, other.reject);
      return true;
    },
    hold: other.promise,
  });
  const run = await scene.run();
  expect(run.outputs.status).toBe('ready');
  expect(commits).toBe(2);
  expect(await gitops.read('main', 'other.txt')).toBe('first');
  expect(await gitops.list('main', FOLDER)).toHaveLength(3);
});

test('three services of one pull request at once: three previews, three commits', async () => {
  await using scene = await stage();
  const services = ['web', 'api', 'worker'];
  const runs = await Promise.all(services.map((service) => scene.run({ service, timeout: '20s' })));
  expect(runs.map(({ outputs }) => outputs.status)).toEqual(['ready', 'ready', 'ready']);
  for (const service of services)
    expect(await scene.gitops.list('main', `previews/pr-1-${service}`)).toHaveLength(3);
  expect(await scene.gitops.log('main')).toHaveLength(4);
});
