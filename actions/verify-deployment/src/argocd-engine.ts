import { messageOf } from '@gitops-actions/core/action';
import {
  type Application,
  type CurrentCommits,
  currentCommits,
  revisionsOf,
} from '@gitops-actions/core/controller';
import { type Changes, watchChanges } from '@gitops-actions/core/kubernetes';
import { type ApplicationDoubts, applicationDoubts } from './argocd-doubts.ts';
import { judge } from './argocd-judge.ts';
import { missingApplication, type ReadApplication, readApplications, watchedPaths } from './argocd-read.ts';
import { explainApplications } from './argocd-reasons.ts';
import { followsOther } from './argocd-render.ts';
import { type Requests, refreshRequests } from './argocd-requests.ts';
import {
  absentSubject,
  asOneRevision,
  needsCommit,
  ownRevisions,
  presentSubject,
  whereOf,
} from './argocd-subject.ts';
import { imagesOf, runsSomething } from './argocd-workloads.ts';
import { carriedByApplication } from './carried.ts';
import type { ControlledOptions } from './controlled.ts';
import type { Judgement, Subject, VerificationEngine } from './engine.ts';
import { withReplaced } from './replaced-part.ts';
import { judgeTogether, type Part } from './together.ts';

/** An Application at the commit that is not healthy is compared anew after this long; milliseconds. */
const PATIENCE = 30_000;

/** Applications of Argo CD, and those that they bring. */
export function createArgoCdEngine(options: ControlledOptions): VerificationEngine {
  const { cluster, log, now, isOurs, images } = options;
  const commits = currentCommits(options.descends, options.commit, now);
  const doubts = applicationDoubts(options);
  const requests = refreshRequests(cluster, log, now);
  const seen = new Set<string>();
  let last: readonly ReadApplication[] = [];
  let doubt = '';
  let changes: Changes | undefined;

  const subjectOf = (one: ReadApplication): Subject => {
    const { application } = one;
    if (application === undefined) return absentSubject(one, seen.has(whereOf(one)));
    const judgement = judgeRead(one, application, { options, commits, requests, doubts, doubt });
    return presentSubject(one, application, judgement);
  };
  const partOf = async (one: ReadApplication, signal: AbortSignal): Promise<Part> => {
    const { application, isNamed } = one;
    const part = {
      subject: subjectOf(one),
      isWorkload: application !== undefined && runsSomething(application),
      images: application === undefined ? [] : imagesOf(application),
      isNamed,
    };
    if (application === undefined || !needsCommit(one, isOurs)) return { ...part, replaced: [] };
    const { isCurrent } = commits;
    const carried = carriedByApplication(asOneRevision(application, isOurs, isCurrent), {
      isOurs,
      isCurrent,
    });
    return withReplaced(part, carried, options, signal);
  };
  const isToBeAsked = (one: ReadApplication): boolean => {
    if (one.application === undefined) return false;
    const { status } = asOneRevision(one.application, isOurs, commits.isCurrent);
    const isBehind = needsCommit(one, isOurs) && !revisionsOf(status?.sync).some(commits.isCurrent);
    return isBehind || now() - (requests.askedAt(one) ?? Number.NEGATIVE_INFINITY) > PATIENCE;
  };
  const meetAll = async (signal: AbortSignal) => {
    for (const one of last) {
      if (one.application !== undefined) seen.add(whereOf(one));
      else if (one.isNamed && !seen.has(whereOf(one)))
        throw await missingApplication(options, one.name, signal);
    }
  };
  return {
    look: async (signal) => {
      last = await readApplications(options, signal);
      requests.note(last);
      await meetAll(signal);
      doubt = '';
      await commits.learn(last.flatMap((one) => ownRevisions(one, isOurs))).catch((error: unknown) => {
        signal.throwIfAborted();
        doubt = messageOf(error);
      });
      await doubts.clear(last, signal);
      return judgeTogether(await Promise.all(last.map((one) => partOf(one, signal))), images);
    },
    nudge: (signal) => requests.ask(last.filter(isToBeAsked), signal),
    changed: (signal) => {
      changes ??= watchChanges(cluster, watchedPaths(options, last), { signal, log });
      return changes.next();
    },
    reasons: (subjects, signal) => {
      const meant = new Set(subjects.map(({ where }) => where));
      const found = last.flatMap((one) => (meant.has(whereOf(one)) && one.application) || []);
      return explainApplications(options, found, signal);
    },
  };
}

interface Knowledge {
  readonly options: ControlledOptions;
  readonly commits: CurrentCommits;
  readonly requests: Requests;
  readonly doubts: ApplicationDoubts;
  /** Why it is not known whether a revision is current; empty when it is. */
  readonly doubt: string;
}

function judgeRead(
  one: ReadApplication,
  application: Application,
  { options: { isOurs }, commits, requests, doubts, doubt }: Knowledge,
): Judgement {
  const isBound = needsCommit(one, isOurs);
  const isCurrent = isBound ? commits.isCurrent : () => true;
  return judge(asOneRevision(application, isOurs, isCurrent), {
    isNamed: one.isNamed,
    needsCommit: isBound,
    isCurrent,
    hasLooked: requests.hasLooked(one),
    isTaken: requests.isTaken(one),
    isRefused: requests.isRefused(one),
    unheard: requests.unheard(one),
    doubt,
    other: followsOther(application, { isOurs, isCurrent, targets: doubts.targets }),
    hasBadWorkload: doubts.hasBadWorkload(one),
  });
}
