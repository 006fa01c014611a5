import { request } from 'node:https';
import { join } from 'node:path';
import { program } from '../catalog.ts';
import { freePort } from '../ports.ts';
import type { Programs } from '../programs/programs.ts';

export interface ControlPlane {
  readonly url: string;
  /** Resolves when the API server says that it is ready. */
  ready(): Promise<void>;
}

const ENV = { PATH: '', HOME: '/nonexistent' };

/** etcd and the API server, with RBAC and the users of tokens.csv. */
export async function startControlPlane(
  folder: string,
  programs: Programs,
  token: string,
): Promise<ControlPlane> {
  const [clients, peers, port] = [await freePort(), await freePort(), await freePort()];
  const etcd = `http://127.0.0.1:${clients}`;
  const url = `https://127.0.0.1:${port}`;
  await programs.start(kubernetes('etcd', etcdArguments(folder, etcd, `http://127.0.0.1:${peers}`)));
  await programs.start(kubernetes('kube-apiserver', apiServerArguments(folder, etcd, port)));
  const ready = async () => {
    await programs.until('API server ready', () => isReady(url, token));
  };
  await ready();
  return { url, ready };
}

/** What turns Deployments into pods, deletes what has no owner any more, and finds nodes. */
export async function startControllers(
  folder: string,
  programs: Programs,
  kubeconfig: string,
): Promise<void> {
  const shared = [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0'];
  await programs.start(
    kubernetes('kube-controller-manager', [
      ...shared,
      `--service-account-private-key-file=${join(folder, 'sa.key')}`,
      '--use-service-account-credentials=false',
      // kwok renews a node rarely; with the default of 50 s every pod would become unready.
      '--node-monitor-grace-period=24h',
    ]),
  );
  await programs.start(kubernetes('kube-scheduler', shared));
}

const kubernetes = (name: string, args: readonly string[]) => ({
  name,
  file: program('kubernetes', name),
  args,
  env: ENV,
});

const etcdArguments = (folder: string, clients: string, peers: string): string[] => [
  `--data-dir=${join(folder, 'etcd')}`,
  `--listen-client-urls=${clients}`,
  `--advertise-client-urls=${clients}`,
  `--listen-peer-urls=${peers}`,
  // Its data ends with the test.
  '--unsafe-no-fsync',
];

const apiServerArguments = (folder: string, etcd: string, port: number): string[] => [
  `--etcd-servers=${etcd}`,
  `--secure-port=${port}`,
  '--bind-address=127.0.0.1',
  `--cert-dir=${join(folder, 'certificates')}`,
  `--service-account-key-file=${join(folder, 'sa.key')}`,
  `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
  '--service-account-issuer=https://kubernetes.default.svc',
  '--authorization-mode=RBAC',
  `--token-auth-file=${join(folder, 'tokens.csv')}`,
  '--service-cluster-ip-range=10.0.0.0/24',
  // Otherwise a pod waits for the account that a controller makes some time after its namespace.
  '--disable-admission-plugins=ServiceAccount',
];

/** Its certificate is not yet known to anybody at this moment. */
const isReady = (url: string, token: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const asked = request(`${url}/readyz`, { headers, rejectUnauthorized: false, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.once('error', reject);
    asked.end();
  });
