import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { program, requireEngine } from '../catalog.ts';
import type { Cluster } from '../cluster/types.ts';
import { applyCrds, manifestsIn } from '../crds.ts';
import { freePort } from '../ports.ts';
import { startSource } from './source.ts';
import type { Flux, GitRepository, Kustomization } from './types.ts';

const NAMESPACE = 'flux-system';

/**
 * Flux on a cluster: the real kustomize-controller, and a stand-in for source-controller. Close it before its cluster.
 * Its engine: `flux`.
 */
export async function startFlux(cluster: Cluster): Promise<Flux> {
  const files = join(requireEngine('flux'), 'files');
  const crds = readdirSync(files).flatMap((module) => manifestsIn(join(files, module, 'config/crd/bases')));
  await cluster.createNamespace(NAMESPACE);
  await applyCrds(cluster, crds);
  const source = await startSource(cluster);
  await startController(cluster);
  return {
    kustomization: (name, namespace = NAMESPACE) =>
      cluster.get<Kustomization>('kustomizations.kustomize.toolkit.fluxcd.io', namespace, name),
    gitRepository: (name, namespace = NAMESPACE) =>
      cluster.get<GitRepository>('gitrepositories.source.toolkit.fluxcd.io', namespace, name),
    async reconcileSource(name, namespace = NAMESPACE) {
      const annotation = `reconcile.fluxcd.io/requestedAt=${new Date().toISOString()}`;
      const args = ['gitrepositories.source.toolkit.fluxcd.io', name, '-n', namespace, '--overwrite'];
      await cluster.kubectl('annotate', ...args, annotation);
    },
    close: source.close,
    [Symbol.asyncDispose]: source.close,
  };
}

async function startController(cluster: Cluster): Promise<void> {
  const [metrics, health] = [await freePort(), await freePort()].map((port) => `127.0.0.1:${port}`);
  await cluster.programs.start({
    name: 'kustomize-controller',
    file: program('flux', 'kustomize-controller'),
    args: [
      '--metrics-addr',
      `${metrics}`,
      '--health-addr',
      `${health}`,
      '--events-addr',
      '',
      '--enable-leader-election=false',
    ],
    env: { ...cluster.env, RUNTIME_NAMESPACE: NAMESPACE },
  });
  await cluster.programs.until(
    'kustomize-controller healthy',
    async () => (await fetch(`http://${health}/healthz`)).ok,
  );
}
