import { deployment } from './workloads.ts';

/** A step of a canary that waits until somebody promotes it. */
export const PAUSE = { pause: {} } as const;

/** A Rollout with one step after the other, labelled `app: <name>`. Two replicas. */
export const canary = (
  namespace: string,
  name: string,
  image: string,
  steps: readonly object[] = [{ setWeight: 50 }, PAUSE],
) => rollout(namespace, name, image, { canary: { steps } });

/** A Rollout between the Services of `blueGreenServices`, of which whoever promotes it switches the active one over. */
export const blueGreen = (namespace: string, name: string, image: string) => {
  const services = { activeService: `${name}-active`, previewService: `${name}-preview` };
  return rollout(namespace, name, image, { blueGreen: { ...services, autoPromotionEnabled: false } });
};

/** Apply them once: a second time would take back which pods the controller has chosen for them. */
export const blueGreenServices = (namespace: string, name: string): readonly object[] => [
  service(namespace, `${name}-active`, name),
  service(namespace, `${name}-preview`, name),
];

/** A Rollout that takes its pods' template from a Deployment, which has no pods itself. */
export const referring = (namespace: string, name: string, image: string): readonly object[] => {
  const { metadata, spec } = deployment(namespace, name, image);
  const workloadRef = { apiVersion: 'apps/v1', kind: 'Deployment', name };
  return [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { ...spec, replicas: 0 } },
    {
      ...rollout(namespace, name, image, { canary: { steps: [] } }),
      spec: { replicas: 2, progressDeadlineSeconds: 6, workloadRef, strategy: { canary: {} } },
    },
  ];
};

function rollout(namespace: string, name: string, image: string, strategy: object) {
  const { spec, metadata } = deployment(namespace, name, image);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata,
    spec: { ...spec, replicas: 2, strategy },
  };
}

const service = (namespace: string, name: string, app: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { selector: { app }, ports: [{ port: 80 }] },
});
