import { expect, test } from '@jest/globals';
import { onEngines } from './failure-scene.ts';

const URL = 'http://pr-1.preview.shop.test';
const READY = `✅ Preview of \`pr-1\` is ready: [pr-1.preview.shop.test](${URL})`;
const REMOVED = '🧹 Preview of `pr-1` is removed';
const ASKED = { 'health-path': '/' };

onEngines('what happens in the wrong order', ['helm', 'kustomize'], (open) => {
  test('merged before the deployment ended: it goes again, and a re-run does not bring it back', async () => {
    await using scene = await open();
    const pull = await scene.open();
    scene.answer(async () => {
      if (!pull.merged) await pull.merge();
      return { status: 200 };
    });
    const run = await scene.deploy(pull, ASKED, { runId: 500 });
    expect(run.annotations.filter(({ level }) => level === 'error')).toEqual([]);
    expect(run.outputs).toMatchObject({ status: 'removed', url: '' });
    const gone = { running: [], objects: [], deployments: ['inactive'], comment: [REMOVED] };
    expect(await scene.end(pull)).toEqual(gone);
    const again = await scene.deploy(pull, ASKED, { runId: 500, runAttempt: 2 });
    expect(again.outputs.status).toBe('removed');
    expect(await scene.end(pull)).toEqual(gone);
    const cleanUp = await scene.closed(pull);
    expect(cleanUp.outputs).toMatchObject({ removed: '[]', kept: '[]', failed: '[]' });
  });

  test('the clean-up of its pull request runs while it is waited for: nothing is left', async () => {
    await using scene = await open();
    const pull = await scene.open();
    let cleanUp: Promise<{ readonly outputs: Readonly<Record<string, string>> }> | undefined;
    scene.answer(async () => {
      await pull.close();
      cleanUp ??= scene.closed(pull);
      await cleanUp;
      return { status: 200 };
    });
    const run = await scene.deploy(pull, ASKED);
    expect((await cleanUp)?.outputs).toMatchObject({ failed: '[]' });
    expect(run.outputs.status).toBe('removed');
    expect(await scene.end(pull)).toEqual({
      running: [],
      objects: [],
      deployments: ['inactive'],
      comment: [REMOVED],
    });
  });

  test('an older run arrives late: the newer preview, Deployment and comment stay', async () => {
    await using scene = await open();
    const pull = await scene.open();
    await scene.deploy(pull, { image: 'acme/web:v2' }, { runId: 500 });
    const late = await scene.deploy(pull, { image: 'acme/web:v1' }, { runId: 400 });
    expect(late.exitCode).toBe(0);
    expect(late.outputs.status).toBe('superseded');
    expect(await scene.end(pull)).toMatchObject({
      running: ['acme/web:v2'],
      deployments: ['success', 'inactive'],
      comment: [READY],
    });
    expect(pull.comments()[0]?.body).toContain('`acme/web:v2`');
  });

  test('a commit that is not the head any more is not deployed', async () => {
    await using scene = await open();
    const pull = await scene.open();
    const payload = scene.github.event('pull_request', { repository: scene.shop, pullRequest: pull });
    await pull.push({ 'app.txt': 'two' });
    await scene.deploy(pull, { image: 'acme/web:v2' }, { runId: 500 });
    const event = { name: 'pull_request', payload };
    const old = await scene.deploy(pull, { image: 'acme/web:v1' }, { runId: 501, event });
    expect(old.outputs.status).toBe('superseded');
    expect(await scene.end(pull)).toMatchObject({ running: ['acme/web:v2'], deployments: ['success'] });
  });

  test('deployed anew at the moment at which it is found stale: it is there in the end', async () => {
    await using scene = await open();
    const pull = await scene.open();
    await scene.deploy(pull);
    await scene.age(pull, 8);
    const [run, reaper] = await Promise.all([
      scene.deploy(pull, { image: 'acme/web:v2' }),
      scene.scheduled(),
    ]);
    expect(run.outputs).toMatchObject({ status: 'ready', reason: '' });
    expect(reaper.outputs.failed).toBe('[]');
    const { running, deployments, comment } = await scene.end(pull);
    expect({ running, newest: deployments.at(-1), comment }).toEqual({
      running: ['acme/web:v2'],
      newest: 'success',
      comment: [READY],
    });
  });

  test('the URL is told once it answers, not before', async () => {
    await using scene = await open();
    const pull = await scene.open();
    const told: unknown[] = [];
    let tries = 0;
    scene.answer(() => {
      told.push(scene.shop.deployments().map(({ statuses }) => statuses[0]?.environment_url ?? ''));
      told.push(pull.comments().length);
      tries += 1;
      return { status: tries < 3 ? 503 : 200 };
    });
    const run = await scene.deploy(pull, ASKED);
    expect(told).toEqual([[''], 0, [''], 0, [''], 0]);
    expect(run.outputs).toMatchObject({ status: 'ready', url: URL });
    expect(scene.shop.deployments()[0]?.statuses[0]).toMatchObject({
      state: 'success',
      environment_url: URL,
    });
    expect((await scene.end(pull)).comment).toEqual([READY]);
  });

  test('one that never answers is never called ready', async () => {
    await using scene = await open();
    const pull = await scene.open();
    scene.answer(() => ({ status: 502 }));
    const run = await scene.deploy(pull, { ...ASKED, timeout: '5s' });
    expect(run.exitCode).toBe(1);
    expect(scene.shop.deployments()[0]?.statuses.map(({ environment_url }) => environment_url)).toEqual([
      '',
      '',
    ]);
    expect(await scene.end(pull)).toMatchObject({
      running: ['acme/web:v1'],
      deployments: ['failure'],
      comment: ['❌ Preview of `pr-1` is not ready'],
    });
    expect(pull.comments()[0]?.body).toContain('502');
  });
});
