import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canary } from './rollouts-manifests.ts';
import { describeRollouts } from './verify-rollout-scene.ts';
import { NAMESPACE } from './verify-workload-scene.ts';
import { deployment } from './workloads.ts';

/** One release after the other of one workload. */
const releases = fc.array(
  fc.record({
    isBad: fc.boolean(),
    /** Takes the last good release back instead of bringing a new one. */
    isBack: fc.boolean(),
    replicas: fc.integer({ min: 1, max: 3 }),
    /** When it is applied, beside the start of its verification; milliseconds. */
    delay: fc.integer({ min: -300, max: 1500 }),
  }),
  { minLength: 6, maxLength: 6 },
);
const LANES = ['workload', 'workload', 'workload', 'rollout', 'rollout'] as const;

describeRollouts('verify-deployment, engines workload and rollout', (scene) => {
  const release = async (engine: (typeof LANES)[number], name: string, tag: string, replicas: number) => {
    const image = `acme/${name}:${tag}`;
    const made =
      engine === 'workload' ? deployment(NAMESPACE, name, image) : canary(NAMESPACE, name, image, []);
    await scene.cluster().apply({ ...made, spec: { ...made.spec, replicas, progressDeadlineSeconds: 4 } });
  };

  /** The controller of Rollouts may overlook what changes while it works. */
  const rest = async (engine: (typeof LANES)[number], name: string, phase: string) => {
    if (engine === 'rollout') await scene.settled(name, phase);
  };

  test('releases good and bad, one after the other in random ways, end with no false verdict', async () => {
    const seed = Date.now() % 2 ** 31;
    const lanes = LANES.map(async (engine, lane) => {
      const name = `lane-${lane}`;
      const [random = []] = fc.sample(releases, { seed: seed + lane, numRuns: 1 });
      let good = 'first';
      await release(engine, name, good, 1);
      await rest(engine, name, 'Healthy');
      for (const [index, { isBad, isBack, replicas, delay }] of random.entries()) {
        const tag = isBad ? `${index}-crash-loop` : isBack ? good : `${index}`;
        if (!isBad) good = tag;
        const application = engine === 'workload' ? `deployment/${name}` : name;
        const [{ verdict, message, said }] = await Promise.all([
          sleep(Math.max(0, -delay)).then(() =>
            scene[engine]({ application, images: [`acme/${name}:${tag}`], timeout: 40_000 }),
          ),
          sleep(Math.max(0, delay)).then(() => release(engine, name, tag, replicas)),
        ]);
        const expected = isBad ? 'degraded' : 'healthy';
        await rest(engine, name, isBad ? 'Degraded' : 'Healthy');
        const seen = { seed, name, index, tag, message, said };
        expect({ ...seen, verdict }).toEqual({ ...seen, verdict: expected });
      }
    });
    await Promise.all(lanes);
  }, 240_000);
});
