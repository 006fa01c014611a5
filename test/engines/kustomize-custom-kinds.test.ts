import { beforeAll, expect, test } from '@jest/globals';
import { never } from './helm-stage.ts';
import { GONE, NAMESPACE, onKustomize } from './kustomize-scene.ts';

const KNATIVE = 'services.serving.knative.dev';

/** As much of another project's kind as the API server needs. */
function definition(group: string, kind: string, version: string): object {
  const plural = `${kind.toLowerCase()}s`;
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Groups of Kubernetes itself need a word on it.
      annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' },
    },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase() },
      scope: 'Namespaced',
      versions: [{ name: version, served: true, storage: true, subresources: { status: {} }, schema }],
    },
  };
}

onKustomize('kustomize previews with kinds of other projects', (scene) => {
  beforeAll(async () => {
    await scene
      .cluster()
      .apply(
        definition('serving.knative.dev', 'Service', 'v1'),
        definition('gateway.networking.k8s.io', 'HTTPRoute', 'v1'),
        definition('argoproj.io', 'Rollout', 'v1alpha1'),
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRole',
          metadata: { name: 'more', labels: { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true' } },
          rules: [
            {
              apiGroups: ['serving.knative.dev', 'gateway.networking.k8s.io', 'argoproj.io'],
              resources: ['*'],
              verbs: ['*'],
            },
          ],
        },
      );
    await scene.cluster().kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s');
  });

  test('a prefix reaches the names in kinds that Kustomize does not know', async () => {
    const template = {
      spec: { containers: [{ image: 'acme/web:old', envFrom: [{ configMapRef: { name: 'settings' } }] }] },
    };
    const engine = await scene.stage().with(
      [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } },
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'web' },
          spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
        },
        {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
          metadata: { name: 'web' },
          spec: { hostnames: ['{{preview.host}}'], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
        },
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Rollout',
          metadata: { name: 'web' },
          spec: {
            selector: { matchLabels: { app: 'web' } },
            strategy: { canary: { stableService: 'web' } },
            template,
          },
        },
      ],
      { timeout: 1000 },
    );
    const name = scene.name();
    const wanted = scene.spec();
    await expect(engine.deploy(wanted, never)).rejects.toMatchObject({
      reasons: [`Rollout ${name}-web is not seen by its controller yet`],
    });
    expect(await scene.get('httproute', 'web')).toMatchObject({
      spec: { hostnames: [wanted.host], rules: [{ backendRefs: [{ name: `${name}-web` }] }] },
    });
    const own = { 'previews.gitops-actions/name': name };
    expect(await scene.get('rollout', 'web')).toMatchObject({
      spec: {
        selector: { matchLabels: { app: 'web', ...own } },
        strategy: { canary: { stableService: `${name}-web` } },
        template: {
          metadata: { labels: own },
          spec: {
            containers: [{ image: 'acme/web:v1', envFrom: [{ configMapRef: { name: `${name}-settings` } }] }],
          },
        },
      },
    });
    expect(await scene.get('service', 'web')).toMatchObject({ spec: { selector: { app: 'web', ...own } } });
  });

  test('a Knative Service is waited for by its condition, with pods or without, and may outlive its definition', async () => {
    const env = [{ name: 'HOST', value: '{{preview.host}}' }];
    const service = {
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { template: { spec: { containers: [{ image: 'acme/web:old', env }] } } },
    };
    const engine = await scene.stage().with([service]);
    const wanted = scene.spec();
    const say = (status: string) => {
      const conditions = [{ type: 'Ready', status, reason: 'Deploying' }];
      const patch = [
        'patch',
        KNATIVE,
        `${scene.name()}-web`,
        '-n',
        NAMESPACE,
        '--subresource=status',
        '--type=merge',
      ];
      return scene
        .cluster()
        .kubectl(...patch, '-p', JSON.stringify({ status: { observedGeneration: 1, conditions } }));
    };
    const deploying = engine.deploy(wanted, never);
    await scene.appears(KNATIVE, 'web');
    await say('Unknown');
    await say('True');
    expect(await deploying).toMatchObject({ kind: 'deployed' });
    const containers = [{ image: 'acme/web:v1', env: [{ value: wanted.host }] }];
    expect(await scene.get(KNATIVE, 'web')).toMatchObject({ spec: { template: { spec: { containers } } } });
    await say('False');
    const quick = await scene.stage().with([service], { timeout: 3000 });
    const last = scene.spec();
    await expect(quick.deploy(last, never)).rejects.toMatchObject({
      message: `Preview ${scene.name()} is not ready after 3s: Service ${scene.name()}-web.`,
      reasons: [`Service ${scene.name()}-web is not ready (Deploying)`],
    });
    await scene.cluster().kubectl('delete', 'crd', KNATIVE);
    expect(await scene.remove(engine, last)).toEqual(GONE);
  });
});
