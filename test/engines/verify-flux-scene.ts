import { type Flux, type Repository, startFlux } from '@gitops-actions/testkit';
import { openNamespace, type VerifyScene, verifyScene } from './verify-scene.ts';

export { NAMESPACE, release } from './verify-scene.ts';

export const ENGINES = ['kubernetes', 'kwok', 'flux'];
/** Of one test; milliseconds. */
export const LONGEST = 150_000;

/** A cluster with Flux, its source a stand-in, a GitOps repository, and a shop whose workflow verifies. */
export interface FluxScene extends VerifyScene, AsyncDisposable {
  readonly flux: Flux;
  /** A Kustomization of a folder, which waits for what it applies. */
  apply(name: string, spec?: object): Promise<void>;
  /** Changes a Kustomization's spec. */
  change(name: string, spec: object): Promise<void>;
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
  const { token, ...scene } = await verifyScene('flux', resources, LONGEST);
  const { cluster, gitops } = scene;
  const flux = resources.use(await startFlux(cluster));
  await openNamespace(cluster);
  await cluster.apply(...verifier, ...source(gitops, token));
  return {
    ...scene,
    flux,
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
