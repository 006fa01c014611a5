import type { ObjectReference } from '../kubernetes/index.ts';
import { isWithin, type Judgement, plainPath, type Reconciliation, shortCommit } from './controller.ts';

interface Condition {
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

/** As much of a Kustomization as is read. https://fluxcd.io/flux/components/kustomize/kustomizations/ */
export interface FluxKustomization {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly generation?: number };
  readonly spec?: {
    readonly path?: string;
    readonly suspend?: boolean;
    readonly wait?: boolean;
    readonly healthChecks?: readonly unknown[];
    readonly kubeConfig?: unknown;
    readonly sourceRef?: SourceReference;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly lastAppliedRevision?: string;
    readonly lastAttemptedRevision?: string;
    readonly conditions?: readonly Condition[];
    readonly inventory?: { readonly entries?: readonly { readonly id: string; readonly v: string }[] };
  };
}

/** Reasons that pass by themselves. https://fluxcd.io/flux/components/kustomize/kustomizations/#conditions */
const PASSING: ReadonlySet<string> = new Set([
  ...[
    'ArtifactFailed',
    'DependencyNotReady',
    'Progressing',
    'ProgressingWithRetry',
    'ReconciliationInterrupted',
  ],
]);

/** What a Kustomization says of the preview in a folder. */
export function reconciliationOf(
  kustomization: FluxKustomization,
  where: string,
  folder: string,
): Reconciliation {
  const { spec, status } = kustomization;
  const { lastAppliedRevision, lastAttemptedRevision } = status ?? {};
  const revisions = [commitOf(lastAppliedRevision), commitOf(lastAttemptedRevision)];
  const ready = readyOf(kustomization);
  return {
    where,
    problem: problemOf(kustomization, folder),
    isOwn: isWithin(plainPath(spec?.path ?? ''), folder),
    revisions: revisions.filter((revision) => revision !== ''),
    inventory: spec?.kubeConfig === undefined ? inventoryOf(kustomization) : [],
    stays: '',
    complaints: ready?.message ? [`${ready.reason}: ${ready.message}`] : [],
    judge: (isCurrent) => judgeKustomization(kustomization, isCurrent),
  };
}

/**
 * Whether a revision runs; pure. While it works on one, `lastAppliedRevision` is still that of the one before, and a change
 * of the Kustomization itself counts once it is observed.
 */
export function judgeKustomization(
  kustomization: FluxKustomization,
  isCurrent: (revision: string) => boolean,
): Judgement {
  const { metadata, status } = kustomization;
  const { observedGeneration, lastAppliedRevision, lastAttemptedRevision } = status ?? {};
  const ready = readyOf(kustomization);
  const isObserved = metadata.generation === undefined || observedGeneration === metadata.generation;
  if (isObserved && ready?.status === 'True' && isCurrent(commitOf(lastAppliedRevision)))
    return { kind: 'healthy', isSure: true };
  const said = ready?.message ? `${ready.reason}: ${ready.message}` : 'nothing is said of it yet';
  if (
    isObserved &&
    ready?.status === 'False' &&
    !PASSING.has(ready.reason ?? '') &&
    isCurrent(commitOf(lastAttemptedRevision))
  )
    return { kind: 'broken', what: said, isFinal: true };
  const revision = shortCommit(commitOf(lastAttemptedRevision)) || 'no revision yet';
  return { kind: 'waiting', what: `at ${revision}, ${said}` };
}

/** The commit in `main@sha1:<id>`, `refs/heads/main@sha1:<id>` or `sha1:<id>`; empty when there is none. */
export function commitOf(revision: string | undefined): string {
  return /(?:^|@)sha(?:1|256):([0-9a-f]{40,64})$/.exec(revision ?? '')?.[1] ?? '';
}

function readyOf({ status }: FluxKustomization): Condition | undefined {
  return status?.conditions?.find(({ type }) => type === 'Ready');
}

function problemOf({ spec }: FluxKustomization, folder: string): string | undefined {
  const path = plainPath(spec?.path ?? '');
  if (!isWithin(path, folder) && !isWithin(folder, path))
    return `brings ${path || 'the whole repository'} into the cluster, not ${folder}`;
  if (spec?.sourceRef?.kind !== 'GitRepository')
    return `takes its files from the kind ${spec?.sourceRef?.kind}, whose revisions are not commits`;
  if (spec.suspend === true)
    return 'is suspended, so it applies nothing; resume it with "flux resume kustomization"';
  if (spec.wait !== true && (spec.healthChecks ?? []).length === 0)
    return 'does not wait for what it applies, so its word says nothing about health; set "wait: true" in it';
  return undefined;
}

/** Entries are `<namespace>_<name>_<group>_<kind>`, with `__` for a colon in the name. */
function inventoryOf({ status }: FluxKustomization): readonly ObjectReference[] {
  return (status?.inventory?.entries ?? []).flatMap(({ id, v }) => {
    const [, namespace = '', name = '', group = '', kind = ''] =
      /^([^_]*)_(.+)_([^_]*)_([^_]+)$/.exec(id) ?? [];
    const apiVersion = group === '' ? v : `${group}/${v}`;
    return kind === '' ? [] : [{ apiVersion, kind, namespace, name: name.replaceAll('__', ':') }];
  });
}
