import { expect, test } from '@jest/globals';
import { carriedByApplication, carriedByKustomization } from '../src/carried.ts';

const [OLD, NEW] = ['a'.repeat(40), 'b'.repeat(40)];
const OURS = 'https://github.com/acme/gitops';
const known = {
  isCurrent: (revision: string) => revision === NEW,
  isOurs: (url: string) => url === OURS,
};
const YAML = '**/*.{yaml,yml,json}';

test.each<[string, object, readonly string[]]>([
  ['a folder', { source: { repoURL: OURS, path: './apps/web/' } }, [`apps/web/${YAML}`]],
  ['the root', { source: { repoURL: OURS, path: '.' } }, [YAML]],
  [
    'a chart with values beside it and above it',
    {
      source: {
        repoURL: OURS,
        path: 'chart',
        helm: { valueFiles: ['p.yaml', '../env/p.yaml', '/all.yaml'] },
      },
    },
    [`chart/${YAML}`, 'chart/p.yaml', 'env/p.yaml', 'all.yaml'],
  ],
  [
    'a chart of elsewhere with values of ours',
    {
      sources: [
        {
          repoURL: 'https://charts.example.com',
          helm: { valueFiles: ['$values/env/p.yaml', 'own.yaml', 'https://x.example/v.yaml'] },
        },
        { repoURL: OURS, ref: 'values' },
      ],
    },
    ['env/p.yaml'],
  ],
  ['out of the repository', { source: { repoURL: OURS, path: '../up' } }, []],
  ['a mirror: no address is ours', { source: { repoURL: 'https://mirror', path: 'web' } }, [`web/${YAML}`]],
])('where the images of an Application stand: %s', (_name, spec, paths) => {
  const status = { sync: { revision: NEW } };
  expect(carriedByApplication({ metadata: {}, spec, status }, known)).toEqual({ revision: NEW, paths });
});

test('one that is behind, or at no commit, carries nothing', () => {
  const source = { repoURL: OURS, path: 'web' };
  for (const revision of [OLD, 'main', ''])
    expect(
      carriedByApplication({ metadata: {}, spec: { source }, status: { sync: { revision } } }, known),
    ).toBeUndefined();
});

test('a Kustomization carries what it tries before what it has applied', () => {
  const of = (path: string, lastAppliedRevision: string, lastAttemptedRevision: string) =>
    carriedByKustomization(
      {
        ...{ metadata: { name: 'web' }, spec: { path } },
        status: {
          lastAppliedRevision: `main@sha1:${lastAppliedRevision}`,
          lastAttemptedRevision: `main@sha1:${lastAttemptedRevision}`,
        },
      },
      known.isCurrent,
    );
  expect(of('./web', OLD, NEW)).toEqual({ revision: NEW, paths: [`web/${YAML}`] });
  expect(of('', NEW, NEW)).toEqual({ revision: NEW, paths: [YAML] });
  expect(of('./web', NEW, OLD)).toBeUndefined();
});
