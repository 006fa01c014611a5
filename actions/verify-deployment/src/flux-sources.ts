import { formatDuration } from '@gitops-actions/core/action';
import {
  commitOf,
  type FluxKustomization,
  GIT_REPOSITORIES,
  gitSourceOf,
  readCustom,
  readyOf,
  saidOf,
} from '@gitops-actions/core/controller';
import type { Cluster } from '@gitops-actions/core/kubernetes';
import type { FluxName, GitSource } from './flux-kinds.ts';
import type { FluxRequests } from './flux-requests.ts';

/** A Git repository of Flux, as it was read. */
export interface ReadSource extends FluxName {
  readonly source: GitSource;
}

/** A controller that works takes a request within a second or two; milliseconds. */
const LONG = 20_000;

/** The Git repositories of Kustomizations, each read once. */
export async function readSources(
  cluster: Cluster,
  kustomizations: readonly FluxKustomization[],
  namespace: string,
  signal: AbortSignal,
): Promise<readonly ReadSource[]> {
  const names = new Map(
    kustomizations
      .flatMap((one) => gitSourceOf(one, namespace) ?? [])
      .map((one) => [`${one.namespace}/${one.name}`, one]),
  );
  const reads = [...names.values()].map(async (one) => {
    const place = { cluster, namespace: one.namespace };
    const source = await readCustom<GitSource>(place, GIT_REPOSITORIES, one.name, signal);
    return source === undefined ? [] : [{ ...one, source }];
  });
  return (await Promise.all(reads)).flat();
}

/** The source of a Kustomization among those that were read. */
export function sourceOf(
  kustomization: FluxKustomization,
  sources: readonly ReadSource[],
  namespace: string,
): ReadSource | undefined {
  const wanted = gitSourceOf(kustomization, namespace);
  return sources.find(({ name, namespace: own }) => name === wanted?.name && own === wanted.namespace);
}

/** The commit that Flux has fetched; empty for none. */
export function fetchedCommit({ source }: ReadSource): string {
  return commitOf(source.status?.artifact?.revision);
}

/** Why a source does not bring the commit, as the end of a sentence; empty when nothing is wrong with it. */
export function sourceHint(read: ReadSource, requests: FluxRequests): string {
  const { source, name } = read;
  if (source.spec?.suspend === true)
    return `; its GitRepository ${name} is suspended, resume it with "flux resume source git ${name}"`;
  const unheard = requests.unheard(GIT_REPOSITORIES, read, source);
  if (unheard > LONG)
    return `; its GitRepository ${name} was asked to fetch ${formatDuration(unheard)} ago and did not, so look whether source-controller runs`;
  const ready = readyOf(source);
  return ready?.status === 'False' ? `; its GitRepository ${name}: ${saidOf(ready)}` : '';
}

/** Why an object of Flux is not reconciled although its source is there; empty when nobody waits for that. */
export function unheardHint(unheard: number, controller: string): string {
  return unheard > LONG
    ? `; it was asked to reconcile ${formatDuration(unheard)} ago and did not, so look whether ${controller} runs`
    : '';
}
