import { type ArgoCd, type Repository, startArgoCd } from '@gitops-actions/testkit';
import { NAMESPACE, openNamespace, type VerifyScene, verifyScene } from './verify-scene.ts';

export { NAMESPACE, release } from './verify-scene.ts';

export const ENGINES = ['kubernetes', 'kwok', 'argocd', 'kustomize', 'helm3'];
/** Of one test; milliseconds. */
export const LONGEST = 120_000;

/** A cluster with Argo CD, a GitOps repository, and a shop whose workflow verifies. */
export interface ArgoCdScene extends VerifyScene, AsyncDisposable {
  readonly argocd: ArgoCd;
  /** An Application of a folder. */
  apply(name: string, spec?: object, more?: object): Promise<void>;
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
  const { token, ...scene } = await verifyScene('argocd', resources, LONGEST);
  const { cluster, gitops } = scene;
  const argocd = await startArgoCd(cluster, { repositories: [{ url: gitops.cloneUrl, token }] });
  await openNamespace(cluster);
  await cluster.apply(...verifier);
  return {
    ...scene,
    argocd,
    apply: (name, spec = {}, more = {}) =>
      cluster.apply({
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name, namespace: 'argocd', ...more },
        spec: { ...applicationSpec(gitops, name), ...spec },
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
