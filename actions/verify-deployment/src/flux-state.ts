import {
  type CurrentCommits,
  commitOf,
  type FluxKustomization,
  KUSTOMIZATIONS,
} from '@gitops-actions/core/controller';
import type { Judgement, Subject } from './engine.ts';
import { fluxState, hasApplied, judgeApplied, judgeRelease } from './flux-judge.ts';
import { carrierOf, type FluxName, type FluxPart, fluxWhere, HELM_RELEASES } from './flux-kinds.ts';
import type { FluxRequests } from './flux-requests.ts';
import { fetchedCommit, type ReadSource, sourceHint, sourceOf, unheardHint } from './flux-sources.ts';

/** What was read last, and what is known besides. */
export interface FluxState {
  readonly namespace: string;
  readonly commits: CurrentCommits;
  readonly requests: FluxRequests;
  /** What was seen behind the commit: when it is there, a controller that lives has brought it there. */
  readonly moved: ReadonlySet<string>;
  /** Of Kustomizations that are behind. */
  readonly sources: readonly ReadSource[];
  /** Why it is not known whether a commit is current, as the end of a sentence; empty when it is. */
  readonly doubt: string;
}

/** The commits that parts speak of. */
export function commitsIn(parts: readonly FluxPart[]): readonly string[] {
  return parts.flatMap((part) => {
    const { lastAppliedRevision, lastAttemptedRevision } = carrierOf(part)?.status ?? {};
    return [commitOf(lastAppliedRevision), commitOf(lastAttemptedRevision)];
  });
}

/** Whether a Kustomization has applied the wanted commit, health included where it waits for that. */
export function isBehind({ status }: FluxKustomization, { commits }: Pick<FluxState, 'commits'>): boolean {
  return !commits.isCurrent(commitOf(status?.lastAppliedRevision));
}

/** Whether a Kustomization leaves a commit where it is that its source has fetched. */
export function isIdle(kustomization: FluxKustomization, state: FluxState): boolean {
  const { isCurrent } = state.commits;
  const source = sourceOf(kustomization, state.sources, state.namespace);
  const isTried = isCurrent(commitOf(kustomization.status?.lastAttemptedRevision));
  return source !== undefined && isCurrent(fetchedCommit(source)) && !isTried;
}

/** Whether a HelmRelease can be asked about the commit: what carries it has applied that. */
export function isCarried(kustomization: FluxKustomization, { commits }: FluxState): boolean {
  return hasApplied(kustomization, commits.isCurrent);
}

/** How far a part is. */
export function fluxSubject(part: FluxPart, state: FluxState): Subject {
  const where = fluxWhere(part);
  if (part.object === undefined) {
    const judgement: Judgement = { kind: 'unknown', what: 'it was deleted meanwhile' };
    return { where, state: 'deleted', judgement, revision: '' };
  }
  const { lastAppliedRevision, lastAttemptedRevision } = carrierOf(part)?.status ?? {};
  const applied = commitOf(lastAppliedRevision);
  const attempted = commitOf(lastAttemptedRevision) || applied;
  return {
    where,
    state: fluxState(part.object, attempted),
    judgement: judge(part, state),
    revision: applied,
  };
}

function judge(part: FluxPart, state: FluxState): Judgement {
  const { isCurrent } = state.commits;
  const { requests } = state;
  const carrier = carrierOf(part);
  const hint = carrier === undefined ? '' : hintOf(carrier, state);
  if (part.object === undefined) return { kind: 'waiting', what: 'it is not there' };
  if (part.kind === 'Kustomization') {
    const judged = judgeApplied(part.object, { isCurrent, hint });
    if (judged.kind !== 'healthy' || isAlive(part, part.object, state)) return judged;
    const said = `${fluxState(part.object, commitOf(part.object.status?.lastAppliedRevision))}, but it has not reconciled since it was asked to`;
    return { kind: 'waiting', what: hint === '' ? said : `${said}${hint}` };
  }
  const isHandled = requests.isHandled(HELM_RELEASES, part, part.object);
  const unheard = unheardHint(requests.unheard(HELM_RELEASES, part, part.object), 'helm-controller');
  return judgeRelease(part.object, part.owner, { isCurrent, hint: hint || unheard, isHandled });
}

/** Whether what a Kustomization says is no word of a controller that is dead. */
export function isAlive(
  part: FluxName & Pick<FluxPart, 'kind'>,
  object: FluxKustomization,
  state: FluxState,
): boolean {
  return state.moved.has(fluxWhere(part)) || state.requests.isHandled(KUSTOMIZATIONS, part, object);
}

function hintOf(kustomization: FluxKustomization, state: FluxState): string {
  const { namespace, requests, sources, doubt, commits } = state;
  if (doubt !== '') return doubt;
  const source = sourceOf(kustomization, sources, namespace);
  if (source !== undefined && !commits.isCurrent(fetchedCommit(source))) return sourceHint(source, requests);
  const { name, namespace: own = namespace } = kustomization.metadata;
  const unheard = requests.unheard(KUSTOMIZATIONS, { name, namespace: own }, kustomization);
  return unheardHint(unheard, 'kustomize-controller');
}
