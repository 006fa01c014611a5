import { type Log, messageOf } from '@gitops-actions/core/action';
import { annotate, type CustomKind, type FluxObject, REQUESTED } from '@gitops-actions/core/controller';
import { type Cluster, ClusterError, isClusterError } from '@gitops-actions/core/kubernetes';
import type { FluxName } from './flux-kinds.ts';

/** What Flux was asked, and what became of it. */
export interface FluxRequests {
  /** Asks for a reconciliation now, unless that is asked already. */
  readonly ask: (kind: CustomKind, name: FluxName, object: FluxObject, signal: AbortSignal) => Promise<void>;
  /** Whether it was asked, and has done it; true where it may not be asked. */
  readonly isHandled: (kind: CustomKind, name: FluxName, object: FluxObject) => boolean;
  /** How long the request has not been taken; milliseconds. */
  readonly unheard: (kind: CustomKind, name: FluxName, object: FluxObject) => number;
}

interface Request {
  readonly at: number;
  readonly value: string;
}

/** Requests by annotation. What it may not be asked, it does in its own time, by the interval of each object. */
export function fluxRequests(cluster: Cluster, log: Log, now: () => number): FluxRequests {
  const requests = new Map<string, Request>();
  const refused = new Set<string>();
  const find = ({ plural }: CustomKind, { namespace, name }: FluxName) =>
    requests.get(`${plural}/${namespace}/${name}`);
  const isTaken = (request: Request, { status }: FluxObject) =>
    status?.lastHandledReconcileAt === request.value;
  return {
    ask: async (kind, { namespace, name }, object, signal) => {
      const { plural } = kind;
      const standing = find(kind, { namespace, name });
      if (refused.has(plural) || (standing !== undefined && !isTaken(standing, object))) return;
      const value = new Date().toISOString();
      try {
        await annotate({ cluster, namespace }, kind, [name], `${REQUESTED}=${value}`, signal);
        requests.set(`${plural}/${namespace}/${name}`, { at: now(), value });
      } catch (error) {
        if (!(error instanceof ClusterError)) throw error;
        if (!isClusterError(error, 'Forbidden')) return log.debug(messageOf(error));
        refused.add(plural);
        log.info(`Flux was not asked to look now, and does so in its own time: ${messageOf(error)}`);
      }
    },
    isHandled: (kind, name, object) => {
      const request = find(kind, name);
      return request === undefined ? refused.has(kind.plural) : isTaken(request, object);
    },
    unheard: (kind, name, object) => {
      const request = find(kind, name);
      return request === undefined || isTaken(request, object) ? 0 : now() - request.at;
    },
  };
}
