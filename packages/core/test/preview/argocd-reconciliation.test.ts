import { describe, expect, test } from '@jest/globals';
import type { Application } from '../../src/controller/index.ts';
import { reconciliationOf } from '../../src/preview/argocd-application.ts';

type Status = NonNullable<Application['status']>;

describe('what an Application has to do with a preview', () => {
  const FOLDER = 'previews/pr-42';
  const of = (spec: Application['spec'], status: Status = {}) =>
    reconciliationOf({ metadata: {}, ...(spec && { spec }), status }, 'Application pr-42', FOLDER);

  test.each<[string, Application['spec'], string | undefined]>([
    ['its folder', { source: { path: FOLDER } }, undefined],
    ['its folder, written otherwise', { source: { path: './previews/pr-42/' } }, undefined],
    ['a folder in it', { source: { path: 'previews/pr-42/app' } }, undefined],
    ['one of several sources', { sources: [{ path: 'charts/web' }, { path: FOLDER }] }, undefined],
    [
      'a folder that begins alike',
      { source: { repoURL: 'https://x/acme/gitops.git', path: 'previews/pr-421' } },
      'brings previews/pr-421 of https://x/acme/gitops.git into the cluster, not previews/pr-42',
    ],
    [
      'the whole repository',
      { source: { repoURL: 'https://x/acme/gitops.git' } },
      'brings / of https://x/acme/gitops.git into the cluster, not previews/pr-42',
    ],
    ['nothing', undefined, 'brings nothing into the cluster, not previews/pr-42'],
  ])('%s', (_name, spec, problem) => {
    expect(of(spec).problem).toBe(problem);
  });

  const resources = [
    {
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      namespace: 'previews',
      name: 'web',
      health: { status: 'Degraded', message: 'crash' },
    },
    { version: 'v1', kind: 'Service', namespace: 'previews', name: 'web', health: { status: 'Healthy' } },
  ];

  test('what it applied is known in the cluster that kubectl reaches, and only there', () => {
    const inventory = [
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'previews', name: 'web' },
      { apiVersion: 'v1', kind: 'Service', namespace: 'previews', name: 'web' },
    ];
    expect(
      of({ destination: { server: 'https://kubernetes.default.svc' } }, { resources }).inventory,
    ).toEqual(inventory);
    expect(of({ destination: { name: 'in-cluster' } }, { resources }).inventory).toEqual(inventory);
    expect(of({ destination: { server: 'https://other' } }, { resources }).inventory).toEqual([]);
  });

  test('complaints are conditions and what is not healthy', () => {
    const conditions = [{ type: 'SyncError', message: 'one' }];
    expect(of({}, { resources, conditions }).complaints).toEqual([
      'SyncError: one',
      'Deployment web is Degraded: crash',
    ]);
  });

  test('the namespace that it makes stays', () => {
    const spec = {
      destination: { namespace: 'pr-42' },
      syncPolicy: { syncOptions: ['CreateNamespace=true'] },
    };
    expect(of(spec).stays).toBe(
      'the namespace pr-42 stays, because Argo CD does not remove what CreateNamespace made',
    );
    expect(of({ syncPolicy: {} }).stays).toBe('');
  });
});
