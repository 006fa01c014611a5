import {
  type Condition,
  commitOf,
  type FluxKustomization,
  type FluxObject,
  judgeKustomization,
  readyOf,
  saidOf,
  shortCommit,
} from '@gitops-actions/core/controller';
import type { Judgement } from './engine.ts';
import type { HelmRelease } from './flux-kinds.ts';
import { isFromElsewhere, isInfrastructure } from './infrastructure.ts';

/** What is known of a Kustomization besides what it says itself. */
export interface FluxFacts {
  /** Whether a commit is the wanted one, or one after it. */
  readonly isCurrent: (commit: string) => boolean;
  /** What its source or the request to look says about why nothing moves; empty for nothing. */
  readonly hint: string;
}

/**
 * Whether a Kustomization runs the wanted commit, and whether that is the release's fault when it does not; pure. What
 * Flux itself or the repository may have done is no verdict: it is waited for.
 */
export function judgeApplied(kustomization: FluxKustomization, { isCurrent, hint }: FluxFacts): Judgement {
  const stopped = stoppedIn(kustomization, 'kustomization');
  if (stopped !== undefined) return stopped;
  const { spec, status } = kustomization;
  if (spec?.sourceRef?.kind !== 'GitRepository')
    return {
      kind: 'unknown',
      what: `it takes its files from the kind ${spec?.sourceRef?.kind}, whose revisions are not commits`,
    };
  const judged = judgeKustomization(kustomization, isCurrent);
  if (judged.kind === 'waiting') return { kind: 'waiting', what: `${judged.what}${hint}` };
  const isElsewhere =
    readyOf(kustomization)?.reason === 'BuildFailed' && isFromElsewhere(saidOf(readyOf(kustomization)));
  if (
    judged.kind === 'broken' &&
    (isInfrastructure(judged.what) || isElsewhere) &&
    !isHealthCheck(kustomization)
  )
    return { kind: 'waiting', what: judged.what };
  if (judged.kind === 'healthy' && (status?.inventory?.entries ?? []).length === 0)
    return { kind: 'unknown', what: 'it brings nothing into the cluster; look at its path' };
  return judged;
}

/** A check that timed out is a verdict on the pods. */
function isHealthCheck(kustomization: FluxKustomization): boolean {
  return readyOf(kustomization)?.reason === 'HealthCheckFailed';
}

/**
 * Whether a HelmRelease runs what a Kustomization applied at the wanted commit; pure. Its own revision is a version of the
 * chart, so the commit is that Kustomization's. Only `Stalled` says that it will not be tried again.
 *
 * @param isHandled whether it was reconciled since the Kustomization reached the commit
 */
export function judgeRelease(
  release: HelmRelease,
  owner: FluxKustomization | undefined,
  { isCurrent, isHandled, hint }: FluxFacts & { readonly isHandled: boolean },
): Judgement {
  const stopped = stoppedIn(release, 'helmrelease');
  if (stopped !== undefined) return stopped;
  if (owner === undefined)
    return {
      kind: 'unknown',
      what: 'no Kustomization carries it, so nothing says at which commit it is; its labels kustomize.toolkit.fluxcd.io/name and /namespace name none',
    };
  const { name } = owner.metadata;
  if (!hasApplied(owner, isCurrent)) {
    const judged = judgeApplied(owner, { isCurrent, hint });
    return judged.kind === 'healthy'
      ? { kind: 'waiting', what: `its Kustomization ${name} is not at the commit` }
      : { ...judged, what: `its Kustomization ${name}: ${judged.what}` };
  }
  const { metadata, status } = release;
  const stalled = conditionOf(release, 'Stalled');
  const isObserved = metadata.generation === undefined || status?.observedGeneration === metadata.generation;
  const said = saidOf(readyOf(release)) || 'nothing is said of it yet';
  if (isObserved && isHandled && stalled?.status === 'True')
    return { kind: 'broken', what: saidOf(stalled) || said, isFinal: true };
  if (isObserved && isHandled && readyOf(release)?.status === 'True') return { kind: 'healthy' };
  return { kind: 'waiting', what: isObserved ? said : `it was changed and is not looked at anew: ${said}` };
}

/** Whether it has applied a current commit; one that waits for the release's health says so only after that. */
export function hasApplied(owner: FluxKustomization, isCurrent: (commit: string) => boolean): boolean {
  const { lastAppliedRevision, lastAttemptedRevision } = owner.status ?? {};
  if (isCurrent(commitOf(lastAppliedRevision))) return true;
  return isHealthCheck(owner) && isCurrent(commitOf(lastAttemptedRevision));
}

/** `at abc1234, ReconciliationSucceeded`, for people. */
export function fluxState(object: FluxObject, commit: string): string {
  const { status, reason } = readyOf(object) ?? {};
  const word = reason ?? (status === undefined ? 'not looked at yet' : `Ready is ${status}`);
  return `${word} at ${shortCommit(commit) || 'no revision yet'}`;
}

function stoppedIn({ metadata, spec }: FluxObject, word: string): Judgement | undefined {
  if (metadata.deletionTimestamp !== undefined) return { kind: 'unknown', what: 'it is being deleted' };
  if (spec?.suspend !== true) return undefined;
  return {
    kind: 'unknown',
    what: `it is suspended, so it applies nothing; resume it with "flux resume ${word} ${metadata.name}"`,
  };
}

function conditionOf({ status }: FluxObject, wanted: string): Condition | undefined {
  return status?.conditions?.find(({ type }) => type === wanted);
}
