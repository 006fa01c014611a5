import type { ObjectReference } from '../kubernetes/index.ts';

/** A condition as Flux writes it. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** Where a Kustomization takes its files from. */
export interface SourceReference {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** What all of Flux's objects have. */
export interface FluxObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec?: { readonly suspend?: boolean };
  readonly status?: {
    readonly observedGeneration?: number;
    /** The value of the annotation `REQUESTED` that was seen last. */
    readonly lastHandledReconcileAt?: string;
    readonly conditions?: readonly Condition[];
  };
}

/** As much of a Kustomization as is read. https://fluxcd.io/flux/components/kustomize/kustomizations/ */
export interface FluxKustomization extends FluxObject {
  readonly spec?: {
    readonly path?: string;
    readonly suspend?: boolean;
    readonly wait?: boolean;
    readonly healthChecks?: readonly unknown[];
    readonly kubeConfig?: unknown;
    readonly sourceRef?: SourceReference;
  };
  readonly status?: FluxObject['status'] & {
    readonly lastAppliedRevision?: string;
    readonly lastAttemptedRevision?: string;
    readonly inventory?: { readonly entries?: readonly { readonly id: string; readonly v: string }[] };
  };
}

export const KUSTOMIZATIONS = { api: 'kustomize.toolkit.fluxcd.io/v1', plural: 'kustomizations' };
export const GIT_REPOSITORIES = { api: 'source.toolkit.fluxcd.io/v1', plural: 'gitrepositories' };

/** Any new value makes the controller look. https://fluxcd.io/flux/components/kustomize/kustomizations/#triggering-a-reconcile */
export const REQUESTED = 'reconcile.fluxcd.io/requestedAt';

/** The commit in `main@sha1:<id>`, `refs/heads/main@sha1:<id>` or `sha1:<id>`; empty when there is none. */
export function commitOf(revision: string | undefined): string {
  return /(?:^|@)sha(?:1|256):([0-9a-f]{40,64})$/.exec(revision ?? '')?.[1] ?? '';
}

/** Its condition `Ready`. */
export function readyOf({ status }: FluxObject): Condition | undefined {
  return status?.conditions?.find(({ type }) => type === 'Ready');
}

/** What a condition says, for people; outside text. */
export function saidOf(condition: Condition | undefined): string {
  return condition?.message ? `${condition.reason}: ${condition.message}` : '';
}

/** The Git repository that a Kustomization takes its files from; undefined for a source of another kind. */
export function gitSourceOf(
  { spec, metadata }: FluxKustomization,
  namespace: string,
): { readonly namespace: string; readonly name: string } | undefined {
  const { kind, name = '', namespace: own } = spec?.sourceRef ?? {};
  return kind === 'GitRepository' ? { name, namespace: own ?? metadata.namespace ?? namespace } : undefined;
}

/**
 * What it has applied, in the cluster that holds the Kustomization itself; empty for another one.
 * Entries are `<namespace>_<name>_<group>_<kind>`, with `__` for a colon in the name.
 */
export function kustomizationInventory({ spec, status }: FluxKustomization): readonly ObjectReference[] {
  if (spec?.kubeConfig !== undefined) return [];
  return (status?.inventory?.entries ?? []).flatMap(({ id, v }) => {
    const [, namespace = '', name = '', group = '', kind = ''] =
      /^([^_]*)_(.+)_([^_]*)_([^_]+)$/.exec(id) ?? [];
    const apiVersion = group === '' ? v : `${group}/${v}`;
    return kind === '' ? [] : [{ apiVersion, kind, namespace, name: name.replaceAll('__', ':') }];
  });
}
