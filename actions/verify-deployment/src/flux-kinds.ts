import type { CustomKind, FluxKustomization, FluxObject } from '@gitops-actions/core/controller';

/** As much of a HelmRelease as is read. https://fluxcd.io/flux/components/helm/helmreleases/ */
export interface HelmRelease extends FluxObject {
  readonly spec?: { readonly suspend?: boolean; readonly targetNamespace?: string };
  readonly status?: FluxObject['status'] & {
    /** A version of the chart, no commit. */
    readonly lastAttemptedRevision?: string;
  };
}

/** As much of a GitRepository as is read. https://fluxcd.io/flux/components/source/gitrepositories/ */
export interface GitSource extends FluxObject {
  readonly status?: FluxObject['status'] & { readonly artifact?: { readonly revision?: string } };
}

export const HELM_RELEASES: CustomKind = { api: 'helm.toolkit.fluxcd.io/v2', plural: 'helmreleases' };

/** Labels that kustomize-controller puts on all that it applies: which Kustomization that was. */
const OWNER = 'kustomize.toolkit.fluxcd.io';
/** Labels that helm-controller puts on all that it installs. */
const RELEASE = 'helm.toolkit.fluxcd.io';

/** Which object is meant. */
export interface FluxName {
  readonly namespace: string;
  readonly name: string;
}

/** The Kustomization that applied an object; undefined when none did. */
export function ownerOf({ metadata }: FluxObject): FluxName | undefined {
  const [name, namespace] = [metadata.labels?.[`${OWNER}/name`], metadata.labels?.[`${OWNER}/namespace`]];
  return name === undefined || namespace === undefined ? undefined : { name, namespace };
}

/** Finds what a HelmRelease installed. */
export function releaseSelector({ metadata }: HelmRelease, namespace: string): string {
  return `${RELEASE}/name=${metadata.name},${RELEASE}/namespace=${metadata.namespace ?? namespace}`;
}

/** What the workflow names, as it was read; `object` is undefined when it is not there. */
export type FluxPart =
  | ({ readonly kind: 'Kustomization'; readonly object: FluxKustomization | undefined } & FluxName)
  | ({
      readonly kind: 'HelmRelease';
      readonly object: HelmRelease | undefined;
      /** The Kustomization that applied it. */
      readonly owner: FluxKustomization | undefined;
    } & FluxName);

/** `Kustomization shop in namespace flux-system`. */
export function fluxWhere({ kind, name, namespace }: Pick<FluxPart, 'kind' | 'name' | 'namespace'>): string {
  return `${kind} ${name} in namespace ${namespace}`;
}

/** The Kustomization whose commit a part is judged by. */
export function carrierOf(part: FluxPart): FluxKustomization | undefined {
  return part.kind === 'Kustomization' ? part.object : part.owner;
}
