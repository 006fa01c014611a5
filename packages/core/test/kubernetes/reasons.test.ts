import type { Command } from '@gitops-actions/core/exec';
import { failureReasons } from '@gitops-actions/core/kubernetes';
import { expect, test } from '@jest/globals';

const signal = new AbortController().signal;
const objects = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { spec: { containers: [{ name: 'web', image: 'web:2' }] } },
    },
  },
];

interface Fake {
  readonly image?: string;
  readonly status: object;
  readonly deletionTimestamp?: string;
}

const pod = (name: string, { image = 'web:2', status, ...metadata }: Fake) => ({
  metadata: { name, labels: { app: 'web' }, ...metadata },
  spec: { containers: [{ image }] },
  status,
});
const container = (status: object) => ({ containerStatuses: [{ name: 'web', ready: false, ...status }] });

/** kubectl that answers GETs from a table; anything else fails. */
const clusterOf = (answers: Readonly<Record<string, unknown>>) => ({
  env: {},
  exec: async ({ args }: Command) => {
    const [, , path = ''] = args;
    const found = Object.entries(answers).find(([key]) => path.includes(key));
    if (found === undefined)
      return {
        exitCode: 1,
        stdout: Buffer.alloc(0),
        stderr: 'Error from server (Forbidden): x is forbidden: User "u" cannot get it',
      };
    const text = typeof found[1] === 'string' ? found[1] : JSON.stringify({ items: found[1] });
    return { exitCode: 0, stdout: Buffer.from(text), stderr: '' };
  },
});
const reasonsOf = (pods: readonly object[], more: Readonly<Record<string, unknown>> = {}, logLines = 0) =>
  failureReasons(clusterOf({ ...more, '/pods': pods }), {
    namespace: 'previews',
    objects,
    logLines,
    signal,
  });

test('the worst pods come first, three at most, ready and going ones not at all', async () => {
  const reasons = await reasonsOf([
    pod('ready', { status: { conditions: [{ type: 'Ready', status: 'True' }] } }),
    pod('going', { deletionTimestamp: 'now', status: container({ state: { waiting: { reason: 'X' } } }) }),
    pod('starting', { status: container({ state: { waiting: { reason: 'ContainerCreating' } } }) }),
    pod('slow', { status: container({ state: { running: {} } }) }),
    pod('full', {
      status: {
        conditions: [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes: Insufficient cpu' }],
      },
    }),
    pod('broken', {
      status: container({
        restartCount: 1,
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s' } },
      }),
    }),
  ]);
  expect(reasons).toEqual([
    'Pod broken, container web: CrashLoopBackOff: back-off 10s; last exit code 137 (OOMKilled), 1 restart',
    'Pod full: cannot be scheduled: 0/3 nodes: Insufficient cpu',
    'Pod slow, container web: is running, but not ready',
  ]);
});

test('pods of a release before are no news', async () => {
  const waiting = container({ state: { waiting: { reason: 'ErrImagePull' } } });
  const reasons = await reasonsOf([
    pod('old', { image: 'web:1', status: waiting }),
    pod('new', { status: waiting }),
  ]);
  expect(reasons).toEqual(['Pod new, container web: ErrImagePull']);
});

test('an init container that failed is named', async () => {
  const status = {
    initContainerStatuses: [
      { name: 'migrate', ready: false, state: { terminated: { exitCode: 2, reason: 'Error' } } },
    ],
    ...container({ state: { waiting: { reason: 'PodInitializing' } } }),
  };
  expect(await reasonsOf([pod('new', { status })])).toEqual([
    'Pod new, container migrate: ended with exit code 2 (Error)',
  ]);
});

test('messages keep to one line, without control characters, and are cut', async () => {
  const message = `one\r\ntwo \u001b[31mred\u001b[0m \u202Ereversed ${'x'.repeat(600)}`;
  const [reason = ''] = await reasonsOf([
    pod('new', { status: container({ state: { waiting: { reason: 'X', message } } }) }),
  ]);
  expect(reason).toMatch(/^Pod new, container web: X: one two red reversed x+…$/);
  expect(reason.length).toBeLessThan(600);
});

test('warnings are said once, newest first, and logs come from the container before', async () => {
  const event = (reason: string, message: string, lastTimestamp: string, count: number) => ({
    metadata: { name: 'e' },
    involvedObject: { kind: 'Pod', name: 'new' },
    type: 'Warning',
    ...{ reason, message, lastTimestamp, count },
  });
  const status = container({
    lastState: { terminated: { exitCode: 1 } },
    state: { waiting: { reason: 'CrashLoopBackOff' } },
  });
  const more = {
    'log?container=web&tailLines=2&previous=true': 'first\nsecond\nthird\n',
    '/events': [
      event('Old', 'a', '2026-01-01T00:00:00Z', 1),
      event('BackOff', 'b', '2026-01-03T00:00:00Z', 2),
      event('BackOff', 'b', '2026-01-02T00:00:00Z', 3),
    ],
  };
  expect(await reasonsOf([pod('new', { status })], more, 2)).toEqual([
    [
      'Pod new, container web: CrashLoopBackOff; last exit code 1',
      '  event BackOff: b (5 times)',
      '  event Old: a',
      '  log second',
      '  log third',
    ].join('\n'),
  ]);
});

test('what has no pod is told by its warnings, and names that only look alike are not', async () => {
  const event = (kind: string, name: string) => ({
    metadata: { name: 'e' },
    involvedObject: { kind, name },
    reason: 'FailedCreate',
    message: `of ${name}`,
  });
  const events = [event('ReplicaSet', 'web-6d4cf56db6'), event('ReplicaSet', 'web-api-6d4cf56db6')];
  expect(await reasonsOf([], { '/events': events })).toEqual([
    'Deployment web: FailedCreate: of web-6d4cf56db6',
  ]);
});

test('what may not be read is left out', async () => {
  expect(
    await failureReasons(clusterOf({}), { namespace: 'previews', objects, logLines: 5, signal }),
  ).toEqual([]);
});
