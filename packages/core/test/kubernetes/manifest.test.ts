import {
  formatReferences,
  parseManifest,
  parseReferences,
  referenceOf,
  workloadsOf,
} from '@gitops-actions/core/kubernetes';
import { describe, expect, test } from '@jest/globals';

const pod = (name: string, labels: object) => ({
  metadata: { labels },
  spec: { containers: [{ name, image: `acme/${name}:1` }] },
});

describe('a rendered manifest', () => {
  test('is read document by document, and lists as their items', () => {
    const text = [
      '---\n# Source: shop/templates/empty.yaml',
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}',
      'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: n}}]',
    ].join('\n---\n');
    expect(parseManifest(text).map(referenceOf)).toEqual([
      { apiVersion: 'v1', kind: 'Service', namespace: '', name: 'web' },
      { apiVersion: 'v1', kind: 'Secret', namespace: 'n', name: 's' },
    ]);
  });

  test('may name a key twice, as helm lets it: the last counts', () => {
    const [object] = parseManifest('apiVersion: v1\nkind: Secret\nmetadata: {name: a, name: b}');
    expect(object?.metadata.name).toBe('b');
  });

  test.each([
    ['a: 1', 'holds a document without "kind" and "apiVersion"'],
    ['- a', 'holds a document without "kind" and "apiVersion"'],
    ['apiVersion: v1\nkind: Secret', 'holds a Secret without "metadata.name"'],
    ['a: [', 'is not valid YAML'],
  ])('%j is refused', (text, message) => {
    expect(() => parseManifest(text)).toThrow(message);
  });
});

test('references come back as they were', () => {
  const references = [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: '', name: 'web' }];
  expect(parseReferences(formatReferences(references))).toEqual(references);
  expect(parseReferences('')).toEqual([]);
  expect(() => parseReferences('{"kind":"Secret"}')).toThrow('names no object');
});

test('workloads are found by their pod templates, whatever their kind', () => {
  const objects = [
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [] } },
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'web' },
      spec: { selector: { matchLabels: { app: 'web' } }, template: pod('web', { app: 'web', tier: 'x' }) },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: { template: pod('db', { app: 'db' }), volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
    },
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'migrate' },
      spec: { template: pod('m', {}) },
    },
  ];
  expect(workloadsOf(objects)).toEqual([
    { kind: 'Rollout', name: 'web', selector: { app: 'web' }, images: ['acme/web:1'], claimTemplates: [] },
    {
      kind: 'StatefulSet',
      name: 'db',
      selector: { app: 'db' },
      images: ['acme/db:1'],
      claimTemplates: ['data'],
    },
    {
      kind: 'Job',
      name: 'migrate',
      selector: { 'job-name': 'migrate' },
      images: ['acme/m:1'],
      claimTemplates: [],
    },
  ]);
});

test('a Rollout that refers to a Deployment has its pods, with or without a selector of its own', () => {
  const [deployment, rollout] = parseManifest(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template: {spec: {containers: [{name: web, image: 'acme/web:1'}]}}
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web-rollout}
spec: {workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
`);
  const pods = { selector: { app: 'web' }, images: ['acme/web:1'], claimTemplates: [] };
  expect(workloadsOf([deployment, rollout].flatMap((object) => object ?? []))).toEqual([
    { kind: 'Rollout', name: 'web-rollout', ...pods },
  ]);
  expect(workloadsOf(rollout ? [rollout] : [])).toEqual([]);
  expect(workloadsOf(deployment ? [deployment] : [])).toEqual([{ kind: 'Deployment', name: 'web', ...pods }]);
});
