import { describeReference, referenceOf } from './manifest.ts';
import type { KubernetesObject } from './objects.ts';
import { byCondition, RULES } from './readiness-rules.ts';
import { type Readiness, UNSEEN, waiting } from './readiness-states.ts';
import type { Live } from './status.ts';

/**
 * Whether an object is ready, by its status alone: workloads when the controller has seen this very generation and all of
 * it is available, Jobs when they are complete, Knative Services also when they are scaled to zero, other kinds by their
 * condition `Ready` or `Available`, and kinds without one at once.
 */
export function readinessOf(object: KubernetesObject): Readiness {
  const { spec = {}, status = {} } = object as Partial<Live>;
  const { apiVersion, kind, metadata } = object;
  if (metadata.deletionTimestamp !== undefined) return waiting('is being removed');
  const { generation } = metadata;
  const rule = RULES[`${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}/${kind}`];
  const { observedGeneration } = status;
  if (generation !== undefined && observedGeneration !== undefined && Number(observedGeneration) < generation)
    return UNSEEN;
  return (rule ?? byCondition)({ metadata, spec, status });
}

/** For people: `Deployment web has 0 of 1 replicas available`. */
export function describeReadiness(object: KubernetesObject, why: string): string {
  return `${describeReference(referenceOf(object))} ${why}`;
}
