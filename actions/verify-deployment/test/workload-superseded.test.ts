import { parseImageReference } from '@gitops-actions/core/image';
import type { Cluster } from '@gitops-actions/core/kubernetes';
import { expect, test } from '@jest/globals';
import { Sightings } from '../src/sightings.ts';
import { createWorkloadEngine } from '../src/workload-engine.ts';

const { signal } = new AbortController();
const log = { info: () => {}, debug: () => {}, notice: () => {}, warning: () => {} };

/** A Deployment as the API server has it. */
const deployment = (name: string, image: string, state: 'ready' | 'failed' | 'starting') => ({
  metadata: { name, uid: name, generation: 1 },
  spec: { minReadySeconds: 1, replicas: 1, template: { spec: { containers: [{ name: 'main', image }] } } },
  status: {
    observedGeneration: 1,
    ...(state === 'ready' && { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 }),
    ...(state === 'failed' && {
      conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
    }),
  },
});

/** How looks at two Deployments of one image end, each look given as what stands in both. */
async function looks(...all: readonly (readonly ReturnType<typeof deployment>[])[]) {
  let objects = all[0] ?? [];
  const proxy: NonNullable<Cluster['proxy']> = async ({ path }) => {
    const found = objects.find(({ metadata }) => path.endsWith(`/deployments/${metadata.name}`));
    return { kind: 'done', text: JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', ...found }) };
  };
  const exec = () => Promise.reject(new Error('no kubectl is needed'));
  const images = ['acme/web:v2'].flatMap((text) => parseImageReference(text) ?? []);
  const engine = createWorkloadEngine({
    ...{ cluster: { exec, env: {}, proxy }, namespace: 'shop', images, logLines: 0, log },
    selection: { kind: 'names', names: ['eu', 'us'] },
  });
  let time = 0;
  const sightings = new Sightings(() => time);
  const ends: string[] = [];
  for (objects of all) {
    time += 5000;
    const finding = sightings.weigh(await engine.look(signal));
    ends.push(finding === undefined ? 'goes on' : finding.superseded ? 'superseded' : finding.verdict);
  }
  return ends;
}

const ours = [deployment('eu', 'acme/web:v2', 'starting'), deployment('us', 'acme/web:v2', 'starting')];
const eu = deployment('eu', 'acme/web:v3', 'starting');

test.each<[string, ReturnType<typeof deployment>, readonly string[]]>([
  ['both', deployment('us', 'acme/web:v3', 'starting'), ['superseded']],
  ['one, and the other is healthy', deployment('us', 'acme/web:v2', 'ready'), ['superseded']],
  ['one, and the other comes up', deployment('us', 'acme/web:v2', 'starting'), ['goes on']],
  [
    'one, and the other is broken',
    deployment('us', 'acme/web:v2', 'failed'),
    ['goes on', 'goes on', 'unknown'],
  ],
])('of two workloads a newer release takes the place in %s', async (_name, us, expected) => {
  const again = expected.map(() => [eu, us]);
  expect(await looks(ours, ...again)).toEqual(['goes on', ...expected]);
});
