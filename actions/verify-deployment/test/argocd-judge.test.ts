import type { Application } from '@gitops-actions/core/controller';
import { describe, expect, test } from '@jest/globals';
import { judge } from '../src/argocd-judge.ts';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const facts = {
  isNamed: true,
  needsCommit: true,
  isCurrent: (revision: string) => revision === NEW,
  hasLooked: true,
  isTaken: true,
  isRefused: false,
  other: undefined,
  hasBadWorkload: true,
  unheard: 0,
  doubt: '',
};
const source = { repoURL: 'https://github.com/acme/gitops.git', path: 'shop', targetRevision: 'main' };

type Status = NonNullable<Application['status']>;

const synced = (revision: string, health: string, operation: object = {}): Status => ({
  sync: { status: 'Synced', revision, comparedTo: { source } },
  health: { status: health },
  operationState: { phase: 'Succeeded', syncResult: { revision }, ...operation },
  resources: [{ group: 'apps', kind: 'Deployment', name: 'web' }],
});
const of = (status: Status, more: Partial<Application> = {}): Application => ({
  metadata: {},
  spec: { source, syncPolicy: { automated: {} } },
  status,
  ...more,
});
const notCompared = (message: string): Status => ({
  ...synced(OLD, 'Healthy'),
  sync: { status: 'Unknown', revision: 'main' },
  conditions: [{ type: 'ComparisonError', message }],
});
const RENDER =
  "Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = `kustomize build` failed exit status 1: Error: accumulating resources: accumulation err='accumulating resources from 'missing.yaml': open web/missing.yaml: no such file or directory': must build at directory";

describe('what is the release to blame for', () => {
  test.each<[string, Status, object]>([
    ['it runs', synced(NEW, 'Healthy'), { kind: 'healthy' }],
    ['it is degraded', synced(NEW, 'Degraded'), { kind: 'broken', isFinal: false }],
    ['degraded by the revision before', synced(OLD, 'Degraded'), { kind: 'waiting' }],
    [
      'degraded at a revision that changed nothing for it',
      synced(NEW, 'Degraded', { syncResult: { revision: OLD } }),
      { kind: 'waiting' },
    ],
    [
      'the sync failed',
      {
        ...synced(NEW, 'Healthy', { phase: 'Failed', message: 'refused' }),
        sync: { status: 'OutOfSync', revision: NEW },
      },
      { kind: 'broken', what: 'the sync failed: refused', isFinal: true },
    ],
    [
      'the sync of the revision before failed, and its condition still stands',
      {
        ...synced(OLD, 'Degraded', { phase: 'Failed', message: 'refused' }),
        conditions: [{ type: 'SyncError', message: 'Failed last sync attempt' }],
      },
      { kind: 'waiting', what: 'Synced and Degraded at aaaaaaa; SyncError: Failed last sync attempt' },
    ],
    [
      'it runs, and a condition of the revision before still stands',
      { ...synced(NEW, 'Healthy'), conditions: [{ type: 'SyncError', message: 'Failed last sync attempt' }] },
      { kind: 'healthy' },
    ],
    [
      'the sync could not be tried',
      synced(NEW, 'Healthy', { phase: 'Error', message: 'cluster away' }),
      { kind: 'waiting', what: 'the sync failed: cluster away' },
    ],
    [
      'somebody stopped the sync',
      synced(NEW, 'Healthy', { phase: 'Failed', message: 'Operation terminated' }),
      { kind: 'waiting' },
    ],
    [
      'the sync is tried again',
      {
        ...synced(NEW, 'Missing', {
          phase: 'Running',
          retryCount: 2,
          message: 'a hook failed. Retrying attempt #2',
        }),
        sync: { status: 'OutOfSync', revision: NEW },
      },
      {
        kind: 'waiting',
        what: 'OutOfSync and Missing at bbbbbbb; its sync failed and is tried again: a hook failed. Retrying attempt #2',
      },
    ],
    [
      'it does not render',
      notCompared(RENDER),
      { kind: 'broken', what: `ComparisonError: ${RENDER}`, isFinal: false },
    ],
    [
      'the repository server is down',
      notCompared(
        'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:8081: connect: connection refused"',
      ),
      { kind: 'waiting' },
    ],
    [
      'the repository cannot be read',
      notCompared(
        'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = failed to list refs: authentication required',
      ),
      { kind: 'waiting' },
    ],
    [
      'the project does not allow it',
      { ...synced(OLD, 'Healthy'), conditions: [{ type: 'InvalidSpecError', message: 'not permitted' }] },
      { kind: 'waiting', what: 'Synced and Healthy at aaaaaaa; InvalidSpecError: not permitted' },
    ],
    [
      'the API server could not ask its admission webhook',
      {
        ...synced(NEW, 'Missing', {
          phase: 'Failed',
          message:
            'one or more objects failed to apply, reason: Internal error occurred: failed calling webhook "a.example.com"',
        }),
        sync: { status: 'OutOfSync', revision: NEW },
      },
      { kind: 'waiting', what: expect.stringContaining('failed calling webhook') },
    ],
    [
      'one of many objects met an API server that went away',
      {
        ...synced(NEW, 'Missing', {
          phase: 'Failed',
          message: 'one or more objects failed to apply',
          syncResult: {
            revision: NEW,
            resources: [
              { status: 'SyncFailed', message: 'the server is currently unable to handle the request' },
            ],
          },
        }),
        sync: { status: 'OutOfSync', revision: NEW },
      },
      { kind: 'waiting' },
    ],
    [
      'an admission webhook refused a manifest',
      {
        ...synced(NEW, 'Missing', {
          phase: 'Failed',
          message: 'admission webhook "policy.example.com" denied the request: no limits',
        }),
        sync: { status: 'OutOfSync', revision: NEW },
      },
      { kind: 'broken', isFinal: true },
    ],
    [
      'its destination was changed since it was compared',
      {
        ...synced(NEW, 'Healthy'),
        sync: {
          status: 'Synced',
          revision: NEW,
          comparedTo: { source, destination: { server: 'https://kubernetes.default.svc', namespace: 'old' } },
        },
      },
      { kind: 'waiting', what: 'Synced and Healthy at bbbbbbb, but it was changed since then' },
    ],
    ['it brings nothing', { ...synced(NEW, 'Healthy'), resources: [] }, { kind: 'unknown' }],
    [
      'its source was changed since it was compared',
      {
        ...synced(NEW, 'Healthy'),
        sync: { status: 'Synced', revision: NEW, comparedTo: { source: { ...source, path: 'old' } } },
      },
      { kind: 'waiting', what: 'Synced and Healthy at bbbbbbb, but it was changed since then' },
    ],
  ])('%s', (_name, status, judgement) => {
    expect(judge(of(status), facts)).toMatchObject(judgement);
  });

  test('an error of before it was asked to look says nothing', () => {
    expect(judge(of(notCompared(RENDER)), { ...facts, isTaken: false })).toMatchObject({ kind: 'waiting' });
  });

  test('what may be the last word of a dead controller is waited for', () => {
    const silent = { ...facts, hasLooked: false };
    expect(judge(of(synced(NEW, 'Healthy')), silent)).toEqual({
      kind: 'waiting',
      what: 'Synced and Healthy at bbbbbbb, but Argo CD has not looked since it was asked to',
    });
    expect(judge(of(synced(NEW, 'Degraded')), silent)).toMatchObject({ kind: 'waiting' });
    expect(judge(of(synced(NEW, 'Healthy')), { ...silent, unheard: 25_000 })).toMatchObject({
      kind: 'waiting',
      what: expect.stringContaining('look whether its application controller runs'),
    });
    expect(judge(of(synced(NEW, 'Healthy')), { ...silent, isRefused: true })).toMatchObject({
      kind: 'waiting',
      what: expect.stringContaining('Argo CD may not be asked to look'),
    });
  });

  test('an error of another branch is told with what it follows', () => {
    expect(judge(of(notCompared(RENDER)), { ...facts, other: 'staging' })).toMatchObject({
      kind: 'waiting',
      what: expect.stringContaining('; it follows staging, which is not known to have the commit'),
    });
  });

  test('what comes from elsewhere may have been broken before', () => {
    expect(judge(of(synced(NEW, 'Degraded')), { ...facts, needsCommit: false })).toMatchObject({
      kind: 'waiting',
      what: expect.stringContaining('it comes from elsewhere'),
    });
    expect(judge(of(notCompared(RENDER)), { ...facts, needsCommit: false })).toMatchObject({
      kind: 'waiting',
    });
  });

  test('what is Degraded and no workload has a minute to pass', () => {
    expect(judge(of(synced(NEW, 'Degraded')), { ...facts, hasBadWorkload: false })).toMatchObject({
      kind: 'broken',
      isFinal: false,
      holdsFor: 60_000,
    });
    expect(judge(of(synced(NEW, 'Degraded')), facts)).not.toHaveProperty('holdsFor');
  });

  test('nobody has taken the request to look', () => {
    expect(judge(of(synced(OLD, 'Healthy')), { ...facts, unheard: 65_000 })).toEqual({
      kind: 'waiting',
      what: 'Synced and Healthy at aaaaaaa; Argo CD has not looked since it was asked to 1m 5s ago, so look whether its application controller runs',
    });
  });

  test('it is being deleted', () => {
    const metadata = { deletionTimestamp: '2026-01-01T00:00:00Z' };
    expect(judge(of(synced(NEW, 'Healthy'), { metadata }), facts)).toMatchObject({ kind: 'unknown' });
    expect(judge(of(synced(NEW, 'Healthy'), { metadata }), { ...facts, isNamed: false })).toMatchObject({
      kind: 'waiting',
    });
  });
});

