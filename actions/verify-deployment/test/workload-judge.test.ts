import { type ImageReference, parseImageReference } from '@gitops-actions/core/image';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hasPods, judgeWorkload, type Live, templateOf } from '../src/workload-judge.ts';

const reference = (text: string): readonly ImageReference[] => [parseImageReference(text) ?? []].flat();
const expected = reference('acme/web:2');
const live = (kind: string, more: object = {}): Live => ({
  ...{
    apiVersion: kind === 'Rollout' ? 'argoproj.io/v1alpha1' : kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
  },
  metadata: { name: 'web', generation: 2 },
  ...more,
});
const judge = (object: Live, images: readonly string[] = ['acme/web:2'], generation?: number) => {
  const judgement = judgeWorkload(object, { images, generation }, expected);
  return judgement.kind === 'healthy' ? 'healthy' : `${judgement.kind}: ${judgement.what}`;
};
const full = {
  observedGeneration: 2,
  replicas: 1,
  updatedReplicas: 1,
  availableReplicas: 1,
  readyReplicas: 1,
};
const failed = { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] };

test.each<[string, Live, readonly string[], string]>([
  ['a release that runs', live('Deployment', { status: full }), ['acme/web:2'], 'healthy'],
  [
    'its digest beside the tag',
    live('Deployment', { status: full }),
    [`acme/web:2@sha256:${'a'.repeat(64)}`],
    'healthy',
  ],
  ['the name in full', live('Deployment', { status: full }), ['docker.io/acme/web:2'], 'healthy'],
  [
    'an old release',
    live('Deployment', { status: full }),
    ['acme/web:1'],
    'waiting: its spec still has acme/web:1',
  ],
  [
    'an old release beside it',
    live('Deployment', { status: full }),
    ['acme/web:2', 'acme/web:1'],
    'waiting: its spec still has acme/web:1',
  ],
  [
    'an old Job that failed',
    live('Job', { status: failed }),
    ['acme/web:1'],
    'waiting: its spec still has acme/web:1',
  ],
  [
    'a Job that failed',
    live('Job', { status: failed }),
    ['acme/web:2'],
    'broken: it failed (BackoffLimitExceeded)',
  ],
  [
    'a Job that is suspended',
    live('Job', { spec: { suspend: true } }),
    ['acme/web:2'],
    'waiting: it is suspended',
  ],
  [
    'a StatefulSet that its partition holds back',
    live('StatefulSet', {
      spec: { replicas: 2, updateStrategy: { rollingUpdate: { partition: 1 } } },
      status: { ...full, readyReplicas: 2, availableReplicas: 2, currentRevision: 'a', updateRevision: 'b' },
    }),
    ['acme/web:2'],
    'waiting: it has 1 of 2 replicas updated, for the partition 1 of its updateStrategy holds the others back',
  ],
  [
    'a Rollout without a status',
    live('Rollout'),
    ['acme/web:2'],
    'waiting: it is not seen by its controller yet',
  ],
])('%s', (_, object, images, answer) => {
  expect(judge(object, images)).toBe(answer);
});

test('what fails for good is told from what may pass', () => {
  const finality = (object: Live) => {
    const judgement = judgeWorkload(object, { images: ['acme/web:2'], generation: undefined }, expected);
    return judgement.kind === 'broken' && judgement.isFinal;
  };
  const late = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }];
  expect([
    finality(live('Job', { status: failed })),
    finality(live('Rollout', { status: { phase: 'Degraded', abort: true } })),
    finality(live('Rollout', { status: { phase: 'Degraded' } })),
    finality(live('Deployment', { status: { ...full, conditions: late } })),
  ]).toEqual([true, true, false, false]);
});

test('a Rollout that has not seen the newest workload that it refers to is not judged by its phase', () => {
  const status = { phase: 'Healthy', observedGeneration: '2', workloadObservedGeneration: '4' };
  const bound = live('Rollout', { spec: { workloadRef: { kind: 'Deployment', name: 'web' } }, status });
  const containers = [{ image: 'acme/web:2' }];
  const source = live('Deployment', { spec: { template: { spec: { containers } } } });
  const at = (generation: number) => ({ ...source, metadata: { ...source.metadata, generation } });
  const answer = (generation: number) =>
    judgeWorkload(bound, templateOf(bound, [at(generation)]), expected).kind;
  expect([answer(4), answer(5)]).toEqual(['healthy', 'waiting']);
  expect(templateOf(bound, [at(4)]).images).toEqual(['acme/web:2']);
});

test('whatever its status says, nothing is healthy before its controller has seen it, or with another release', () => {
  const number = fc.integer({ min: 0, max: 3 });
  const revision = fc.constantFrom('a', 'b');
  const status = fc.record({
    observedGeneration: fc.option(number, { nil: undefined }),
    ...{ replicas: number, updatedReplicas: number, availableReplicas: number, readyReplicas: number },
    ...{ desiredNumberScheduled: number, updatedNumberScheduled: number, numberAvailable: number },
    ...{ currentRevision: revision, updateRevision: revision, stableRS: revision, currentPodHash: revision },
    phase: fc.constantFrom('Healthy', 'Progressing', 'Paused', 'Degraded'),
    abort: fc.boolean(),
  });
  const kinds = fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet', 'Rollout');
  const tags = fc.constantFrom('1', '2');
  fc.assert(
    fc.property(kinds, status, number, tags, (kind, seen, replicas, tag) => {
      const spec = { replicas };
      if (judge(live(kind, { spec, status: seen }), [`acme/web:${tag}`]) !== 'healthy') return;
      expect({ tag, isSeen: kind === 'Rollout' || (seen.observedGeneration ?? 0) >= 2 }).toEqual({
        ...{ tag: '2', isSeen: true },
      });
      if (kind === 'Rollout')
        expect(seen).toMatchObject({ phase: 'Healthy', abort: false, stableRS: seen.currentPodHash });
      if (kind === 'StatefulSet' && seen.currentRevision !== seen.updateRevision)
        expect(seen.updatedReplicas).toBeGreaterThanOrEqual(replicas);
    }),
    { numRuns: 2000 },
  );
});

test('pods run where there may be any', () => {
  expect([
    hasPods(live('Deployment')),
    hasPods(live('Deployment', { spec: { replicas: 0 } })),
    hasPods(live('DaemonSet', { status: { desiredNumberScheduled: 0 } })),
    hasPods(live('Job')),
  ]).toEqual([true, false, false, true]);
});
