import { createServer } from 'node:net';
import {
  type ActionRun,
  enginePath,
  type GitHub,
  type Repository,
  type RunActionOptions,
  runAction,
  startGitHub,
} from '@gitops-actions/testkit';

/** A shop whose workflow verifies, and its GitOps repository. No cluster. */
export interface Stage extends AsyncDisposable {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly gitops: Repository;
  /** A kubeconfig of a cluster where nobody answers. */
  readonly kubeconfig: string;
  verify(inputs?: Record<string, string>, options?: Partial<RunActionOptions>): Promise<ActionRun>;
}

export async function openStage(): Promise<Stage> {
  const github = await startGitHub();
  const shop = await github.createRepository('acme/shop');
  const gitops = await github.createRepository('acme/gitops', { private: true });
  const commit = await gitops.head('main');
  const kubeconfig = nobodyAt(await closedPort());
  return {
    github,
    shop,
    gitops,
    kubeconfig,
    verify: (inputs = {}, options = {}) =>
      runAction('verify-deployment', {
        github,
        repository: shop,
        inputs: {
          engine: 'argocd',
          application: 'shop',
          commit,
          repository: 'acme/gitops',
          'gitops-token': github.token,
          kubeconfig,
          ...inputs,
        },
        ...options,
      }),
    [Symbol.asyncDispose]: () => github.close(),
  };
}

/** A `PATH` with kubectl. */
export const withKubectl = () => ({ PATH: enginePath(['kubernetes']) });

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 1;
}

const nobodyAt = (port: number) => `apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "https://127.0.0.1:${port}"}}]
users: [{name: u, user: {token: a-token-of-some-length}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
`;
