import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ActionRun,
  type Cluster,
  enginePath,
  type GitHub,
  type PullRequest,
  type Repository,
  type RunActionOptions,
  runAction,
  startGitHub,
  temporaryDirectory,
} from '@gitops-actions/testkit';
import { parseAllDocuments } from 'yaml';
import { root } from '../../scripts/project.ts';

const SHOP = join(root, 'examples/shop');

/** A GitOps repository with the sample's previews, and a shop with a pull request. */
export interface GitOpsStage extends AsyncDisposable {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly gitops: Repository;
  readonly pull: PullRequest;
  /** Opens the GitOps repository for the controller. */
  readonly token: string;
  deploy(inputs: Record<string, string>, options?: Partial<RunActionOptions>): Promise<ActionRun>;
  /** For the pull request, on the event that closed it. */
  cleanUp(inputs: Record<string, string>): Promise<ActionRun>;
}

/** @param inputs of both actions, such as `controller` */
export async function gitopsStage(
  kubernetes: () => Cluster,
  template: string,
  inputs: Record<string, string>,
): Promise<GitOpsStage> {
  const workspace = await checkout();
  const github = await startGitHub();
  const shop = await github.createRepository('acme/shop');
  const files = {
    'previews/README.md': 'Previews\n',
    'previews/namespace.yaml': await readFile(join(SHOP, 'gitops/previews/namespace.yaml'), 'utf8'),
  };
  const gitops = await github.createRepository('acme/gitops', { private: true, files });
  const pull = await shop.openPullRequest({ head: 'feature', files: { 'app.txt': 'one' } });
  const shared = () => ({
    engine: 'gitops',
    repository: 'acme/gitops',
    path: 'previews',
    'gitops-token': github.token,
    kubeconfig: kubernetes().deployerKubeconfig,
    ...inputs,
  });
  const run = (name: string, given: Record<string, string>, options: Partial<RunActionOptions>) => {
    const payload = github.event('pull_request', { repository: shop, pullRequest: pull });
    return runAction(name, {
      github,
      repository: shop,
      event: { name: 'pull_request', payload },
      inputs: { ...shared(), ...given },
      env: { PATH: enginePath(['kubernetes']) },
      workspace: workspace.path,
      ...options,
    });
  };
  return {
    github,
    shop,
    gitops,
    pull,
    token: github.issueToken({ permissions: { contents: 'read' } }),
    deploy: (given, options = {}) =>
      run(
        'deploy-preview',
        { domain: 'preview.shop.test', service: 'web', timeout: '60s', template, ...given },
        options,
      ),
    cleanUp: (given) => {
      const payload = github.event('pull_request_target', {
        repository: shop,
        pullRequest: pull,
        action: 'closed',
      });
      const event = { name: 'pull_request_target', payload };
      return run('cleanup-previews', { deadline: '60s', ...given }, { event, timeout: 120_000 });
    },
    [Symbol.asyncDispose]: async () => {
      await github.close();
      await workspace[Symbol.asyncDispose]();
    },
  };
}

/** The sample's templates, and one that no controller can render. */
async function checkout(): Promise<Awaited<ReturnType<typeof temporaryDirectory>>> {
  const workspace = await temporaryDirectory();
  await cp(join(SHOP, 'app'), workspace.path, { recursive: true });
  const flux = join(workspace.path, 'preview-flux/flux.yaml');
  await writeFile(flux, (await readFile(flux, 'utf8')).replace('timeout: 3m', 'timeout: 30s'));
  await mkdir(join(workspace.path, 'broken'));
  await writeFile(join(workspace.path, 'broken/kustomization.yaml'), 'resources: [missing.yaml]\n');
  return workspace;
}

/** The objects of a file of the sample, with its repository at the one on loopback. */
export async function sampleObjects(path: string, { cloneUrl }: Repository): Promise<readonly object[]> {
  const text = await readFile(join(SHOP, 'gitops', path), 'utf8');
  const documents = parseAllDocuments(text.replaceAll('https://github.com/acme/gitops.git', cloneUrl));
  return documents.map((document) => document.toJS() as object);
}

/** A stand-in for an ingress controller: it gives each Ingress the address that Argo CD waits for. */
export function serveIngresses({ api }: Cluster, namespaces: readonly string[]): Disposable {
  const over = new AbortController();
  const status = { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } };
  for (const namespace of namespaces) {
    const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`;
    const serve = (ingress: unknown) => {
      const { metadata, status: before } = ingress as Ingress;
      if (before.loadBalancer.ingress === undefined)
        // It may be gone already.
        api.patch(`${path}/${metadata.name}/status`, { status }).catch(() => undefined);
    };
    api.watch(path, serve, over.signal);
  }
  return { [Symbol.dispose]: () => over.abort() };
}

interface Ingress {
  readonly metadata: { readonly name: string };
  readonly status: { readonly loadBalancer: { readonly ingress?: unknown } };
}

/** The role `view` in a namespace for the deployer. */
export const viewer = (namespace: string) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'previews-view', namespace },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'deployer' }],
});
