interface FieldSpec {
  readonly group: string;
  readonly kind: string;
  readonly path: string;
}

/** Kinds with a pod template that Kustomize does not know. */
const WORKLOADS = [
  { group: 'serving.knative.dev', kind: 'Service' },
  { group: 'argoproj.io', kind: 'Rollout' },
] as const;
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const;

/**
 * Where kinds that Kustomize does not know name other objects of an overlay, so that a prefix reaches these places too.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configurations/
 */
export const NAME_REFERENCES = {
  nameReference: [
    target('ConfigMap', 'v1', [
      ...inContainers('env/valueFrom/configMapKeyRef/name', 'envFrom/configMapRef/name'),
      ...inPods('volumes/configMap/name', 'volumes/projected/sources/configMap/name'),
    ]),
    target('Secret', 'v1', [
      ...inContainers('env/valueFrom/secretKeyRef/name', 'envFrom/secretRef/name'),
      ...inPods(
        'volumes/secret/secretName',
        'volumes/projected/sources/secret/name',
        'imagePullSecrets/name',
      ),
    ]),
    target('ServiceAccount', 'v1', inPods('serviceAccountName')),
    target('PersistentVolumeClaim', 'v1', inPods('volumes/persistentVolumeClaim/claimName')),
    target('Service', 'v1', [
      ...ROUTES.map((kind) => spec('gateway.networking.k8s.io', kind, 'spec/rules/backendRefs/name')),
      ...[
        'canary/canaryService',
        'canary/stableService',
        'blueGreen/activeService',
        'blueGreen/previewService',
      ].map((path) => spec('argoproj.io', 'Rollout', `spec/strategy/${path}`)),
    ]),
    {
      group: 'argoproj.io',
      kind: 'Rollout',
      fieldSpecs: [spec('autoscaling', 'HorizontalPodAutoscaler', 'spec/scaleTargetRef/name')],
    },
    {
      group: 'apps',
      kind: 'Deployment',
      fieldSpecs: [spec('argoproj.io', 'Rollout', 'spec/workloadRef/name')],
    },
  ],
};

function target(kind: string, version: string, fieldSpecs: readonly FieldSpec[]) {
  return { kind, version, fieldSpecs };
}

function spec(group: string, kind: string, path: string): FieldSpec {
  return { group, kind, path };
}

function inPods(...paths: readonly string[]): readonly FieldSpec[] {
  return WORKLOADS.flatMap(({ group, kind }) =>
    paths.map((path) => spec(group, kind, `spec/template/spec/${path}`)),
  );
}

function inContainers(...paths: readonly string[]): readonly FieldSpec[] {
  return inPods(
    ...['containers', 'initContainers'].flatMap((list) => paths.map((path) => `${list}/${path}`)),
  );
}
