import { type Application, describeApplication, REFRESH, revisionsOf, withMessage } from './application.ts';
import type { Judgement } from './judgement.ts';

/**
 * Whether a revision runs; pure. Each sign alone comes too early: right after a push everything still speaks of the
 * revision before, and a sync that succeeded is told before health is looked at anew. So all of them must speak of a
 * current revision. Where a commit changes nothing for the Application there is no sync of it: then only time tells.
 *
 * @param isCurrent whether a revision is the wanted commit, or one after it
 */
export function judgeApplication(
  application: Application,
  isCurrent: (revision: string) => boolean,
): Judgement {
  const { metadata, spec, status } = application;
  const { sync, health, operationState: operation, conditions = [] } = status ?? {};
  const isCompared = revisionsOf(sync).some(isCurrent);
  const isSynced = revisionsOf(operation?.syncResult).some(isCurrent);
  const isAsked = metadata.annotations?.[REFRESH] !== undefined;
  const error = conditions.find(({ type }) => type.endsWith('Error'));
  if (error && !isAsked) return { kind: 'broken', what: `${error.type}: ${error.message}`, isFinal: false };
  if (isSynced && (operation?.phase === 'Failed' || operation?.phase === 'Error'))
    return { kind: 'broken', what: `the sync failed: ${operation.message ?? 'no message'}`, isFinal: true };
  if (isCompared && sync?.status === 'Synced' && isAtRest(operation?.phase, isSynced)) {
    if (health?.status === 'Healthy') return { kind: 'healthy', isSure: isSynced };
    if (health?.status === 'Degraded' && isSynced)
      return { kind: 'broken', what: withMessage('it is Degraded', health.message), isFinal: false };
  }
  const isManual = isCompared && sync?.status === 'OutOfSync' && !syncsByItself(spec?.syncPolicy?.automated);
  const hint = isManual ? '; it does not sync by itself' : '';
  return { kind: 'waiting', what: `${describeApplication(application)}${hint}` };
}

/** Where this revision needed no sync, one of a revision before that failed says nothing about it; and there may be none. */
function isAtRest(phase: string | undefined, isSynced: boolean): boolean {
  return (
    phase === 'Succeeded' || (!isSynced && (phase === undefined || phase === 'Failed' || phase === 'Error'))
  );
}

function syncsByItself(automated: { readonly enabled?: boolean } | undefined): boolean {
  return automated !== undefined && automated.enabled !== false;
}
