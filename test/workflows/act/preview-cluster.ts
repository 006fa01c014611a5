import { type Cluster, startCluster } from '@gitops-actions/testkit';

/** A cluster with the namespace `previews`, which the deployer may edit. */
export async function startPreviewCluster(): Promise<Cluster> {
  const cluster = await startCluster();
  await cluster.createNamespace('previews');
  await cluster.grant('previews');
  return cluster;
}
