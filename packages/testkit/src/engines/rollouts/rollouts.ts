import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { program, requireEngine } from '../catalog.ts';
import type { Cluster } from '../cluster/types.ts';
import { applyCrds, manifestsIn } from '../crds.ts';
import { freePort } from '../ports.ts';
import { runProgram } from '../run-program.ts';
import type { Rollout, Rollouts } from './types.ts';

const NAMESPACE = 'argo-rollouts';
/** Of the controller, among the cluster's programs. */
const CONTROLLER = 'rollouts-controller';
/** Without a change the controller is done; milliseconds. */
const REST = 500;

/**
 * Argo Rollouts on a cluster: the real controller for all namespaces, and the plugin of kubectl. It ends with the cluster.
 * Its engine: `rollouts`.
 */
export async function startRollouts(cluster: Cluster): Promise<Rollouts> {
  const crds = join(requireEngine('rollouts'), 'files', 'argo-rollouts', 'manifests/crds');
  await cluster.createNamespace(NAMESPACE);
  await applyCrds(cluster, manifestsIn(crds));
  await startController(cluster);
  const plugin = program('rollouts', 'kubectl-argo-rollouts');
  const rollout = (namespace: string, name: string) =>
    cluster.get<Rollout>('rollouts.argoproj.io', namespace, name);
  const inPhase = async (namespace: string, name: string, phase: string) => {
    const found = await rollout(namespace, name);
    const isSeen = Number(found?.status?.observedGeneration) === found?.metadata.generation;
    return isSeen && found?.status?.phase === phase ? found : undefined;
  };
  return {
    rollout,
    settled: (namespace, name, phase) =>
      cluster.programs.until(`Rollout ${name} ${phase}`, async () => {
        const found = await inPhase(namespace, name, phase);
        await sleep(REST);
        const later = await inPhase(namespace, name, phase);
        return later?.metadata.resourceVersion === found?.metadata.resourceVersion ? later : undefined;
      }),
    plugin: async (...args) =>
      (await runProgram(plugin, args, { cwd: cluster.folder, env: cluster.env })).stdout,
  };
}

async function startController(cluster: Cluster): Promise<void> {
  const [metrics, health] = [await freePort(), await freePort()];
  await cluster.programs.start({
    name: CONTROLLER,
    file: program('rollouts', 'rollouts-controller'),
    args: [
      ...['--kubeconfig', cluster.env.KUBECONFIG ?? '', '--namespace', NAMESPACE],
      ...['--leader-elect=false', '--metricsPort', `${metrics}`, '--healthzPort', `${health}`],
    ],
    env: cluster.env,
  });
  await cluster.programs.until(
    `${CONTROLLER} healthy`,
    async () => (await fetch(`http://127.0.0.1:${health}/healthz`)).ok,
  );
}
