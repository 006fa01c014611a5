import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from './cluster/types.ts';

/** Manifests of a folder, without the kustomization that lists them. */
export const manifestsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name !== 'kustomization.yaml')
    .map((name) => join(folder, name));

/** Applies CustomResourceDefinitions; resolves when the API server serves their kinds. */
export async function applyCrds(cluster: Cluster, files: readonly string[]): Promise<void> {
  const named = files.flatMap((file) => ['-f', file]);
  await cluster.kubectl('apply', '--server-side', '--force-conflicts', ...named);
  await cluster.programs.until('kinds served', async () => {
    // It fails at once on a definition that has no conditions yet.
    await cluster.kubectl('wait', '--for=condition=Established', '--timeout=5s', 'crd', '--all');
    return true;
  });
}
