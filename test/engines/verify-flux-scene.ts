import {
  type ActionRun,
  type Cluster,
  enginePath,
  type Flux,
  type GitHub,
  type Repository,
  type RunActionOptions,
  runAction,
  startCluster,
  startFlux,
  startGitHub,
} from '@gitops-actions/testkit';
import { deployment } from './workloads.ts';

export const ENGINES = ['kubernetes', 'kwok', 'flux'];
/** Of one test; milliseconds. */
export const LONGEST = 150_000;
export const NAMESPACE = 'shop';

/** A cluster with Flux, its source a stand-in, a GitOps repository, and a shop whose workflow verifies. */
export interface FluxScene extends AsyncDisposable {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly gitops: Repository;
  readonly cluster: Cluster;
  readonly flux: Flux;
  /** Commits files to the GitOps repository; the commit's id. */
  push(files: Record<string, object | string | null>): Promise<string>;
  /** A Kustomization of a folder, which waits for what it applies. */
  apply(name: string, spec?: object): Promise<void>;
  /** Changes a Kustomization's spec. */
  change(name: string, spec: object): Promise<void>;
  verify(inputs: Record<string, string>, options?: Partial<RunActionOptions>): Promise<ActionRun>;
}

const binding = (role: string) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: role, namespace: 'flux-system' },
  subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'deployer' }],
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role },
});

/** The rights that the README asks for. */
const verifier = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'verifier', namespace: 'flux-system' },
    rules: [
      {
        apiGroups: ['kustomize.toolkit.fluxcd.io', 'helm.toolkit.fluxcd.io', 'source.toolkit.fluxcd.io'],
        resources: ['kustomizations', 'helmreleases', 'gitrepositories'],
        verbs: ['get', 'list', 'watch', 'patch'],
      },
    ],
  },
  binding('verifier'),
];

export async function fluxScene(): Promise<FluxScene> {
  const resources = new AsyncDisposableStack();
  const github = resources.use(await startGitHub());
  const shop = await github.createRepository('acme/shop', { private: true });
  const gitops = await github.createRepository('acme/gitops', {
    private: true,
    files: { 'README.md': 'Manifests\n' },
  });
  const token = github.issueToken({ permissions: { contents: 'read' } });
  const cluster = resources.use(await startCluster());
  const flux = resources.use(await startFlux(cluster));
  await cluster.createNamespace(NAMESPACE);
  await cluster.grant(NAMESPACE, 'view');
  await cluster.apply(...verifier, ...source(gitops, token));
  return {
    github,
    shop,
    gitops,
    cluster,
    flux,
    push: (files) => gitops.commit('main', written(files)),
    apply: (name, spec = {}) =>
      cluster.apply({
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name, namespace: 'flux-system', labels: { team: 'shop' } },
        spec: { ...kustomizationSpec(name), ...spec },
      }),
    change: async (name, spec) => {
      const kind = 'kustomizations.kustomize.toolkit.fluxcd.io';
      const patch = ['--type=merge', '--patch', JSON.stringify({ spec })];
      await cluster.kubectl('patch', kind, name, '-n', 'flux-system', ...patch);
    },
    verify: (inputs, options = {}) =>
      runAction('verify-deployment', {
        github,
        repository: shop,
        inputs: {
          engine: 'flux',
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

function source({ cloneUrl }: Repository, password: string): readonly object[] {
  const metadata = (name: string) => ({ name, namespace: 'flux-system' });
  const spec = { url: cloneUrl, interval: '10m', ref: { branch: 'main' }, secretRef: { name: 'login' } };
  return [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: metadata('login'),
      stringData: { username: 'git', password },
    },
    { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata: metadata('gitops'), spec },
  ];
}

const kustomizationSpec = (path: string) => ({
  path: `./${path}`,
  interval: '10m',
  timeout: '30s',
  prune: true,
  wait: true,
  sourceRef: { kind: 'GitRepository', name: 'gitops' },
});

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
