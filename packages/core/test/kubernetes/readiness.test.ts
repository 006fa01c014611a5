import { expect, test } from '@jest/globals';
import { readinessOf } from '../../src/kubernetes/readiness.ts';

const condition = (type: string, status: string, reason = '', message = '') => ({
  type,
  status,
  reason,
  message,
});
const now = { observedGeneration: 2 };
const full = { ...now, replicas: 2, updatedReplicas: 2, availableReplicas: 2, readyReplicas: 2 };

function judge(what: string, spec: object, status?: object, metadata: object = {}) {
  const [apiVersion = '', kind = ''] = what.split(' ');
  const object = {
    apiVersion,
    kind,
    metadata: { name: 'web', generation: 2, ...metadata },
    spec,
    ...(status && { status }),
  };
  const readiness = readinessOf(object);
  return readiness.state === 'ready' ? 'ready' : `${readiness.state}: ${readiness.why}`;
}

const unseen = 'waiting: is not seen by its controller yet';
test.each<[string, object, object | undefined, string]>([
  ['apps/v1 Deployment', { replicas: 2 }, full, 'ready'],
  ['apps/v1 Deployment', {}, undefined, unseen],
  ['apps/v1 Deployment', { replicas: 2 }, { ...full, observedGeneration: 1 }, unseen],
  [
    'apps/v1 Deployment',
    { replicas: 2 },
    { ...full, updatedReplicas: 1 },
    'waiting: has 1 of 2 replicas updated',
  ],
  ['apps/v1 Deployment', { replicas: 2 }, { ...full, replicas: 3 }, 'waiting: still has 1 old replicas'],
  [
    'apps/v1 Deployment',
    { replicas: 2 },
    { ...full, availableReplicas: 0 },
    'waiting: has 0 of 2 replicas available',
  ],
  [
    'apps/v1 Deployment',
    { replicas: 2, paused: true },
    { ...full, updatedReplicas: 0 },
    'waiting: has 0 of 2 replicas updated, for it is paused',
  ],
  ['apps/v1 Deployment', { replicas: 0 }, now, 'ready'],
  [
    'apps/v1 Deployment',
    {},
    { ...now, conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded', 'timed out')] },
    'failed: does not get on (ProgressDeadlineExceeded: timed out)',
  ],
  ['apps/v1 StatefulSet', { replicas: 2 }, full, 'ready'],
  [
    'apps/v1 StatefulSet',
    { replicas: 2 },
    { ...full, readyReplicas: 1 },
    'waiting: has 1 of 2 replicas ready',
  ],
  [
    'apps/v1 StatefulSet',
    { replicas: 2 },
    { ...full, availableReplicas: 1 },
    'waiting: has 1 of 2 replicas available',
  ],
  ['apps/v1 StatefulSet', { replicas: 2 }, { ...now, readyReplicas: 2, updatedReplicas: 2 }, 'ready'],
  [
    'apps/v1 StatefulSet',
    { replicas: 2 },
    { ...full, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' },
    'waiting: has 1 of 2 replicas updated',
  ],
  [
    'apps/v1 StatefulSet',
    { replicas: 2, updateStrategy: { rollingUpdate: { partition: 1 } } },
    { ...full, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' },
    'ready',
  ],
  [
    'apps/v1 StatefulSet',
    { replicas: 2, updateStrategy: { type: 'OnDelete' } },
    { ...full, updatedReplicas: 0, currentRevision: 'a', updateRevision: 'b' },
    'waiting: has 0 of 2 replicas updated, which its updateStrategy OnDelete leaves to you',
  ],
  [
    'apps/v1 DaemonSet',
    {},
    { ...now, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 },
    'ready',
  ],
  [
    'apps/v1 DaemonSet',
    {},
    { ...now, desiredNumberScheduled: 2, updatedNumberScheduled: 2 },
    'waiting: has 0 of 2 replicas available',
  ],
  ['apps/v1 DaemonSet', {}, { ...now, desiredNumberScheduled: 0 }, 'ready'],
  ['batch/v1 Job', {}, undefined, 'waiting: is not complete'],
  ['batch/v1 Job', {}, { conditions: [condition('Complete', 'True')] }, 'ready'],
  ['batch/v1 Job', { suspend: true }, { conditions: [condition('Suspended', 'True')] }, 'ready'],
  [
    'batch/v1 Job',
    {},
    {
      conditions: [
        condition('FailureTarget', 'True'),
        condition('Failed', 'True', 'BackoffLimitExceeded', 'too often'),
      ],
    },
    'failed: failed (BackoffLimitExceeded: too often)',
  ],
  ['v1 Pod', {}, { phase: 'Running', conditions: [condition('Ready', 'True')] }, 'ready'],
  ['v1 Pod', {}, { phase: 'Running', conditions: [condition('Ready', 'False')] }, 'waiting: is not ready'],
  ['v1 Pod', {}, { phase: 'Succeeded' }, 'ready'],
  ['v1 Pod', {}, { phase: 'Failed' }, 'failed: failed'],
  ['serving.knative.dev/v1 Service', {}, undefined, unseen],
  [
    'serving.knative.dev/v1 Service',
    {},
    { ...now, conditions: [condition('Ready', 'Unknown', 'Deploying')] },
    'waiting: is not ready (Deploying)',
  ],
  ['serving.knative.dev/v1 Service', {}, { ...now, conditions: [condition('Ready', 'True')] }, 'ready'],
  [
    'serving.knative.dev/v1 Service',
    {},
    { observedGeneration: 1, conditions: [condition('Ready', 'True')] },
    unseen,
  ],
  [
    'cert-manager.io/v1 Certificate',
    {},
    { conditions: [condition('Ready', 'False', 'Issuing', 'wait')] },
    'waiting: is not ready (Issuing: wait)',
  ],
  ['acme.dev/v1 Database', {}, { conditions: [condition('Available', 'True')] }, 'ready'],
  ['v1 PersistentVolumeClaim', {}, { phase: 'Pending' }, 'ready'],
  ['v1 Service', {}, undefined, 'ready'],
])('%s %j %j: %s', (what, spec, status, expected) => {
  expect(judge(what, spec, status)).toBe(expected);
});

test('what is being removed is never ready', () => {
  const metadata = { deletionTimestamp: '2026-01-01T00:00:00Z' };
  expect(judge('apps/v1 Deployment', { replicas: 2 }, full, metadata)).toBe('waiting: is being removed');
});
