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
}

/** The workloads among rendered objects, of whatever kind: what has a pod template, and bare pods. */
export function workloadsOf(objects: readonly KubernetesObject[]): readonly Workload[] {
  return objects.flatMap((object) => {
    const { spec } = object as { readonly spec?: WorkloadSpec };
    const podSpec = object.kind === 'Pod' ? spec : spec?.template?.spec;
    if (spec === undefined || !Array.isArray(podSpec?.containers)) return [];
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
