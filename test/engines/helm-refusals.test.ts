import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCluster } from '@gitops-actions/core/kubernetes';
import type { PreviewSpec } from '@gitops-actions/core/preview';
import { expect, test } from '@jest/globals';
import { onHelm } from './helm-scene.ts';
import { type HelmStage, never } from './helm-stage.ts';

type Change = Parameters<HelmStage['chart']>[0];

onHelm('what a helm preview refuses', (scene) => {
  const { version, namespace } = scene;

  const nothingThere = async (name: string) => {
    expect(await scene.cluster().get('configmap', namespace, `preview-${name}`)).toBeUndefined();
    expect(await scene.cluster().list('secret', namespace, `owner=helm,name=${name}`)).toEqual([]);
  };
  const deploying = (chart: Change, change: Partial<PreviewSpec> = {}, use = scene.stage()) =>
    use.engine({ chart: use.chart(chart) }).deploy(scene.spec({ name: 'none', ...change }), never);

  test.each<readonly [string, Change, RegExp]>([
    [
      'a folder that is not there',
      { chart: 'charts/shop' },
      /^The chart "charts\/shop" cannot be had: helm says: .*repo charts not found/,
    ],
    [
      'a folder without a chart',
      { chart: '.' },
      /^Input "chart" is "."; it must be a folder with a Chart.yaml\.$/,
    ],
    [
      'a path out of the workspace',
      { chart: '../..' },
      /^Input "chart" is "\.\.\/\.\."; it must be inside the workspace\.$/,
    ],
    [
      'a registry without it',
      { chart: 'oci://127.0.0.1:1/charts/shop' },
      /^The chart "oci:\/\/127.0.0.1:1\/charts\/shop" cannot be had: helm says: /,
    ],
    [
      'a repository without it',
      { repository: 'http://127.0.0.1:1', chart: 'shop' },
      /^The chart "shop" in http:\/\/127\.0\.0\.1:1 cannot be had: helm says: /,
    ],
    [
      'a version for a folder',
      { version: '1.0.0' },
      /^Input "chart-version" is "1.0.0"; it must be empty for a chart in the checkout/,
    ],
    ['values that are no map', { text: '- a' }, /^Input "values" is no YAML map; it must be one/],
    ['values that are no YAML', { text: 'a: [' }, /^Input "values" is not valid YAML: /],
    [
      'a values file that is not there',
      { files: ['no.yaml'] },
      /^Input "values-files" names "no.yaml", which is not in the workspace/,
    ],
  ])('refuses %s before anything is changed', async (_, change, message) => {
    await expect(deploying(change)).rejects.toThrow(message);
    await nothingThere('none');
  });

  test('a template error comes with the line that helm names', async () => {
    const path = join(scene.stage().workspace, 'chart/templates/broken.yaml');
    await writeFile(path, 'a: {{ .Values.a.b.c }}\n');
    await expect(deploying({})).rejects.toThrow(
      /^The chart does not render, so nothing was changed; mend it or its values\. Helm says: .*shop\/templates\/broken\.yaml:1:/,
    );
    await writeFile(path, '');
    await nothingThere('none');
  });

  test('refuses what leaves the namespace', async () => {
    const path = join(scene.stage().workspace, 'chart/templates/outside.yaml');
    const objects = {
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: x}':
        /Namespace x, which belongs to the whole cluster/,
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: x}':
        /ClusterRole x, which/,
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: kube-system}':
        /in the namespace "kube-system"/,
    };
    for (const [text, message] of Object.entries(objects)) {
      await writeFile(path, text);
      await expect(deploying({})).rejects.toThrow(message);
    }
    await writeFile(path, '');
    await nothingThere('none');
  });

  test('names the right that the account lacks', async () => {
    await scene.cluster().createNamespace(`closed-${version}`);
    const closed = scene.spec({ namespace: `closed-${version}` });
    await expect(scene.stage().engine().deploy(closed, never)).rejects.toThrow(
      /User "deployer" cannot list resource "secrets" in API group "" in the namespace "closed-\d"\. Give that right to the account of the kubeconfig\.$/,
    );
  });

  test('an expired token, no cluster and no kubeconfig are a sentence each', async () => {
    const { env } = scene.stage().core;
    const use = async (kubeconfig: string) => {
      const { PATH = '', HOME = '' } = env;
      const core = await openCluster({
        kubeconfig,
        environment: { PATH, HOME },
        temp: scene.stage().workspace,
        exec: scene.stage().core.exec,
      });
      return scene.stage().engine({ cluster: core }).deploy(scene.spec(), never);
    };
    const text = scene.cluster().deployerKubeconfig;
    await expect(use(text.replace(/token: .*/, 'token: expired'))).rejects.toThrow(
      /^The cluster does not accept the credentials of the kubeconfig/,
    );
    await expect(use('')).rejects.toThrow(/^No cluster is configured: set the input "kubeconfig"/);
  });
});
