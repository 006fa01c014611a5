import type { FluxKustomization } from '@gitops-actions/core/controller';
import { describe, expect, test } from '@jest/globals';
import { judgeApplied, judgeRelease } from '../src/flux-judge.ts';
import type { HelmRelease } from '../src/flux-kinds.ts';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const facts = { isCurrent: (commit: string) => commit === NEW, hint: '; nobody looks' };
const at = (commit: string) => `main@sha1:${commit}`;
const entries = [{ id: 'shop_web_apps_Deployment', v: 'v1' }];
const condition = (status: string, reason: string, message = 'said') => ({
  type: 'Ready',
  status,
  reason,
  message,
});

const kustomization = (
  applied: string,
  attempted: string,
  ready: object,
  more: Partial<FluxKustomization> = {},
): FluxKustomization => ({
  metadata: { name: 'shop', generation: 1 },
  spec: { sourceRef: { kind: 'GitRepository', name: 'gitops' } },
  status: {
    observedGeneration: 1,
    lastAppliedRevision: at(applied),
    lastAttemptedRevision: at(attempted),
    conditions: [ready as ReturnType<typeof condition>],
    inventory: { entries },
  },
  ...more,
});
const done = kustomization(NEW, NEW, condition('True', 'ReconciliationSucceeded'));

describe('what is the release to blame for', () => {
  test.each<[string, FluxKustomization, object]>([
    ['it runs', done, { kind: 'healthy' }],
    [
      'the revision before runs',
      kustomization(OLD, OLD, condition('True', 'ReconciliationSucceeded')),
      { kind: 'waiting', what: 'at aaaaaaa, ReconciliationSucceeded: said; nobody looks' },
    ],
    [
      'its pods do not start',
      kustomization(
        OLD,
        NEW,
        condition('False', 'HealthCheckFailed', 'timeout waiting for: [Deployment/web]'),
      ),
      { kind: 'broken', isFinal: true },
    ],
    [
      'it does not render',
      kustomization(OLD, NEW, condition('False', 'BuildFailed', 'no such file')),
      { kind: 'broken' },
    ],
    [
      'a base of elsewhere is away',
      kustomization(
        OLD,
        NEW,
        condition('False', 'BuildFailed', "accumulating resources from 'https://example.com/a.yaml': 404"),
      ),
      { kind: 'waiting' },
    ],
    [
      'the API server was away',
      kustomization(
        OLD,
        NEW,
        condition('False', 'ReconciliationFailed', 'dial tcp 10.0.0.1:443: connect: connection refused'),
      ),
      { kind: 'waiting' },
    ],
    [
      'it brings nothing',
      { ...done, status: { ...done.status, inventory: { entries: [] } } },
      { kind: 'unknown' },
    ],
    ['it is suspended', { ...done, spec: { ...done.spec, suspend: true } }, { kind: 'unknown' }],
    [
      'it is being deleted',
      { ...done, metadata: { name: 'shop', deletionTimestamp: 'now' } },
      { kind: 'unknown' },
    ],
    [
      'its revisions are no commits',
      { ...done, spec: { sourceRef: { kind: 'OCIRepository', name: 'shop' } } },
      {
        kind: 'unknown',
        what: 'it takes its files from the kind OCIRepository, whose revisions are not commits',
      },
    ],
  ])('%s', (_name, given, judgement) => {
    expect(judgeApplied(given, facts)).toMatchObject(judgement);
  });
});

describe('a HelmRelease', () => {
  const release = (...conditions: readonly object[]): HelmRelease => ({
    metadata: { name: 'web', generation: 3 },
    status: { observedGeneration: 3, conditions: conditions as ReturnType<typeof condition>[] },
  });
  const upgraded = release(condition('True', 'UpgradeSucceeded'));
  const stalled = { ...condition('True', 'RetriesExceeded', 'gave up'), type: 'Stalled' };
  const failed = condition('False', 'UpgradeFailed');
  const behind = kustomization(OLD, OLD, condition('True', 'ReconciliationSucceeded'));
  const unhealthy = kustomization(OLD, NEW, condition('False', 'HealthCheckFailed'));
  const unbuilt = kustomization(OLD, NEW, condition('False', 'BuildFailed'));

  test.each<[string, HelmRelease, FluxKustomization | undefined, boolean, object]>([
    ['it runs', upgraded, done, true, { kind: 'healthy' }],
    ['it was not looked at since', upgraded, done, false, { kind: 'waiting' }],
    [
      'its generation is not seen',
      { ...upgraded, metadata: { name: 'web', generation: 4 } },
      done,
      true,
      { kind: 'waiting', what: 'it was changed and is not looked at anew: UpgradeSucceeded: said' },
    ],
    [
      'it failed and is tried again',
      release(failed),
      done,
      true,
      { kind: 'waiting', what: 'UpgradeFailed: said' },
    ],
    [
      'it failed for good',
      release(failed, stalled),
      done,
      true,
      { kind: 'broken', what: 'RetriesExceeded: gave up', isFinal: true },
    ],
    ['it failed for good, before', release(failed, stalled), done, false, { kind: 'waiting' }],
    ['its Kustomization is behind', upgraded, behind, true, { kind: 'waiting' }],
    [
      'its Kustomization waits for its health',
      release(failed, stalled),
      unhealthy,
      true,
      { kind: 'broken', what: 'RetriesExceeded: gave up' },
    ],
    [
      'its Kustomization does not render',
      upgraded,
      unbuilt,
      true,
      { kind: 'broken', what: 'its Kustomization shop: BuildFailed: said' },
    ],
    ['nothing carries it', upgraded, undefined, true, { kind: 'unknown' }],
    ['it is suspended', { ...upgraded, spec: { suspend: true } }, done, true, { kind: 'unknown' }],
  ])('%s', (_name, given, owner, isHandled, judgement) => {
    expect(judgeRelease(given, owner, { ...facts, isHandled })).toMatchObject(judgement);
  });
});
