import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { enginePath, program } from '../catalog.ts';
import type { Cluster } from '../cluster/types.ts';
import { freePort } from '../ports.ts';
import { NAMESPACE } from './configuration.ts';

/** Starts the parts of Argo CD as processes beside the cluster; the address of its API server. */
export async function startParts(cluster: Cluster): Promise<string> {
  const folder = join(cluster.folder, 'argocd');
  const env = await environment(cluster, folder);
  const [redis, repositories, api] = [await address(), await address(), await address()];
  const shared = ['--redis', redis, '--repo-server-plaintext'];
  const start = (name: string, args: readonly string[]) =>
    cluster.programs.start({
      name,
      file: program('argocd', 'argocd'),
      args,
      // One binary that is each of its parts by name.
      env: { ...env, ARGOCD_BINARY_NAME: name },
    });
  await cluster.programs.start({ name: 'redis', file: program('argocd', 'redis'), args: [redis], env });
  const [server, controller, sets] = [await address(), await address(), await address()];
  await start('argocd-repo-server', [
    ...['--address', '127.0.0.1', '--port', portOf(repositories), '--disable-tls', '--redis', redis],
    ...['--metrics-address', '127.0.0.1', '--metrics-port', portOf(server)],
  ]);
  await start('argocd-application-controller', [
    ...['--namespace', NAMESPACE, '--repo-server', repositories, ...shared],
    ...['--metrics-port', portOf(controller), '--app-resync', '0'],
  ]);
  await start('argocd-applicationset-controller', [
    ...['--namespace', NAMESPACE, '--argocd-repo-server', repositories, '--repo-server-plaintext'],
    ...['--enable-leader-election=false', '--metrics-addr', sets],
    ...['--probe-addr', await address(), '--webhook-addr', await address()],
  ]);
  await start('argocd-server', [
    ...['--insecure', '--address', '127.0.0.1', '--port', portOf(api), '--namespace', NAMESPACE],
    ...['--metrics-address', '127.0.0.1', '--metrics-port', portOf(await address())],
    ...['--staticassets', join(folder, 'empty'), '--dex-server', 'http://127.0.0.1:1'],
    ...['--repo-server', repositories, ...shared],
  ]);
  const answers = [`${server}/healthz`, `${controller}/healthz`, `${api}/healthz`, `${sets}/metrics`];
  for (const answer of answers) {
    await cluster.programs.until(
      `Argo CD answers at ${answer}`,
      async () => (await fetch(`http://${answer}`)).ok,
    );
  }
  return `http://${api}`;
}

const address = async (): Promise<string> => `127.0.0.1:${await freePort()}`;

const portOf = (where: string): string => where.replace(/^.*:/, '');

async function environment(cluster: Cluster, folder: string): Promise<Record<string, string>> {
  const folders = { home: join(folder, 'home'), data: join(folder, 'empty'), temporary: join(folder, 'tmp') };
  for (const path of Object.values(folders)) await mkdir(path, { recursive: true });
  return {
    PATH: enginePath(['argocd', 'kustomize', 'helm3']),
    HOME: folders.home,
    TMPDIR: folders.temporary,
    GIT_CONFIG_NOSYSTEM: '1',
    KUBECONFIG: cluster.env.KUBECONFIG ?? '',
    // Makes https://kubernetes.default.svc, which people write into Applications, mean the kubeconfig's cluster.
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_TLS_DATA_PATH: folders.data,
    ARGOCD_SSH_DATA_PATH: folders.data,
    ARGOCD_GPG_DATA_PATH: folders.data,
    // Default: one path for the whole machine.
    ARGOCD_ASK_PASS_SOCK: join(folder, 'ask-pass.sock'),
  };
}
