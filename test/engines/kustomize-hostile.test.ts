import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeFiles } from './helm-chart.ts';
import { never } from './helm-stage.ts';
import { NAMESPACE, onKustomize } from './kustomize-scene.ts';
import { deployment, statefulSet } from './workloads.ts';

const web = deployment('', 'web', 'acme/web:old');

onKustomize('overlays that would harm others', (scene) => {
  test("the label by which previews' records are found", async () => {
    const labels = { 'previews.gitops-actions/record': 'kustomize' };
    const engine = await scene
      .stage()
      .with([web, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', labels } }]);
    await expect(engine.deploy(scene.spec(), never)).rejects.toThrow(
      `The overlay has a ConfigMap ${scene.name()}-settings with the label previews.gitops-actions/record, by which previews are found; nothing was changed.`,
    );
  });

  test('a claim of somebody else that a StatefulSet would take over', async () => {
    const claim = `data-${scene.name()}-store-1`;
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
    await scene.cluster().apply({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: claim, namespace: NAMESPACE },
      spec,
    });
    const engine = await scene.stage().with([statefulSet('', 'store', 'acme/web:old')]);
    await expect(engine.deploy(scene.spec(), never)).rejects.toThrow(
      `There is a PersistentVolumeClaim ${claim} in namespace previews that this preview did not make;`,
    );
    expect(await scene.isThere('statefulset', 'store')).toBe(false);
  });

  test('a base on a server that never answers keeps nobody longer than the time-out', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { workspace } = scene.stage();
    await writeFiles(join(workspace, 'remote'), {
      'kustomization.yaml': `resources: ["http://127.0.0.1:${port}/web.yaml"]\n`,
    });
    const engine = scene.stage().engine({ overlay: { folder: 'remote', workspace }, timeout: 2000 });
    const refused = expect(engine.deploy(scene.spec(), never)).rejects.toThrow(
      'The overlay "remote" does not build, so nothing was changed; mend it. It takes longer than 2s.',
    );
    await refused.finally(() => {
      server.closeAllConnections();
      server.close();
    });
  });
});
