import { type ArgoCd, type Cluster, startArgoCd } from '@gitops-actions/testkit';
import type { Scene } from './scene.ts';

export const ENVIRONMENTS = ['dev', 'staging', 'production'] as const;
/** What they run before the first delivery. */
const FIRST = { dev: 'v1.0.3-0000003', staging: 'v1.0.2-0000002', production: 'v1.0.1-0000001' };
export type Environment = (typeof ENVIRONMENTS)[number];
export const SERVICES = ['web', 'orders', 'payments'] as const;

export const overlayOf = (environment: Environment): string =>
  `apps/shop/overlays/${environment}/kustomization.yaml`;

interface Workload {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
  };
}

/** An Application of Argo CD for each environment of the shop, each with its own namespace. */
export async function startEnvironments(cluster: Cluster, scene: Scene): Promise<ArgoCd> {
  const { github, gitops } = scene;
  await gitops.commit('main', Object.fromEntries(await Promise.all(ENVIRONMENTS.map(overlayText(scene)))));
  await failSoon(scene);
  const token = github.issueToken({ permissions: { contents: 'read' } });
  const argocd = await startArgoCd(cluster, { repositories: [{ url: gitops.cloneUrl, token }] });
  await cluster.apply(...ENVIRONMENTS.map((environment) => application(environment, gitops.cloneUrl)));
  return argocd;
}

const overlayText =
  ({ registry }: Scene) =>
  async (environment: Environment): Promise<[string, string]> => {
    const images = SERVICES.map(
      (name) => `  - { name: ${registry.host}/acme/${name}, newTag: ${FIRST[environment]} }\n`,
    );
    const head = `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: shop-${environment}\n`;
    return [overlayOf(environment), `${head}resources:\n  - ../../base\n\nimages:\n${images.join('')}`];
  };

/** Kubernetes would wait ten minutes until it says that a Deployment does not get on. */
async function failSoon({ gitops }: Scene): Promise<void> {
  const paths = SERVICES.map((name) => `apps/shop/base/${name}.yaml`);
  const changed = await Promise.all(
    paths.map(async (path) => {
      const text = await gitops.read('main', path);
      return [
        path,
        text.replace('\nspec:\n  selector:', '\nspec:\n  progressDeadlineSeconds: 6\n  selector:'),
      ] as const;
    }),
  );
  await gitops.commit('main', Object.fromEntries(changed));
}

const application = (environment: Environment, repoURL: string) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: `shop-${environment}`, namespace: 'argocd' },
  spec: {
    project: 'default',
    source: { repoURL, targetRevision: 'main', path: `apps/shop/overlays/${environment}` },
    destination: { server: 'https://kubernetes.default.svc', namespace: `shop-${environment}` },
    syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] },
  },
});

/** The secrets of acme/shop that the starters take. */
export const starterSecrets = (
  { app, slack }: Scene,
  cluster: Cluster,
): Readonly<Record<string, string>> => ({
  GITOPS_APP_PRIVATE_KEY: app.privateKey,
  DEPLOY_KUBECONFIG: cluster.kubeconfig,
  SLACK_TOKEN: slack.token,
});

/** The tags that a file of the GitOps repository names. */
export async function writtenTags({ gitops }: Scene, environment: Environment): Promise<readonly string[]> {
  const text = await gitops.read('main', overlayOf(environment));
  return [...text.matchAll(/newTag: ([^ ]+)/g)].map(([, tag = '']) => tag);
}

/** The image of a Deployment's first container; undefined when there is no such Deployment. */
export async function imageOf(
  cluster: Cluster,
  namespace: string,
  name: string,
): Promise<string | undefined> {
  const found = await cluster.get<Workload>('deployment', namespace, name);
  return found?.spec.template.spec.containers[0]?.image;
}

/** The tags that an environment of the cluster has. */
export async function runningTags(cluster: Cluster, environment: Environment): Promise<readonly string[]> {
  const images = await Promise.all(SERVICES.map((name) => imageOf(cluster, `shop-${environment}`, name)));
  return images.map((image) => image?.replace(/^.*:/, '') ?? '');
}
