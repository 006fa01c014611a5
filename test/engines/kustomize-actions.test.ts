import { type Cluster, startCluster, temporaryDirectory } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openActions } from './helm-action-scene.ts';
import { writeFiles } from './helm-chart.ts';
import { ALL } from './kustomize-scene.ts';
import { OVERLAY_FILES } from './kustomize-stage.ts';
import { describeOn } from './suite.ts';

const NAMESPACE = 'previews';
const ENGINE = { engine: 'kustomize' };

describeOn(['kubernetes', 'kwok', 'helm4'], 'the actions with the engine kustomize', () => {
  let cluster: Cluster;
  const open = (number: number) =>
    openActions({ cluster: () => cluster, version: 4, namespace: NAMESPACE }, number);
  const checkout = async () => {
    const folder = await temporaryDirectory();
    await writeFiles(folder.path, OVERLAY_FILES);
    return folder;
  };

  beforeAll(async () => {
    cluster = await startCluster();
    await cluster.createNamespace(NAMESPACE);
    await cluster.grant(NAMESPACE);
  });
  afterAll(() => cluster?.close());

  test('brings an overlay up, and takes it away when the pull request closes', async () => {
    await using scene = await open(1);
    await using workspace = await checkout();
    const run = await scene.deploy(
      { ...ENGINE, overlay: 'overlay', image: 'acme/web:1e5' },
      { workspace: workspace.path },
    );
    expect(run.annotations).toEqual([]);
    expect(run.outputs).toMatchObject({
      status: 'ready',
      url: 'https://pr-1.preview.example.com',
      name: 'pr-1',
      namespace: NAMESPACE,
      reason: '',
    });
    expect(run.summary).toContain(`\`Kustomize preview pr-1 in namespace ${NAMESPACE}\``);
    expect(await cluster.get('ingress', NAMESPACE, 'pr-1-web')).toMatchObject({
      spec: { rules: [{ host: 'pr-1.preview.example.com' }] },
    });
    expect(await cluster.get('deployment', NAMESPACE, 'pr-1-web')).toMatchObject({
      spec: { template: { spec: { containers: [{ image: 'acme/web:1e5' }] } } },
      status: { readyReplicas: 1 },
    });

    const kept = await scene.cleanUp(ENGINE);
    expect(kept.outputs).toMatchObject({ removed: '[]', failed: '[]' });
    await scene.pull.close();
    const removed = await scene.cleanUp(ENGINE);
    expect(removed.annotations).toEqual([]);
    expect(removed.outputs.removed).toContain('"name":"pr-1"');
    const left = await cluster.list(
      `${ALL},ingresses,configmaps`,
      NAMESPACE,
      'previews.gitops-actions/name=pr-1',
    );
    expect(left).toEqual([]);
    expect(scene.shop.deployments()[0]?.statuses[0]).toMatchObject({ state: 'inactive' });
  });

  test('a container that crashes: the reason is the pod’s', async () => {
    await using scene = await open(2);
    await using workspace = await checkout();
    const run = await scene.deploy(
      { ...ENGINE, overlay: 'overlay', image: 'acme/web:1-crash-loop' },
      { workspace: workspace.path },
    );
    expect(run.exitCode).toBe(1);
    const { reason = '', comment = '', status } = run.outputs;
    expect(status).toBe('failed');
    expect(reason.split('\n')[0]).toBe('Preview pr-2 failed: Deployment pr-2-web.');
    expect(reason).toContain('container web: CrashLoopBackOff: ');
    expect(comment).toContain(`\`\`\`text\n${reason}\n\`\`\``);
    expect(scene.shop.deployments()[0]?.statuses[0]?.state).toBe('failure');
  });

  test('the engine helm leaves a preview of the engine kustomize alone, and says so', async () => {
    await using scene = await open(3);
    await using workspace = await checkout();
    await scene.deploy({ ...ENGINE, overlay: 'overlay' }, { workspace: workspace.path });
    const run = await scene.deploy({}, { runId: 101 });
    expect(run.outputs.reason).toContain('was brought up by the engine kustomize; nothing was changed.');
    await scene.pull.close();
    expect((await scene.cleanUp()).outputs).toMatchObject({ removed: '[]', failed: '[]' });
    expect((await scene.cleanUp(ENGINE)).outputs.removed).toContain('"name":"pr-3"');
  });

  test('an overlay that is missing', async () => {
    await using scene = await open(4);
    const run = await scene.deploy(ENGINE);
    expect(run.annotations.map(({ message }) => message)).toEqual([
      'Input "overlay" is empty; it is required.',
    ]);
    expect(scene.shop.deployments()).toEqual([]);
  });
});
