import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster, KubernetesObject } from '@gitops-actions/testkit';

export interface Pod extends KubernetesObject {
  readonly status?: {
    readonly phase: string;
    readonly containerStatuses?: readonly { readonly ready: boolean; readonly state: object }[];
  };
}

interface PodOptions {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly cpu?: string;
}

const template = (name: string, image: string, { annotations = {}, cpu = '1m' }: PodOptions) => ({
  metadata: { labels: { app: name }, annotations },
  spec: { containers: [{ name: 'main', image, resources: { requests: { cpu } } }] },
});

/** One replica, labelled `app: <name>`. */
export const deployment = (namespace: string, name: string, image: string, options: PodOptions = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    progressDeadlineSeconds: 6,
    selector: { matchLabels: { app: name } },
    template: template(name, image, options),
  },
});

/** One try, labelled `app: <name>`. */
export function job(namespace: string, name: string, image: string, options: PodOptions = {}): object {
  const { metadata, spec } = template(name, image, options);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace },
    spec: { backoffLimit: 0, template: { metadata, spec: { ...spec, restartPolicy: 'Never' } } },
  };
}

/** One replica with a claim of 1 GiB. */
export const statefulSet = (namespace: string, name: string, image: string): object => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name, namespace },
  spec: {
    serviceName: name,
    selector: { matchLabels: { app: name } },
    template: template(name, image, {}),
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ],
  },
});

/** Writes a kubeconfig beside the cluster's own; its path. */
export async function writeKubeconfig(cluster: Cluster, text: string): Promise<string> {
  const path = join(cluster.folder, `${randomUUID()}.yaml`);
  await writeFile(path, text, { mode: 0o600 });
  return path;
}
