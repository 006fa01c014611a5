import { describe, expect, test } from '@jest/globals';
import { commitOf, type FluxKustomization, judgeKustomization } from '../../src/controller/index.ts';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const isCurrent = (revision: string) => revision === NEW;
const at = (commit: string) => `main@sha1:${commit}`;

type Status = NonNullable<FluxKustomization['status']>;

const status = (applied: string, attempted: string, ready: string, reason: string): Status => ({
  observedGeneration: 2,
  lastAppliedRevision: at(applied),
  lastAttemptedRevision: at(attempted),
  conditions: [{ type: 'Ready', status: ready, reason, message: 'said' }],
});
const metadata = { name: 'pr-42', namespace: 'flux-system', generation: 2 };

describe('whether a revision runs', () => {
  test.each<[string, Status, object]>([
    [
      'applied and ready',
      status(NEW, NEW, 'True', 'ReconciliationSucceeded'),
      { kind: 'healthy', isSure: true },
    ],
    ['nothing is there yet', {}, { kind: 'waiting', what: 'at no revision yet, nothing is said of it yet' }],
    [
      'ready, with the revision before',
      status(OLD, OLD, 'True', 'ReconciliationSucceeded'),
      { kind: 'waiting', what: 'at aaaaaaa, ReconciliationSucceeded: said' },
    ],
    [
      'under way',
      status(OLD, NEW, 'Unknown', 'Progressing'),
      { kind: 'waiting', what: 'at bbbbbbb, Progressing: said' },
    ],
    [
      'applied, and not healthy',
      status(OLD, NEW, 'False', 'HealthCheckFailed'),
      { kind: 'broken', what: 'HealthCheckFailed: said', isFinal: true },
    ],
    [
      'does not render',
      status(OLD, NEW, 'False', 'BuildFailed'),
      { kind: 'broken', what: 'BuildFailed: said', isFinal: true },
    ],
    [
      'the revision before is not healthy',
      status(OLD, OLD, 'False', 'HealthCheckFailed'),
      { kind: 'waiting', what: 'at aaaaaaa, HealthCheckFailed: said' },
    ],
    [
      'waits for another',
      status(OLD, NEW, 'False', 'DependencyNotReady'),
      { kind: 'waiting', what: 'at bbbbbbb, DependencyNotReady: said' },
    ],
    [
      'it was changed itself and has not noticed',
      { ...status(NEW, NEW, 'True', 'ReconciliationSucceeded'), observedGeneration: 1 },
      { kind: 'waiting', what: 'at bbbbbbb, ReconciliationSucceeded: said' },
    ],
  ])('%s', (_name, given, judgement) => {
    expect(judgeKustomization({ metadata, status: given }, isCurrent)).toEqual(judgement);
  });

  test.each([
    [at(NEW), NEW],
    [`refs/heads/main@sha1:${NEW}`, NEW],
    [`sha1:${NEW}`, NEW],
    [`main/${NEW}`, ''],
    ['latest@sha256:abc', ''],
    [undefined, ''],
  ])('the commit in %s', (revision, commit) => {
    expect(commitOf(revision)).toBe(commit);
  });
});
