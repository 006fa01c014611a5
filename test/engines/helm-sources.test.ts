import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCluster } from '@gitops-actions/core/kubernetes';
import type { HelmChart } from '@gitops-actions/core/preview';
import { startRegistry } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { writeFiles } from './helm-chart.ts';
import { onHelm } from './helm-scene.ts';
import { never } from './helm-stage.ts';

onHelm('where a helm preview comes from', (scene) => {
  const { version, namespace } = scene;

  test('takes a chart from a registry', async () => {
    await using registry = await startRegistry();
    const folder = join(scene.cluster().folder, namespace);
    await writeFiles(join(folder, 'shop'), { 'Chart.yaml': '' });
    await scene
      .cluster()
      .helm(version, 'package', join(scene.stage().workspace, 'chart'), '--destination', folder);
    const charts = `oci://${registry.host}/charts`;
    await scene.cluster().helm(version, 'push', join(folder, 'shop-1.0.0.tgz'), charts, '--plain-http');
    const chart: HelmChart = scene.stage().chart({ chart: `${charts}/shop`, version: '1.0.0' });
    const wanted = scene.spec({ name: 'pr-60', pullRequest: 60 });
    expect(await scene.stage().engine({ chart }).deploy(wanted, never)).toMatchObject({ kind: 'deployed' });
    expect(await scene.cluster().get('deployment', namespace, 'pr-60')).toMatchObject({
      status: { readyReplicas: 1 },
    });
  });

  test('the kubeconfig is readable by this user alone, and gone in the end', async () => {
    const core = await openCluster({
      kubeconfig: scene.cluster().kubeconfig,
      environment: { INPUT_KUBECONFIG: 'secret' },
      temp: scene.stage().workspace,
      exec: scene.stage().core.exec,
    });
    const path = core.env.KUBECONFIG ?? '';
    expect(await readFile(path, 'utf8')).toBe(scene.cluster().kubeconfig);
    expect(core.env).not.toHaveProperty('INPUT_KUBECONFIG');
    await core[Symbol.asyncDispose]();
    await expect(readFile(path)).rejects.toThrow('ENOENT');
  });
});
