import {
  type ActionRun,
  type Cluster,
  enginePath,
  type GitHub,
  type Repository,
  type RunActionOptions,
  runAction,
  startCluster,
  startGitHub,
} from '@gitops-actions/testkit';
import { deployment } from './workloads.ts';

export const NAMESPACE = 'shop';

/** A cluster, a GitOps repository that a controller may read, and a shop whose workflow verifies. */
export interface VerifyScene {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly gitops: Repository;
  readonly cluster: Cluster;
  /** Commits files to the GitOps repository; the commit's id. */
  push(files: Record<string, object | string | null>): Promise<string>;
  verify(inputs: Record<string, string>, options?: Partial<RunActionOptions>): Promise<ActionRun>;
}

/**
 * @param resources what ends with the scene
 * @param timeout of one run; milliseconds
 * @returns the scene, and the token that reads the GitOps repository
 */
export async function verifyScene(
  engine: 'argocd' | 'flux',
  resources: AsyncDisposableStack,
  timeout: number,
): Promise<VerifyScene & { readonly token: string }> {
  const github = resources.use(await startGitHub());
  const shop = await github.createRepository('acme/shop', { private: true });
  const gitops = await github.createRepository('acme/gitops', {
    private: true,
    files: { 'README.md': 'Manifests\n' },
  });
  const token = github.issueToken({ permissions: { contents: 'read' } });
  const cluster = resources.use(await startCluster());
  return {
    github,
    shop,
    gitops,
    cluster,
    token,
    push: (files) => gitops.commit('main', written(files)),
    verify: (inputs, options = {}) =>
      runAction('verify-deployment', {
        github,
        repository: shop,
        inputs: {
          engine,
          repository: gitops.fullName,
          'gitops-token': token,
          kubeconfig: cluster.deployerKubeconfig,
          timeout: '60s',
          ...inputs,
        },
        env: { PATH: enginePath(['kubernetes']) },
        timeout,
        ...options,
      }),
  };
}

/** The namespace of the shop, in which whoever verifies may look. */
export async function openNamespace(cluster: Cluster): Promise<void> {
  await cluster.createNamespace(NAMESPACE);
  await cluster.grant(NAMESPACE, 'view');
}

/** A folder with one Deployment, of which the end of the tag says how its pods fare. */
export const release = (name: string, tag: string) => ({
  [`${name}/deployment.yaml`]: deployment(NAMESPACE, name, `ghcr.io/acme/${name}:${tag}`),
});

function written(files: Record<string, object | string | null>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'object' && content !== null ? JSON.stringify(content) : content,
    ]),
  );
}
