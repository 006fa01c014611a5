import { NAMESPACE } from './verify-workload-scene.ts';
import { deployment } from './workloads.ts';

/** Two replicas of `acme/<name>:<tag>`, labelled `app: <name>`. */
export const statefulSet = (name: string, tag: string, spec: object = {}): object =>
  workload('StatefulSet', name, tag, { serviceName: name, replicas: 2, ...spec });

/** Of `acme/<name>:<tag>`, labelled `app: <name>`. */
export const daemonSet = (name: string, tag: string, spec: object = {}): object =>
  workload('DaemonSet', name, tag, spec);

function workload(kind: string, name: string, tag: string, more: object): object {
  const { metadata, spec } = deployment(NAMESPACE, name, `acme/${name}:${tag}`);
  const { selector, template } = spec;
  return { apiVersion: 'apps/v1', kind, metadata, spec: { selector, template, ...more } };
}
