import { describe, expect, test } from '@jest/globals';
import { type Application, judgeApplication } from '../../src/controller/index.ts';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const isCurrent = (revision: string) => revision === NEW;

type Status = NonNullable<Application['status']>;

const synced = (
  revision: string,
  health: string,
  operation: Partial<Status['operationState']> = {},
): Status => ({
  sync: { status: 'Synced', revision },
  health: { status: health },
  operationState: { phase: 'Succeeded', syncResult: { revision }, ...operation },
});

const judge = (status: Status, more: Partial<Application> = {}) =>
  judgeApplication({ metadata: {}, spec: { syncPolicy: { automated: {} } }, status, ...more }, isCurrent);

describe('whether a revision runs', () => {
  test.each<[string, Status, object]>([
    ['all signs speak of it', synced(NEW, 'Healthy'), { kind: 'healthy', isSure: true }],
    [
      'nothing is there yet',
      {},
      { kind: 'waiting', what: 'not compared and of unknown health at no revision yet' },
    ],
    [
      'right after the push, all of it old',
      synced(OLD, 'Healthy'),
      { kind: 'waiting', what: 'Synced and Healthy at aaaaaaa' },
    ],
    [
      'the sync succeeded, but it is not compared anew and health is stale',
      { ...synced(NEW, 'Healthy'), sync: { status: 'OutOfSync', revision: NEW } },
      { kind: 'waiting', what: 'OutOfSync and Healthy at bbbbbbb' },
    ],
    [
      'compared, with the sync still under way',
      synced(NEW, 'Healthy', { phase: 'Running' }),
      { kind: 'waiting', what: 'Synced and Healthy at bbbbbbb' },
    ],
    [
      'a commit that changes nothing has no sync of its own',
      synced(NEW, 'Healthy', { syncResult: { revision: OLD } }),
      { kind: 'healthy', isSure: false },
    ],
    [
      'it never needed a sync, because all of it was there',
      { sync: { status: 'Synced', revision: NEW }, health: { status: 'Healthy' } },
      { kind: 'healthy', isSure: false },
    ],
    [
      'the sync of the revision before failed, and this one needed none',
      synced(NEW, 'Healthy', { phase: 'Failed', syncResult: { revision: OLD } }),
      { kind: 'healthy', isSure: false },
    ],
    [
      'the pods start',
      synced(NEW, 'Progressing'),
      { kind: 'waiting', what: 'Synced and Progressing at bbbbbbb' },
    ],
    [
      'the pods crash',
      { ...synced(NEW, 'Degraded'), health: { status: 'Degraded', message: 'exceeded its deadline' } },
      { kind: 'broken', what: 'it is Degraded: exceeded its deadline', isFinal: false },
    ],
    [
      'degraded, but by the revision before',
      synced(NEW, 'Degraded', { syncResult: { revision: OLD } }),
      { kind: 'waiting', what: 'Synced and Degraded at bbbbbbb' },
    ],
    [
      'the sync failed',
      {
        ...synced(NEW, 'Healthy', { phase: 'Failed', message: 'forbidden' }),
        sync: { status: 'OutOfSync', revision: NEW },
      },
      { kind: 'broken', what: 'the sync failed: forbidden', isFinal: true },
    ],
    [
      'the sync of the revision before failed',
      synced(OLD, 'Healthy', { phase: 'Failed', message: 'forbidden' }),
      { kind: 'waiting', what: 'Synced and Healthy at aaaaaaa' },
    ],
    [
      'it does not render, and still calls itself healthy',
      {
        ...synced(OLD, 'Healthy'),
        sync: { status: 'Unknown', revision: 'main' },
        conditions: [{ type: 'ComparisonError', message: 'no such file' }],
      },
      { kind: 'broken', what: 'ComparisonError: no such file', isFinal: false },
    ],
    [
      'a warning is no error',
      { ...synced(NEW, 'Healthy'), conditions: [{ type: 'SharedResourceWarning', message: 'shared' }] },
      { kind: 'healthy', isSure: true },
    ],
    [
      'several sources, one of them ours',
      {
        sync: { status: 'Synced', revisions: ['1.2.3', NEW] },
        health: { status: 'Healthy' },
        operationState: { phase: 'Succeeded', syncResult: { revisions: ['1.2.3', NEW] } },
      },
      { kind: 'healthy', isSure: true },
    ],
    [
      'a paused rollout',
      synced(NEW, 'Suspended'),
      { kind: 'waiting', what: 'Synced and Suspended at bbbbbbb' },
    ],
  ])('%s', (_name, status, judgement) => {
    expect(judge(status)).toEqual(judgement);
  });

  test('an error from before it has looked anew does not count', () => {
    const conditions = [{ type: 'ComparisonError', message: 'no such file' }];
    const metadata = { annotations: { 'argocd.argoproj.io/refresh': 'normal' } };
    expect(judge({ ...synced(OLD, 'Healthy'), conditions }, { metadata }).kind).toBe('waiting');
  });

  test('says when nobody syncs', () => {
    const status = { ...synced(OLD, 'Healthy'), sync: { status: 'OutOfSync', revision: NEW } };
    expect(judge(status, { spec: {} })).toEqual({
      kind: 'waiting',
      what: 'OutOfSync and Healthy at bbbbbbb; it does not sync by itself',
    });
  });
});
