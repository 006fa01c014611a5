import {
  type ActionRun,
  type ArgoCd,
  type Cluster,
  enginePath,
  type GitHub,
  type Repository,
  type RunActionOptions,
  runAction,
  startArgoCd,
  startCluster,
  startGitHub,
} from '@gitops-actions/testkit';
import { deployment } from './workloads.ts';

export const ENGINES = ['kubernetes', 'kwok', 'argocd', 'kustomize', 'helm3'];
/** Of one test; milliseconds. */
export const LONGEST = 120_000;
export const NAMESPACE = 'shop';

/** A cluster with Argo CD, a GitOps repository, and a shop whose workflow verifies. */
export interface ArgoCdScene extends AsyncDisposable {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly gitops: Repository;
  readonly cluster: Cluster;
  readonly argocd: ArgoCd;
  /** Commits files to the GitOps repository; the commit's id. */
  push(files: Record<string, object | string | null>): Promise<string>;
  /** An Application of a folder. */
  apply(name: string, spec?: object, more?: object): Promise<void>;
  verify(inputs: Record<string, string>, options?: Partial<RunActionOptions>): Promise<ActionRun>;
}

/** The rights that the README asks for. */
const verifier = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'verifier', namespace: 'argocd' },
    rules: [
      {
        apiGroups: ['argoproj.io'],
        resources: ['applications'],
        verbs: ['get', 'list', 'watch', 'patch'],
      },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'verifier', namespace: 'argocd' },
    subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'deployer' }],
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'verifier' },
  },
];

export async function argoCdScene(): Promise<ArgoCdScene> {
  const resources = new AsyncDisposableStack();
  const github = resources.use(await startGitHub());
  const shop = await github.createRepository('acme/shop', { private: true });
  const gitops = await github.createRepository('acme/gitops', {
    private: true,
    files: { 'README.md': 'Manifests\n' },
  });
  const token = github.issueToken({ permissions: { contents: 'read' } });
  const cluster = resources.use(await startCluster());
  const argocd = await startArgoCd(cluster, { repositories: [{ url: gitops.cloneUrl, token }] });
  await cluster.createNamespace(NAMESPACE);
  await cluster.grant(NAMESPACE, 'view');
  await cluster.apply(...verifier);
  return {
    github,
    shop,
    gitops,
    cluster,
    argocd,
    push: (files) => gitops.commit('main', written(files)),
    apply: (name, spec = {}, more = {}) =>
      cluster.apply({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name, namespace: 'argocd', ...more },
        spec: { ...applicationSpec(gitops, name), ...spec },
      }),
    verify: (inputs, options = {}) =>
      runAction('verify-deployment', {
        github,
        repository: shop,
        inputs: {
          engine: 'argocd',
          repository: gitops.fullName,
          'gitops-token': token,
          kubeconfig: cluster.deployerKubeconfig,
          timeout: '60s',
          ...inputs,
        },
        env: { PATH: enginePath(['kubernetes']) },
        timeout: LONGEST,
        ...options,
      }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** Of a folder of the GitOps repository; synced by itself. */
export function applicationSpec({ cloneUrl }: Repository, path: string): object {
  return {
    project: 'default',
    source: { repoURL: cloneUrl, targetRevision: 'main', path },
    destination: { server: 'https://kubernetes.default.svc', namespace: NAMESPACE },
    syncPolicy: { automated: { prune: true } },
  };
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
