import { ConfigurationError } from '@gitops-actions/core/action';
import {
  type CustomKind,
  customPath,
  listCustom,
  type Place,
  readCustom,
} from '@gitops-actions/core/controller';
import { isClusterError, type KubernetesObject, workloadReferenceOf } from '@gitops-actions/core/kubernetes';
import type { EngineOptions, Selection } from './engine.ts';
import { DEPLOYMENTS, type WorkloadKind, type WorkloadKinds } from './workload-kinds.ts';
import { parseWorkloadName, type WorkloadName, writeWorkloadName } from './workload-names.ts';

/** Which workloads are verified. */
export type Chosen =
  | { readonly kind: 'names'; readonly names: readonly WorkloadName[] }
  | { readonly kind: 'selector'; readonly selector: string };

/** What was there at one moment. */
export interface Reading {
  readonly objects: readonly KubernetesObject[];
  /** Named, and not there. */
  readonly missing: readonly WorkloadName[];
}

/** More than these of one kind are listed. */
const MOST_SINGLE_READS = 4;

/** What is meant by a selection. */
export function choose(selection: Selection, kinds: WorkloadKinds): Chosen {
  if (selection.kind === 'selector') return selection;
  return { kind: 'names', names: selection.names.map((name) => parseWorkloadName(name, kinds)) };
}

/** Reads the workloads, now. */
export async function readWorkloads(
  place: Place,
  chosen: Chosen,
  kinds: readonly WorkloadKind[],
  signal: AbortSignal,
): Promise<Reading> {
  if (chosen.kind === 'selector') {
    const lists = kinds.map((kind) => listKind(place, kind, signal, chosen.selector));
    return { objects: (await Promise.all(lists)).flat().filter(isOfRelease), missing: [] };
  }
  const reads = kinds.map((kind) => readNamed(place, kind, chosen.names, signal));
  const objects = (await Promise.all(reads)).flat();
  const missing = chosen.names.filter(
    ({ kind, name }) => !objects.some((one) => one.kind === kind.kind && one.metadata.name === name),
  );
  return { objects, missing };
}

/** Names of a namespace's workloads as a person may have meant them; those that may not be listed are left out. */
export async function namesNear(
  place: Place,
  { kind }: WorkloadName,
  kinds: readonly WorkloadKind[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const lists = kinds.map(async (one) => {
    const objects = await listKind(place, one, signal).catch(noneIfForbidden);
    const names = objects.map(({ metadata }) => metadata.name);
    return one === kind ? names : names.map((name) => writeWorkloadName({ kind: one, name }));
  });
  return (await Promise.all(lists)).flat();
}

/** The workloads that Rollouts take their pods' templates from. */
export async function readReferred(
  place: Place,
  objects: readonly KubernetesObject[],
  signal: AbortSignal,
): Promise<readonly KubernetesObject[]> {
  const names = objects.flatMap((object) => {
    const reference = workloadReferenceOf(object);
    return reference?.kind === DEPLOYMENTS.kind ? [reference.name] : [];
  });
  const reads = names.map((name) => readCustom<KubernetesObject>(place, DEPLOYMENTS, name, signal));
  return (await Promise.all(reads)).flatMap((object) => object ?? []);
}

/** Paths whose changes are changes of what is verified. */
export function watchedPaths(
  { namespace }: Pick<EngineOptions, 'namespace'>,
  chosen: Chosen,
  kinds: readonly WorkloadKind[],
): readonly string[] {
  if (chosen.kind === 'selector')
    return kinds.map((kind) => pathOf(kind, namespace, { labelSelector: chosen.selector }));
  return kinds.flatMap((kind) => {
    const names = chosen.names.filter((one) => one.kind === kind);
    const [first] = names;
    if (first === undefined) return [];
    const query = names.length === 1 ? { fieldSelector: `metadata.name=${first.name}` } : {};
    return [pathOf(kind, namespace, query)];
  });
}

function pathOf(kind: CustomKind, namespace: string, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(query).toString();
  return `${customPath(kind, namespace)}${search && `?${search}`}`;
}

async function readNamed(
  place: Place,
  kind: WorkloadKind,
  all: readonly WorkloadName[],
  signal: AbortSignal,
): Promise<readonly KubernetesObject[]> {
  const names = all.flatMap((one) => (one.kind === kind ? [one.name] : []));
  if (names.length > MOST_SINGLE_READS)
    return (await listKind(place, kind, signal)).filter(({ metadata }) => names.includes(metadata.name));
  const reads = names.map((name) => readCustom<KubernetesObject>(place, kind, name, signal));
  return (await Promise.all(reads)).flatMap((object) => object ?? []);
}

/** A list of a built-in kind does not say what its items are. */
async function listKind(
  place: Place,
  kind: WorkloadKind,
  signal: AbortSignal,
  selector = '',
): Promise<readonly KubernetesObject[]> {
  const items = await listCustom<KubernetesObject>(place, kind, signal, selector).catch(refuseUnknown(kind));
  return items.map((item) => ({ ...item, apiVersion: kind.api, kind: kind.kind }));
}

/** What a CronJob starts is not what a release brings. */
function isOfRelease({ metadata: { ownerReferences = [] } }: KubernetesObject): boolean {
  return !ownerReferences.some(({ kind }) => kind === 'CronJob');
}

function refuseUnknown({ kind, product = 'its API' }: WorkloadKind): (error: unknown) => never {
  return (error) => {
    if (!isClusterError(error, 'NotFound')) throw error;
    throw new ConfigurationError(
      `${product} is not installed in this cluster: it does not know the kind ${kind}. Look at the cluster that the kubeconfig names.`,
    );
  };
}

function noneIfForbidden(error: unknown): readonly never[] {
  if (isClusterError(error, 'Forbidden')) return [];
  throw error;
}