describe('what Argo CD writes down of the sources is not what people write', () => {
  const runs = (comparedTo: NonNullable<Status['sync']>['comparedTo'], spec: Application['spec']) => {
    const status = {
      ...synced(NEW, 'Healthy'),
      sync: { status: 'Synced', revision: NEW, ...(comparedTo && { comparedTo }) },
    };
    return judge(of(status, spec && { spec }), facts).kind;
  };

  test('empty fields come and go', () => {
    const written = { ...source, directory: { recurse: false, jsonnet: {} }, helm: { parameters: [] } };
    expect(
      runs({ source: { ...source, directory: { jsonnet: {} } } as typeof source }, { source: written }),
    ).toBe('healthy');
  });

  test('several sources have an empty single one beside them', () => {
    const sources = [
      source,
      { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.2.3' },
    ];
    expect(runs({ source: { repoURL: '' }, sources }, { sources })).toBe('healthy');
    expect(runs({ source: { repoURL: '' }, sources: sources.slice(1) }, { sources })).toBe('waiting');
  });

  test('a cluster has an address and a name', () => {
    const server = 'https://kubernetes.default.svc';
    const destination = { name: 'in-cluster', namespace: 'shop' };
    const to = (compared: object, wanted: object) =>
      runs({ source, destination: compared }, { source, destination: wanted });
    expect(to({ ...destination, server }, destination)).toBe('healthy');
    expect(to(destination, { ...destination, namespace: 'other' })).toBe('waiting');
    expect(to(destination, { ...destination, name: 'other' })).toBe('waiting');
    expect(to({ server }, { server: 'https://other.example' })).toBe('waiting');
  });

  test('nothing was written down', () => {
    expect(runs(undefined, { source })).toBe('healthy');
  });
});
