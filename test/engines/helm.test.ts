import { join } from 'node:path';
import { type Cluster, startCluster, startRegistry } from '@gitops-actions/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { root } from '../../scripts/project.ts';
import { describeOn } from './suite.ts';
import { writeKubeconfig } from './workloads.ts';

const CHART = join(root, 'examples/shop/chart');
const VALUES = ['--set', 'image.repository=acme/web,ingress.host=web.example'];

describeOn(['kubernetes', 'kwok', 'helm3', 'helm4'], 'helm on a cluster', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster?.close());

  describe.each([3, 4] as const)('helm %i', (version) => {
    const namespace = `helm-${version}`;
    const helm = (...args: string[]) => cluster.helm(version, ...args, '--namespace', namespace);
    const upgrade = (tag: string, ...args: string[]) =>
      helm(
        'upgrade',
        '--install',
        'web',
        CHART,
        '--wait',
        ...VALUES,
        '--set-string',
        `image.tag=${tag}`,
        ...args,
      );
    beforeAll(() => cluster.createNamespace(namespace));

    test('says the version it was built from', async () => {
      expect(await cluster.helm(version, 'version', '--template', '{{.Version}}')).toMatch(
        new RegExp(`^v${version}\\.\\d+\\.\\d+$`),
      );
    });

    test('brings up a release, as a user with the role edit', async () => {
      await cluster.grant(namespace);
      const kubeconfig = await writeKubeconfig(cluster, cluster.deployerKubeconfig);
      await upgrade('1', '--kubeconfig', kubeconfig);
      expect(await cluster.get('deployment', namespace, 'web')).toMatchObject({
        status: { readyReplicas: 1 },
      });
    });

    test('gives up on a release that does not become ready', async () => {
      await expect(upgrade('2-crash-loop', '--timeout', '3s')).rejects.toThrow(/exit code 1/);
      const [last] = JSON.parse(await helm('history', 'web', '--max', '1', '-o', 'json')) as {
        status: string;
      }[];
      expect(last?.status).toBe('failed');
    });

    test('installs from a registry on loopback', async () => {
      await using registry = await startRegistry();
      const folder = join(cluster.folder, namespace);
      await cluster.helm(version, 'package', CHART, '--destination', folder);
      const charts = `oci://${registry.host}/charts`;
      await cluster.helm(version, 'push', join(folder, 'service-1.4.0.tgz'), charts, '--plain-http');
      await helm(
        'install',
        'oci',
        `${charts}/service`,
        '--version',
        '1.4.0',
        '--plain-http',
        '--wait',
        ...VALUES,
        '--set-string',
        'image.tag=1',
      );
      expect(await cluster.get('deployment', namespace, 'oci')).toMatchObject({
        status: { readyReplicas: 1 },
      });
    });
  });
});
