import { git } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { onEngines } from './failure-scene.ts';

const NOT_READY = '❌ Preview of `pr-1` is not ready';
const FATES = [
  ['image-pull', 'ImagePullBackOff'],
  ['crash-loop', 'CrashLoopBackOff'],
] as const;

onEngines('what a pull request is told', ['helm', 'kustomize'], (open, engine) => {
  test.each(FATES)(
    '%s: the comment says %s, and nothing of it is left after the next commit',
    async (fate, said) => {
      await using scene = await open();
      const pull = await scene.open();
      const run = await scene.deploy(pull, { image: `acme/web:1-${fate}`, timeout: '8s' });
      expect(run.exitCode).toBe(1);
      expect(await scene.end(pull)).toMatchObject({
        running: [`acme/web:1-${fate}`],
        deployments: ['failure'],
        comment: [NOT_READY],
      });
      const body = pull.comments()[0]?.body ?? '';
      expect(body).toMatch(new RegExp(`container web: ${said}`));
      expect(body).toMatch(/```text\n[^`]*Pod pr-1/);
      await scene.deploy(pull);
      expect(await scene.end(pull)).toMatchObject({
        running: ['acme/web:v1'],
        deployments: ['inactive', 'success'],
        comment: [expect.stringContaining('is ready')],
      });
      expect(pull.comments()[0]?.body).not.toContain(said);
    },
  );

  test('a fork, with the read-only token that its runs get: green, nothing anywhere, the reason in the summary', async () => {
    await using scene = await open();
    const fork = await scene.github.createRepository('eve/shop', { files: {} });
    await git(['push', '--quiet', fork.directory, 'main'], { cwd: scene.shop.directory });
    const pull = await scene.shop.openPullRequest({
      head: 'evil',
      headRepository: fork,
      files: { 'app.txt': 'evil' },
    });
    const token = scene.github.issueToken({ permissions: { contents: 'read', pull_requests: 'read' } });
    const run = await scene.deploy(pull, {}, { token });
    expect(run.exitCode).toBe(0);
    expect(run.outputs.status).toBe('skipped');
    expect(run.summary).toContain('comes from a fork');
    expect(await scene.end(pull)).toEqual({ running: [], objects: [], deployments: [], comment: [] });
  });

  test('names that nothing takes are shortened, apart from each other, one label below the domain', async () => {
    await using scene = await open();
    const pull = await scene.open();
    const service = 'Checkout_Service.v2-with-a-name-that-is-longer-than-helm-takes';
    const runs = [
      await scene.deploy(pull, { service: `${service}a` }),
      await scene.deploy(pull, { service: `${service}b` }),
      await scene.deploy(pull, { name: 'pr-1-{{service}}', service: 'web' }),
    ];
    expect(runs.map(({ outputs }) => outputs.status)).toEqual(['ready', 'ready', 'ready']);
    const names = runs.map(({ outputs }) => outputs.name ?? '');
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]{0,51}[a-z0-9]$/);
    expect(runs.map(({ outputs }) => outputs.host)).toEqual(names.map((name) => `${name}.preview.shop.test`));
    const ingresses = await scene.cluster.list<{ spec: { rules: [{ host: string }] } }>(
      'ingress',
      scene.namespace,
    );
    expect(ingresses.map(({ spec }) => spec.rules[0].host).sort()).toEqual(
      runs.map(({ outputs }) => outputs.host).sort(),
    );
    await pull.close();
    await scene.closed(pull);
    expect(await scene.end(pull)).toMatchObject({
      running: [],
      objects: [],
      deployments: ['inactive', 'inactive', 'inactive'],
    });
  });

  test('a branch is no name either, and a namespace that is too long is refused before anything is made', async () => {
    await using scene = await open();
    const pull = await scene.open();
    const name = 'feature/My_Branch.2-{{pr}}';
    const long = await scene.deploy(pull, { name, namespace: `${'x'.repeat(40)}-{{name}}` });
    expect(long.exitCode).toBe(1);
    expect(long.annotations[0]?.message).toMatch(/^Input "namespace" is ".*up to 63/);
    expect(scene.shop.deployments()).toEqual([]);
    const run = await scene.deploy(pull, { name });
    expect(run.outputs).toMatchObject({
      status: 'ready',
      name: expect.stringMatching(/^feature-my-branch-2-1-[0-9a-f]{8}$/),
    });
    const record = await scene.cluster.get('configmap', scene.namespace, `preview-${run.outputs.name}`);
    expect(record).toBeDefined();
  });

  test('a pull request that loses its label loses its preview, and no room is told politely', async () => {
    await using scene = await open();
    const one = await scene.open();
    const two = await scene.open();
    one.setLabels(['preview']);
    await scene.deploy(one, { 'only-labels': 'preview' });
    const refused = await scene.deploy(two, { 'max-previews': '1' });
    expect(refused.exitCode).toBe(0);
    expect(await scene.end(two)).toEqual({
      running: [],
      objects: [],
      deployments: [],
      comment: ['⏭️ No preview of `pr-2`'],
    });
    expect(two.comments()[0]?.body).toContain('"max-previews" is 1');
    one.setLabels([]);
    await scene.deploy(one, { 'only-labels': 'preview' });
    expect(await scene.end(one)).toEqual({
      running: [],
      objects: [],
      deployments: ['inactive'],
      comment: ['🧹 Preview of `pr-1` is removed'],
    });
    expect((await scene.deploy(two, { 'max-previews': '1' })).outputs.status).toBe('ready');
    expect(engine).toBe(scene.engine);
  });
});
