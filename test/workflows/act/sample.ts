import { join } from 'node:path';
import {
  createCertificate,
  type GitHub,
  type Registry,
  type RegistryAuth,
  type Repository,
  startGitHub,
  startRegistry,
} from '@gitops-actions/testkit';
import { type Cluster, startCluster } from '../../../scripts/demo/cluster.ts';
import { root } from '../../../scripts/project.ts';
import { filesOf } from './files.ts';

const SHOP = join(root, 'examples', 'shop');

export const DOMAIN = 'preview.example.com';

/** The sample's two repositories on loopback, a registry, and what follows the GitOps repository. */
export interface Sample {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly gitops: Repository;
  readonly registry: Registry;
  /** Follows acme/gitops and answers for the previews' hosts. */
  readonly cluster: Cluster;
  /** For runs: what makes those hosts answer. */
  readonly env: Readonly<Record<string, string>>;
}

export interface SampleOptions {
  /** Of acme/shop, over those of the sample. */
  readonly files?: Readonly<Record<string, string>>;
  /** Who may pull and push. Default: everybody. */
  readonly registryAuth?: RegistryAuth;
}

/** @param folder where the certificate goes; whatever is started ends with the stack */
export async function startSample(
  stack: AsyncDisposableStack,
  folder: string,
  { files = {}, registryAuth }: SampleOptions,
): Promise<Sample> {
  const github = stack.use(await startGitHub());
  const registry = stack.use(await startRegistry(registryAuth && { auth: registryAuth }));
  const here = { 'ghcr.io': registry.host };
  const app = { ...filesOf(join(SHOP, 'app'), here), ...files };
  const shop = await github.createRepository('acme/shop', { files: app });
  const manifests = filesOf(join(SHOP, 'gitops'), here);
  const gitops = await github.createRepository('acme/gitops', { files: manifests, private: true });
  const certificate = await createCertificate([`*.${DOMAIN}`], folder);
  const cluster = stack.use(await startCluster(gitops, certificate));
  const env = {
    ...{ https_proxy: cluster.proxyUrl, no_proxy: '127.0.0.1' },
    NODE_EXTRA_CA_CERTS: certificate.file,
  };
  return { github, shop, gitops, registry, cluster, env };
}
