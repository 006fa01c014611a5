import { type Rollouts, startRollouts } from '@gitops-actions/testkit';
import { canary } from './rollouts-manifests.ts';
import { describeVerification, NAMESPACE, type VerifyScene } from './verify-workload-scene.ts';

export interface RolloutScene extends VerifyScene {
  rollouts(): Rollouts;
  /** `kubectl argo rollouts promote web`. */
  plugin(verb: string, name: string): Promise<string>;
  /** Waits until a Rollout is in this phase; its status then. */
  settled(
    name: string,
    phase: string,
  ): Promise<NonNullable<Awaited<ReturnType<Rollouts['settled']>>['status']>>;
  /** The first release runs; the second, of the same image, stands at its pause. */
  pausedCanary(name: string, image: string, steps?: readonly object[]): Promise<void>;
}

/** With Argo Rollouts, whose aggregated role the user `deployer` has. */
export function describeRollouts(title: string, body: (scene: RolloutScene) => void): void {
  let rollouts: Rollouts;
  const settled: RolloutScene['settled'] = async (name, phase) => {
    const { status } = await rollouts.settled(NAMESPACE, name, phase);
    return status ?? {};
  };
  describeVerification(
    title,
    ['rollouts'],
    (scene) =>
      body({
        ...scene,
        rollouts: () => rollouts,
        plugin: (verb, name) => rollouts.plugin(verb, name, '-n', NAMESPACE),
        settled,
        pausedCanary: async (name, image, steps) => {
          await scene.cluster().apply(canary(NAMESPACE, name, `${image}:1`, steps));
          await settled(name, 'Healthy');
          await scene.cluster().apply(canary(NAMESPACE, name, `${image}:2`, steps));
          await settled(name, 'Paused');
        },
      }),
    async (cluster) => {
      rollouts = await startRollouts(cluster);
      const rule = ['--verb=get,list,watch', '--resource=rollouts.argoproj.io', '-n', NAMESPACE];
      await cluster.kubectl('create', 'role', 'rollouts', ...rule);
      const binding = ['--role=rollouts', '--user=deployer', '-n', NAMESPACE];
      await cluster.kubectl('create', 'rolebinding', 'rollouts', ...binding);
    },
  );
}
