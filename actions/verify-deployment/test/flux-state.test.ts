import { currentCommits, type FluxKustomization } from '@gitops-actions/core/controller';
import { expect, test } from '@jest/globals';
import type { FluxRequests } from '../src/flux-requests.ts';
import { fluxSubject } from '../src/flux-state.ts';

const COMMIT = 'b'.repeat(40);
const name = { namespace: 'flux-system', name: 'shop' };
const object: FluxKustomization = {
  metadata: { ...name, generation: 1 },
  spec: { sourceRef: { kind: 'GitRepository', name: 'gitops' } },
  status: {
    observedGeneration: 1,
    lastAppliedRevision: `main@sha1:${COMMIT}`,
    lastAttemptedRevision: `main@sha1:${COMMIT}`,
    conditions: [{ type: 'Ready', status: 'True', reason: 'ReconciliationSucceeded', message: 'done' }],
    inventory: { entries: [{ id: 'shop_web_apps_Deployment', v: 'v1' }] },
  },
};

const judge = (requests: Partial<FluxRequests>, moved: readonly string[] = []) =>
  fluxSubject(
    { kind: 'Kustomization', ...name, object },
    {
      namespace: name.namespace,
      commits: currentCommits(async () => false, COMMIT),
      requests: { ask: async () => {}, isHandled: () => false, unheard: () => 0, ...requests },
      moved: new Set(moved),
      sources: [],
      doubt: '',
    },
  ).judgement;

test('what may be the last word of a dead controller is waited for', () => {
  expect(judge({})).toEqual({
    kind: 'waiting',
    what: 'ReconciliationSucceeded at bbbbbbb, but it has not reconciled since it was asked to',
  });
  expect(judge({ unheard: () => 25_000 })).toMatchObject({
    kind: 'waiting',
    what: expect.stringContaining('so look whether kustomize-controller runs'),
  });
});

test("a request that was taken, or a move before everyone's eyes, shows that it lives", () => {
  expect(judge({ isHandled: () => true })).toMatchObject({ kind: 'healthy' });
  expect(judge({}, ['Kustomization shop in namespace flux-system'])).toMatchObject({ kind: 'healthy' });
});
