import { ConfigurationError } from '@gitops-actions/core/action';
import {
  type CustomKind,
  customPath,
  type FluxKustomization,
  type FluxObject,
  KUSTOMIZATIONS,
  listCustom,
  readCustom,
} from '@gitops-actions/core/controller';
import { type Cluster, isClusterError } from '@gitops-actions/core/kubernetes';
import type { EngineOptions } from './engine.ts';
import { type FluxName, type FluxPart, HELM_RELEASES, type HelmRelease, ownerOf } from './flux-kinds.ts';
import { subjectMissing } from './subject-missing.ts';

const KINDS = { kustomization: KUSTOMIZATIONS, helmrelease: HELM_RELEASES } as const;
/** More than these are listed. */
const MOST_SINGLE_READS = 4;

/** What the workflow names, now. */
export async function readParts(options: EngineOptions, signal: AbortSignal): Promise<readonly FluxPart[]> {
  const [kustomizations, releases] = await Promise.all([
    readKind<FluxKustomization>(options, 'kustomization', signal),
    readKind<HelmRelease>(options, 'helmrelease', signal),
  ]);
  const owners = await readOwners(
    options.cluster,
    releases.flatMap(({ object }) => object ?? []),
    signal,
  );
  return [
    ...kustomizations.map((read): FluxPart => ({ kind: 'Kustomization', ...read })),
    ...releases.map((read): FluxPart => {
      const owner = read.object && ownerOf(read.object);
      return { kind: 'HelmRelease', ...read, owner: owner && owners.get(keyOf(owner)) };
    }),
  ];
}

/** What the workflow names is not there, and never was. */
export async function missingPart(
  options: EngineOptions,
  { kind, name }: FluxPart,
  signal: AbortSignal,
): Promise<ConfigurationError> {
  const place = { cluster: options.cluster, namespace: options.namespace };
  const resource = kind === 'Kustomization' ? KUSTOMIZATIONS : HELM_RELEASES;
  const objects = await listCustom<FluxObject>(place, resource, signal).catch((error: unknown) => {
    if (!isClusterError(error, 'NotFound')) throw error;
    throw new ConfigurationError(
      `Flux is not installed in this cluster: it does not know the kind ${kind}. Look at the cluster that the kubeconfig names.`,
    );
  });
  const names = objects.map(({ metadata }) => metadata.name);
  return subjectMissing(kind, name, options.namespace, names);
}

/** Paths whose changes are changes of what is verified. */
export function watchedPaths(options: EngineOptions): readonly string[] {
  const { selection, namespace } = options;
  const kinds = Object.entries(KINDS).filter(([word]) => namesOf(options, word)?.length !== 0);
  return kinds.map(([word, kind]) => {
    const path = customPath(kind, namespace);
    if (selection.kind === 'selector')
      return `${path}?${new URLSearchParams({ labelSelector: selection.selector })}`;
    const [name = '', ...more] = namesOf(options, word) ?? [];
    return more.length > 0
      ? path
      : `${path}?${new URLSearchParams({ fieldSelector: `metadata.name=${name}` })}`;
  });
}

interface Read<Kind> extends FluxName {
  readonly object: Kind | undefined;
}

async function readKind<Kind extends FluxObject>(
  options: EngineOptions,
  word: keyof typeof KINDS,
  signal: AbortSignal,
): Promise<readonly Read<Kind>[]> {
  const { cluster, namespace, selection } = options;
  const place = { cluster, namespace };
  const names = namesOf(options, word);
  if (names === undefined) {
    const selector = selection.kind === 'selector' ? selection.selector : '';
    const found = await listIfKnown<Kind>(place, KINDS[word], signal, selector);
    return found.map((object) => ({ namespace, name: object.metadata.name, object }));
  }
  if (names.length <= MOST_SINGLE_READS) {
    const reads = names.map(async (name) => {
      return { namespace, name, object: await readCustom<Kind>(place, KINDS[word], name, signal) };
    });
    return Promise.all(reads);
  }
  const all = await listIfKnown<Kind>(place, KINDS[word], signal, '');
  return names.map((name) => ({
    namespace,
    name,
    object: all.find(({ metadata }) => metadata.name === name),
  }));
}

/** A cluster may have only some of Flux. */
async function listIfKnown<Kind>(
  place: { readonly cluster: Cluster; readonly namespace: string },
  kind: CustomKind,
  signal: AbortSignal,
  selector: string,
): Promise<readonly Kind[]> {
  return listCustom<Kind>(place, kind, signal, selector).catch((error: unknown) => {
    if (isClusterError(error, 'NotFound')) return [];
    throw error;
  });
}

/** Names of a kind; undefined where a label selector finds them. */
function namesOf({ selection }: EngineOptions, word: string): readonly string[] | undefined {
  if (selection.kind === 'selector') return undefined;
  return selection.names.flatMap((name) =>
    name.startsWith(`${word}/`) ? [name.slice(word.length + 1)] : [],
  );
}

async function readOwners(
  cluster: Cluster,
  releases: readonly HelmRelease[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, FluxKustomization>> {
  const names = new Map(
    releases.flatMap((release) => ownerOf(release) ?? []).map((owner) => [keyOf(owner), owner]),
  );
  const reads = [...names].map(async ([key, { namespace, name }]) => {
    const owner = await readCustom<FluxKustomization>({ cluster, namespace }, KUSTOMIZATIONS, name, signal);
    return owner === undefined ? [] : [[key, owner] as const];
  });
  return new Map((await Promise.all(reads)).flat());
}

function keyOf({ namespace, name }: FluxName): string {
  return `${namespace}/${name}`;
}
