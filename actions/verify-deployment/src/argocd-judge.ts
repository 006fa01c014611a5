import { formatDuration } from '@gitops-actions/core/action';
import {
  type Application,
  describeApplication,
  type Judgement as Judged,
  judgeApplication,
} from '@gitops-actions/core/controller';
import { wasComparedWith } from './argocd-compared.ts';
import { renderError } from './argocd-render.ts';
import type { Judgement } from './engine.ts';
import { isInfrastructure } from './infrastructure.ts';

/** What is known of an Application besides what it says itself. */
export interface ApplicationFacts {
  /** One that the workflow names; what others bring, they may also take away again. */
  readonly isNamed: boolean;
  /** Whether it must run the wanted commit. What must not may have been broken before. */
  readonly needsCommit: boolean;
  /** Whether a revision is the wanted one, or one after it. */
  readonly isCurrent: (revision: string) => boolean;
  /** Whether Argo CD has compared it since the first look: what it says is no word of a controller that is dead. */
  readonly hasLooked: boolean;
  /** Whether Argo CD took a request of this run to look into the repository. */
  readonly isTaken: boolean;
  /** Whether Argo CD may not be asked. */
  readonly isRefused: boolean;
  /** How long it has left the request to look where it is; milliseconds. */
  readonly unheard: number;
  /** Why it is not known whether a revision is current; empty when it is. */
  readonly doubt: string;
  /** What it follows instead of the wanted revision; undefined when that is what did not render. */
  readonly other: string | undefined;
  /** Whether a workload is why it is Degraded. */
  readonly hasBadWorkload: boolean;
}

/** A controller that works takes a request within a second or two. */
const LONG = 20_000;
/** What is Degraded and no workload mostly passes: an autoscaler that waits for metrics, an order of a certificate. */
const NO_WORKLOAD_FOR = 60_000;

/**
 * Whether an Application runs the wanted revision, and whether that is the release's fault when it does not; pure. What
 * Argo CD itself, the repository or a person may have done is no verdict: it is waited for.
 */
export function judge(application: Application, facts: ApplicationFacts): Judgement {
  if (application.metadata.deletionTimestamp !== undefined)
    return { kind: facts.isNamed ? 'unknown' : 'waiting', what: 'it is being deleted' };
  // Conditions may be of a revision before; what they mean for this one is found out here.
  const judged = judgeApplication(withoutConditions(application), facts.isCurrent);
  if (judged.kind === 'healthy') return sound(application, judged, facts);
  if (judged.kind === 'broken') return fault(application, judged, facts);
  const rendering = renderError(application);
  if (rendering !== undefined && facts.needsCommit && facts.isTaken && facts.other === undefined)
    return { kind: 'broken', what: rendering, isFinal: false };
  const error = application.status?.conditions?.find(({ type }) => type.endsWith('Error'));
  const said = error === undefined ? '' : `; ${error.type}: ${error.message}`;
  const other =
    rendering === undefined || facts.other === undefined
      ? ''
      : `; it follows ${facts.other}, which is not known to have the commit`;
  return { kind: 'waiting', what: `${judged.what}${hintOf(application, facts)}${other}${said}` };
}

function withoutConditions(application: Application): Application {
  const { conditions, ...status } = application.status ?? {};
  return { ...application, status };
}

/** What the signs of health do not say. */
function sound(application: Application, judged: Judged, facts: ApplicationFacts): Judgement {
  const { spec, status } = application;
  const state = describeApplication(application);
  if (!wasComparedWith(status?.sync?.comparedTo, spec))
    return { kind: 'waiting', what: `${state}, but it was changed since then` };
  if ((status?.resources ?? []).length === 0)
    return { kind: 'unknown', what: 'it brings nothing into the cluster; look at its path' };
  return facts.hasLooked ? judged : { kind: 'waiting', what: `${state}${silence(facts)}` };
}

/** What is broken is the release's fault only where nobody else can have done it. */
function fault(
  application: Application,
  judged: Extract<Judged, { kind: 'broken' }>,
  facts: ApplicationFacts,
): Judgement {
  const { what, isFinal } = judged;
  if (mayPass(application)) return { kind: 'waiting', what };
  if (!facts.needsCommit)
    return {
      kind: 'waiting',
      what: `${what}; nothing says that the commit broke it, for it comes from elsewhere`,
    };
  if (isFinal) return judged;
  if (!facts.hasLooked) return { kind: 'waiting', what: `${what}${silence(facts)}` };
  return facts.hasBadWorkload ? judged : { ...judged, holdsFor: NO_WORKLOAD_FOR };
}

/** `Error` is a sync that could not be tried; a terminated one somebody stopped. A rollback must not act on these. */
function mayPass({ status }: Application): boolean {
  const { phase, message = '', syncResult } = status?.operationState ?? {};
  if (phase === 'Error') return true;
  if (phase !== 'Failed') return false;
  const refused = (syncResult?.resources ?? []).filter((one) => one.status === 'SyncFailed');
  return (
    /terminated/i.test(message) ||
    [message, ...refused.map((one) => one.message ?? '')].some(isInfrastructure)
  );
}

/** Why what is said may be of a controller that is dead. */
function silence({ unheard, isRefused }: ApplicationFacts): string {
  if (isRefused)
    return ', but that may be old: Argo CD may not be asked to look, and has not done so by itself since the start';
  return unheard > LONG ? unheardHint(unheard) : ', but Argo CD has not looked since it was asked to';
}

function unheardHint(unheard: number): string {
  return `; Argo CD has not looked since it was asked to ${formatDuration(unheard)} ago, so look whether its application controller runs`;
}

function hintOf({ status }: Application, { unheard, doubt }: ApplicationFacts): string {
  if (doubt !== '') return `, and whether that has the commit is not known (${doubt})`;
  if (unheard > LONG) return unheardHint(unheard);
  const { phase, message = '', retryCount = 0 } = status?.operationState ?? {};
  if (phase === 'Running' && retryCount > 0) return `; its sync failed and is tried again: ${message}`;
  if (status?.health?.status === 'Suspended')
    return '; something waits to be promoted or resumed, such as a Rollout ("kubectl argo rollouts promote")';
  return '';
}
