import { describe, expect, test } from '@jest/globals';
import type { FluxKustomization } from '../../src/controller/index.ts';
import { reconciliationOf } from '../../src/preview/flux-kustomization.ts';

const FOLDER = 'previews/pr-42';
type Status = NonNullable<FluxKustomization['status']>;
const metadata = { name: 'pr-42', namespace: 'flux-system', generation: 2 };

describe('what a Kustomization has to do with a preview', () => {
  const git = { kind: 'GitRepository', name: 'gitops' };
  const of = (spec: FluxKustomization['spec'], given: Status = {}) =>
    reconciliationOf({ metadata, ...(spec && { spec }), status: given }, 'Kustomization pr-42', FOLDER);

  test.each<[string, FluxKustomization['spec'], boolean, string | undefined]>([
    ['its own', { path: './previews/pr-42/app', wait: true, sourceRef: git }, true, undefined],
    ['one for all', { path: './previews', healthChecks: [{}], sourceRef: git }, false, undefined],
    ['the whole repository', { path: './', wait: true, sourceRef: git }, false, undefined],
    [
      'another folder',
      { path: './previews/pr-421', wait: true, sourceRef: git },
      false,
      'brings previews/pr-421 into the cluster, not previews/pr-42',
    ],
    [
      'no git',
      { path: './previews', wait: true, sourceRef: { kind: 'OCIRepository', name: 'x' } },
      false,
      'takes its files from the kind OCIRepository, whose revisions are not commits',
    ],
    [
      'suspended',
      { path: './previews', wait: true, suspend: true, sourceRef: git },
      false,
      'is suspended, so it applies nothing; resume it with "flux resume kustomization"',
    ],
    [
      'waits for nothing',
      { path: './previews', sourceRef: git },
      false,
      'does not wait for what it applies, so its word says nothing about health; set "wait: true" in it',
    ],
  ])('%s', (_name, spec, isOwn, problem) => {
    expect(of(spec)).toMatchObject({ isOwn, problem });
  });

  test('its inventory', () => {
    const entries = [
      { id: 'previews_pr-42_apps_Deployment', v: 'v1' },
      { id: 'previews_pr-42__Service', v: 'v1' },
      { id: '_system__pr-42_rbac.authorization.k8s.io_ClusterRole', v: 'v1' },
      { id: 'nonsense', v: 'v1' },
    ];
    expect(of({}, { inventory: { entries } }).inventory).toEqual([
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'previews', name: 'pr-42' },
      { apiVersion: 'v1', kind: 'Service', namespace: 'previews', name: 'pr-42' },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        namespace: '',
        name: 'system:pr-42',
      },
    ]);
    expect(of({ kubeConfig: {} }, { inventory: { entries } }).inventory).toEqual([]);
  });
});
