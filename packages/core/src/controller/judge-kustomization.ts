import { shortCommit } from './commits.ts';
import type { Judgement } from './judgement.ts';
import { commitOf, type FluxKustomization, readyOf, saidOf } from './kustomization.ts';

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

/**
 * Whether a revision runs; pure. While it works on one, `lastAppliedRevision` is still that of the one before, and a change
 * of the Kustomization itself counts once it is observed.
 *
 * @param isCurrent whether a commit is the wanted one, or one after it
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
  const said = saidOf(ready) || 'nothing is said of it yet';
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
