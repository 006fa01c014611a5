import {
  type Application,
  describeApplication,
  type Revisions,
  revisionsOf,
  sourcesOf,
} from '@gitops-actions/core/controller';
import type { ReadApplication } from './argocd-read.ts';
import type { ControlledOptions } from './controlled.ts';
import type { Judgement, Subject } from './engine.ts';

type IsOurs = ControlledOptions['isOurs'];

/** `Application shop in namespace argocd`. */
export function whereOf({ name, namespace }: ReadApplication): string {
  return `Application ${name} in namespace ${namespace}`;
}

/** One that is there, for people and the verdict. */
export function presentSubject(
  one: ReadApplication,
  application: Application,
  judgement: Judgement,
): Subject {
  const { sync, operationState } = application.status ?? {};
  const running = sync?.status === 'Synced' ? sync : operationState?.syncResult;
  return {
    where: whereOf(one),
    state: describeApplication(application),
    judgement,
    revision: revisionsOf(running).join(', '),
  };
}

/** One that is not there: not yet, or no more. What others bring, they may also take away again. */
export function absentSubject(one: ReadApplication, wasThere: boolean): Subject {
  const isLost = wasThere && one.isNamed;
  const judgement: Judgement = isLost
    ? { kind: 'unknown', what: 'it was deleted meanwhile' }
    : { kind: 'waiting', what: 'it is not there' };
  return { where: whereOf(one), state: isLost ? 'deleted' : 'not there', judgement, revision: '' };
}

/** Whether it must run the wanted commit: what another Application brings from elsewhere has revisions of its own. */
export function needsCommit({ isNamed, application }: ReadApplication, isOurs: IsOurs): boolean {
  return isNamed || sourcesOf(application?.spec).some(({ repoURL = '' }) => isOurs(repoURL));
}

/**
 * An Application as if it had one revision: the wanted one only where all sources of the GitOps repository are at it. Where
 * no source is that repository by its address, any of them counts.
 */
export function asOneRevision(
  application: Application,
  isOurs: IsOurs,
  isCurrent: (revision: string) => boolean,
): Application {
  const { status, spec } = application;
  const sources = sourcesOf(spec);
  const isOwn = sources.map(({ repoURL = '' }) => isOurs(repoURL));
  const one = <Of extends Revisions>(of: Of): Of => {
    const all = revisionsOf(of);
    if (!isOwn.includes(true) || all.length !== sources.length) return of;
    const own = all.filter((_, index) => isOwn[index]);
    const revision = own.find((each) => !isCurrent(each)) ?? own[0] ?? '';
    return { ...of, revision, revisions: [] };
  };
  const { sync, operationState: operation } = status ?? {};
  const syncResult = operation?.syncResult;
  return {
    ...application,
    status: {
      ...status,
      ...(sync && { sync: one(sync) }),
      ...(operation && {
        operationState: { ...operation, ...(syncResult && { syncResult: one(syncResult) }) },
      }),
    },
  };
}

/** What it says of revisions of the GitOps repository; of all, where no source is that repository by its address. */
export function ownRevisions({ application }: ReadApplication, isOurs: IsOurs): readonly string[] {
  const { sync, operationState } = application?.status ?? {};
  const sources = sourcesOf(application?.spec);
  const own = sources.map(({ repoURL = '' }) => isOurs(repoURL));
  const pick = (of: Revisions | undefined) => {
    const all = revisionsOf(of);
    return own.includes(true) && all.length === sources.length ? all.filter((_, index) => own[index]) : all;
  };
  return [...pick(sync), ...pick(operationState?.syncResult)];
}
