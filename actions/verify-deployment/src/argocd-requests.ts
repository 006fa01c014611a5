import { type Log, messageOf } from '@gitops-actions/core/action';
import { APPLICATIONS, annotate, REFRESH } from '@gitops-actions/core/controller';
import { type Cluster, ClusterError, isClusterError } from '@gitops-actions/core/kubernetes';
import { keyOf, type ReadApplication } from './argocd-read.ts';

/** What Argo CD was asked, and what became of it. */
export interface Requests {
  /** Sees which of the requests were taken. */
  readonly note: (read: readonly ReadApplication[]) => void;
  /** Asks it to compare these Applications with the repository now. */
  readonly ask: (read: readonly ReadApplication[], signal: AbortSignal) => Promise<void>;
  /** Whether it took a request of this run. */
  readonly isTaken: (one: ReadApplication) => boolean;
  /** Whether it has compared the Application since the first look, asked or by itself. */
  readonly hasLooked: (one: ReadApplication) => boolean;
  /** Whether it may not be asked. */
  readonly isRefused: (one: ReadApplication) => boolean;
  /** How long the standing request has not been taken; milliseconds. */
  readonly unheard: (one: ReadApplication) => number;
  /** When it was asked last; undefined for never. */
  readonly askedAt: (one: ReadApplication) => number | undefined;
}

interface Request {
  readonly at: number;
  readonly isTaken: boolean;
  readonly wasEverTaken: boolean;
}

/** Requests by annotation. What it may not be asked, it finds out by itself, by default within three minutes. */
export function refreshRequests(cluster: Cluster, log: Log, now: () => number): Requests {
  const requests = new Map<string, Request>();
  /** Namespaces where nobody may ask. */
  const refused = new Set<string>();
  /** When each was compared before the first look. */
  const before = new Map<string, string | undefined>();
  const standing = (one: ReadApplication) => {
    const request = requests.get(keyOf(one));
    return request?.isTaken === false ? request : undefined;
  };
  const isTaken = (one: ReadApplication) => requests.get(keyOf(one))?.wasEverTaken ?? false;
  return {
    note: (read) => {
      for (const one of read) {
        if (!before.has(keyOf(one))) before.set(keyOf(one), one.application?.status?.reconciledAt);
        const request = standing(one);
        if (request === undefined || one.application === undefined) continue;
        if (one.application.metadata.annotations?.[REFRESH] === undefined)
          requests.set(keyOf(one), { ...request, isTaken: true, wasEverTaken: true });
      }
    },
    ask: async (read, signal) => {
      const groups = Object.groupBy(
        read.filter((one) => standing(one) === undefined && !refused.has(one.namespace)),
        ({ namespace }) => namespace,
      );
      for (const [namespace, group = []] of Object.entries(groups)) {
        const names = group.map(({ name }) => name);
        try {
          await annotate({ cluster, namespace }, APPLICATIONS, names, `${REFRESH}=normal`, signal);
        } catch (error) {
          if (!(error instanceof ClusterError)) throw error;
          const isRefused = isClusterError(error, 'Forbidden');
          if (isRefused) refused.add(namespace);
          if (isRefused)
            log.info(`Argo CD was not asked to look now, and does so in its own time: ${messageOf(error)}`);
          else log.debug(messageOf(error));
          continue;
        }
        for (const one of group) {
          const wasEverTaken = requests.get(keyOf(one))?.wasEverTaken ?? false;
          requests.set(keyOf(one), { at: now(), isTaken: false, wasEverTaken });
        }
      }
    },
    isTaken,
    hasLooked: (one) => isTaken(one) || one.application?.status?.reconciledAt !== before.get(keyOf(one)),
    isRefused: ({ namespace }) => refused.has(namespace),
    unheard: (one) => {
      const request = standing(one);
      return request === undefined ? 0 : now() - request.at;
    },
    askedAt: (one) => requests.get(keyOf(one))?.at,
  };
}
