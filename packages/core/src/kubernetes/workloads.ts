import type { KubernetesObject, Labels } from './objects.ts';

/** Something that runs pods. */
export interface Workload {
  readonly kind: string;
  readonly name: string;
  /** Labels that all of its pods carry. */
  readonly selector: Labels;
  /** Images as the manifest writes them. */
  readonly images: readonly string[];
  /** Names of the claim templates of a StatefulSet. */
  readonly claimTemplates: readonly string[];
}

interface Template {
  readonly metadata?: { readonly labels?: Labels };
  readonly spec?: PodSpec;
}

interface PodSpec {
  readonly containers?: readonly { readonly image?: string }[];
  readonly initContainers?: readonly { readonly image?: string }[];
}

interface WorkloadSpec extends PodSpec {
  readonly selector?: { readonly matchLabels?: Labels };
  readonly template?: Template;
  readonly volumeClaimTemplates?: readonly { readonly metadata?: { readonly name?: string } }[];
  /** In the place of selector and template. https://argo-rollouts.readthedocs.io/en/stable/migrating/#reference-deployment-from-rollout */
  readonly workloadRef?: ObjectName;
}

interface ObjectName {
  readonly kind?: string;
  readonly name?: string;
}

/**
 * The workloads among rendered objects, of whatever kind: what has a pod template, and bare pods. A Rollout that refers to
 * a workload among them has its pods, and that workload is no other.
 */
export function workloadsOf(objects: readonly KubernetesObject[]): readonly Workload[] {
  const references = objects.flatMap((object) => specOf(object)?.workloadRef ?? []);
  return objects.flatMap((object) => {
    const spec = resolved(object, objects);
    const podSpec = object.kind === 'Pod' ? spec : spec?.template?.spec;
    if (spec === undefined || !Array.isArray(podSpec?.containers)) return [];
    if (references.some((reference) => isNamed(object, reference))) return [];
    const { kind, metadata } = object;
    const containers = [...podSpec.containers, ...listOf(podSpec.initContainers)];
    return [
      {
        kind,
        name: metadata.name,
        selector: selectorOf(object, spec),
        images: containers.flatMap((container) => container?.image ?? []),
        claimTemplates: listOf(spec.volumeClaimTemplates).flatMap((claim) => claim?.metadata?.name ?? []),
      },
    ];
  });
}

/** The workload that an object takes its pods' template from; undefined when it has a template of its own. */
export function workloadReferenceOf(object: KubernetesObject): Required<ObjectName> | undefined {
  const { kind, name } = specOf(object)?.workloadRef ?? {};
  return kind === undefined || name === undefined ? undefined : { kind, name };
}

function resolved(object: KubernetesObject, objects: readonly KubernetesObject[]): WorkloadSpec | undefined {
  const spec = specOf(object);
  const reference = spec?.workloadRef;
  if (reference === undefined) return spec;
  return { ...objects.flatMap((one) => (isNamed(one, reference) ? (specOf(one) ?? []) : []))[0], ...spec };
}

function specOf(object: KubernetesObject): WorkloadSpec | undefined {
  return (object as { readonly spec?: WorkloadSpec | null }).spec ?? undefined;
}

function isNamed({ kind, metadata }: KubernetesObject, reference: ObjectName): boolean {
  return kind === reference.kind && metadata.name === reference.name;
}

/** A chart may render anything; that it is no list the API server says. */
function listOf<Item>(value: readonly Item[] | undefined): readonly Item[] {
  return Array.isArray(value) ? value : [];
}

function selectorOf({ kind, metadata }: KubernetesObject, spec: WorkloadSpec): Labels {
  if (kind === 'Pod') return metadata.labels ?? {};
  // A Job's own selector is made by its controller.
  if (kind === 'Job') return { 'job-name': metadata.name };
  // Knative knows its pods by this label. https://knative.dev/docs/serving/revisions/revision-admin-config-options/
  if (kind === 'Service') return { 'serving.knative.dev/service': metadata.name };
  return spec.selector?.matchLabels ?? spec.template?.metadata?.labels ?? {};
}
