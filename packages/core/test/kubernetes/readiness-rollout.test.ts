import { expect, test } from '@jest/globals';
import { readinessOf } from '../../src/kubernetes/readiness.ts';

const canary = (...steps: object[]) => ({ strategy: { canary: { steps } } });
const paused = (reason: string, status: object) => ({
  ...{ phase: 'Paused', message: reason, controllerPause: true, pauseConditions: [{ reason }] },
  ...status,
});

function judge(spec: object, status: object, metadata: object = {}) {
  const kind = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' };
  const object = { ...kind, metadata: { name: 'web', generation: 2, ...metadata }, spec, status };
  const readiness = readinessOf(object);
  return readiness.state === 'ready' ? 'ready' : `${readiness.state}: ${readiness.why}`;
}

const unseen = 'waiting: is not seen by its controller yet';

test.each<[object, object, string]>([
  [{}, { observedGeneration: '2', phase: 'Healthy' }, 'ready'],
  [{}, { observedGeneration: '1', phase: 'Healthy' }, unseen],
  [
    {},
    { phase: 'Paused', message: 'CanaryPauseStep' },
    'waiting: is paused (CanaryPauseStep) until somebody promotes it: kubectl argo rollouts promote web --namespace default',
  ],
  [{}, { phase: 'Degraded' }, 'failed: is Degraded'],
  [
    {},
    { phase: 'Degraded', abort: true, message: 'RolloutAborted: by hand' },
    'failed: is Degraded (RolloutAborted: by hand)',
  ],
  [{}, { phase: 'Paused', abort: true, message: 'CanaryPauseStep' }, 'waiting: is about to be aborted'],
  [
    canary({ setWeight: 20 }, { pause: {} }, { setWeight: 50 }),
    paused('CanaryPauseStep', { currentStepIndex: 1 }),
    'waiting: is paused (CanaryPauseStep) until somebody promotes it: kubectl argo rollouts promote web --namespace default, step 2 of 3, weight 20',
  ],
  [
    canary({ setWeight: 20 }, { pause: { duration: 30 } }),
    paused('CanaryPauseStep', { currentStepIndex: 1, canary: { weights: { canary: { weight: 19 } } } }),
    'waiting: is paused for 30s, step 2 of 2, weight 19',
  ],
  [
    canary({ setWeight: 20 }, { pause: { duration: '1h' } }),
    paused('InconclusiveAnalysisRun', { currentStepIndex: 0 }),
    'waiting: is paused (InconclusiveAnalysisRun) until somebody decides: kubectl argo rollouts promote web --namespace default, or abort in its place, step 1 of 2, weight 20',
  ],
  [
    { strategy: { blueGreen: { autoPromotionSeconds: 60 } } },
    paused('BlueGreenPause', {}),
    'waiting: is paused (BlueGreenPause) for 60s',
  ],
  [
    { paused: true },
    { phase: 'Paused', message: 'manually paused' },
    'waiting: is paused by "paused" in its spec, which its manifest must take back',
  ],
  [
    canary({ setWeight: 20 }, { setWeight: 50 }),
    { phase: 'Progressing', message: 'more replicas need to be updated', currentStepIndex: 2 },
    'waiting: is Progressing (more replicas need to be updated), step 2 of 2, weight 50',
  ],
  [{}, { phase: 'Paused', controllerPause: true }, 'waiting: is about to go on after a pause'],
  [
    {},
    { phase: 'Healthy', stableRS: 'old', currentPodHash: 'new' },
    'waiting: has not made its new pods the stable ones yet',
  ],
])('%j %j: %s', (spec, status, expected) => {
  expect(judge(spec, status)).toBe(expected);
});

test('a Rollout is not ready before it has seen a change of the workload that it refers to', () => {
  const metadata = { annotations: { 'rollout.argoproj.io/workload-generation': '3' } };
  const at = (workloadObservedGeneration: string) =>
    judge({}, { phase: 'Healthy', workloadObservedGeneration }, metadata);
  expect([at('2'), at('3')]).toEqual([unseen, 'ready']);
});
