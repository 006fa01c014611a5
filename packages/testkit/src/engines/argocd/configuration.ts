import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { requireEngine } from '../catalog.ts';
import type { Cluster } from '../cluster/types.ts';
import { applyCrds, manifestsIn } from '../crds.ts';
import type { ArgoCdOptions } from './types.ts';

export const NAMESPACE = 'argocd';

const DEFAULT_POLICY = 'p, ci, applications, get, */*, allow';

/** Its CRDs, and the ConfigMaps without which it does not start. */
export async function configure(cluster: Cluster, options: ArgoCdOptions): Promise<void> {
  const manifests = join(requireEngine('argocd'), 'files', 'argo-cd', 'manifests');
  await cluster.createNamespace(NAMESPACE);
  await applyCrds(cluster, manifestsIn(join(manifests, 'crds')));
  await cluster.apply(...settings(manifests, options), {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'default', namespace: NAMESPACE },
    spec: {
      sourceRepos: ['*'],
      destinations: [{ namespace: '*', server: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  });
}

interface Settings {
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

function settings(manifests: string, options: ArgoCdOptions): object[] {
  const changes: Readonly<Record<string, object>> = {
    // Nothing moves before a test asks for it.
    'argocd-cm': { data: { 'timeout.reconciliation': '0s', 'accounts.ci': 'apiKey' } },
    'argocd-rbac-cm': { data: { 'policy.csv': options.policy ?? DEFAULT_POLICY } },
    'argocd-secret': { stringData: { 'server.secretkey': randomUUID() } },
  };
  const shipped = manifestsIn(join(manifests, 'base', 'config')).map((file) => {
    const object = parse(readFileSync(file, 'utf8')) as Settings;
    const { data, ...change } = { data: {}, ...changes[object.metadata.name] };
    const merged = { ...object, ...change, data: { ...object.data, ...data } };
    return { ...merged, metadata: { ...object.metadata, namespace: NAMESPACE } };
  });
  return [...shipped, ...(options.repositories ?? []).map(repositorySecret)];
}

const repositorySecret = ({ url, token }: { url: string; token: string }, index: number): object => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    name: `repository-${index}`,
    namespace: NAMESPACE,
    labels: { 'argocd.argoproj.io/secret-type': 'repository' },
  },
  stringData: { type: 'git', url, username: 'x-access-token', password: token },
});
