import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../src/kubernetes/index.ts';
import { labelObject } from '../../src/preview/kustomize-labels.ts';

const LABELS = {
  object: { name: 'pr-1', run: '7' },
  pod: { name: 'pr-1', owner: 'us' },
  selector: { name: 'pr-1' },
};
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [] } };
const labelled = {
  metadata: { labels: { app: 'web', name: 'pr-1', owner: 'us' } },
  spec: { containers: [] },
};

function specOf(apiVersion: string, kind: string, spec: object): unknown {
  const object = { apiVersion, kind, metadata: { name: 'web' }, spec };
  return (labelObject(object, LABELS) as KubernetesObject & { readonly spec: unknown }).spec;
}

describe('labels and selectors by structure', () => {
  test('every object has the labels of the deployment besides its own', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', labels: { own: 'x', run: '6' } },
      data: {},
    };
    expect(labelObject(object, LABELS)).toEqual({
      ...object,
      metadata: { name: 'a', labels: { own: 'x', name: 'pr-1', run: '7' } },
    });
  });

  test.each([
    ['apps/v1', 'Deployment'],
    ['apps/v1', 'DaemonSet'],
    ['argoproj.io/v1alpha1', 'Rollout'],
    ['acme.dev/v1', 'WorkloadOfTomorrow'],
  ])('%s %s: pods and the selector', (apiVersion, kind) => {
    expect(specOf(apiVersion, kind, { selector: { matchLabels: { app: 'web' } }, template })).toEqual({
      selector: { matchLabels: { app: 'web', name: 'pr-1' } },
      template: labelled,
    });
  });

  test('a selector of expressions is narrowed too', () => {
    const matchExpressions = [{ key: 'app', operator: 'Exists' }];
    expect(specOf('apps/v1', 'Deployment', { selector: { matchExpressions }, template })).toEqual({
      selector: { matchExpressions, matchLabels: { name: 'pr-1' } },
      template: labelled,
    });
  });

  test('a StatefulSet: its claims', () => {
    const volumeClaimTemplates = [{ metadata: { name: 'data' }, spec: {} }];
    expect(specOf('apps/v1', 'StatefulSet', { template, volumeClaimTemplates })).toEqual({
      template: labelled,
      volumeClaimTemplates: [{ metadata: { name: 'data', labels: LABELS.pod }, spec: {} }],
    });
  });

  test('a CronJob: its Jobs and their pods', () => {
    expect(
      specOf('batch/v1', 'CronJob', { schedule: '@daily', jobTemplate: { spec: { template } } }),
    ).toEqual({
      schedule: '@daily',
      jobTemplate: { metadata: { labels: LABELS.pod }, spec: { template: labelled } },
    });
  });

  test('a Knative Service has pods and no selector', () => {
    expect(specOf('serving.knative.dev/v1', 'Service', { template })).toEqual({ template: labelled });
  });

  test.each<[string, string, object, object]>([
    ['v1', 'Service', { selector: { app: 'web' } }, { selector: { app: 'web', name: 'pr-1' } }],
    ['v1', 'Service', { selector: null, type: 'ExternalName' }, { selector: null, type: 'ExternalName' }],
    ['v1', 'Service', { ports: [] }, { ports: [] }],
    [
      'policy/v1',
      'PodDisruptionBudget',
      { selector: { matchLabels: { app: 'web' } } },
      { selector: { matchLabels: { app: 'web', name: 'pr-1' } } },
    ],
    [
      'networking.k8s.io/v1',
      'NetworkPolicy',
      { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'proxy' } } }] }] },
      {
        podSelector: { matchLabels: { name: 'pr-1' } },
        ingress: [{ from: [{ podSelector: { matchLabels: { app: 'proxy' } } }] }],
      },
    ],
    // It selects volumes of the whole cluster.
    [
      'v1',
      'PersistentVolumeClaim',
      { selector: { matchLabels: { disk: 'fast' } } },
      { selector: { matchLabels: { disk: 'fast' } } },
    ],
    [
      'networking.istio.io/v1',
      'Gateway',
      { selector: { istio: 'ingress' } },
      { selector: { istio: 'ingress' } },
    ],
  ])('%s %s %j', (apiVersion, kind, spec, expected) => {
    expect(specOf(apiVersion, kind, spec)).toEqual(expected);
  });
});
