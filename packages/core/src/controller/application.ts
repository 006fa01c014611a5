import type { ObjectReference } from '../kubernetes/index.ts';
import { shortCommit } from './commits.ts';

/** Where an Application takes manifests from. */
export interface ApplicationSource {
  readonly repoURL?: string;
  readonly path?: string;
  /** A branch, a tag, a commit or a chart's version; empty for the default branch. */
  readonly targetRevision?: string;
  /** Files from the path, from the root with `/`, of another source with `$name/`, or addresses. */
  readonly helm?: { readonly valueFiles?: readonly string[]; readonly parameters?: readonly unknown[] };
}

/** What an Application says of an object it brings; the health only where Argo CD is told to keep it. */
export interface ApplicationResource {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly health?: { readonly status?: string; readonly message?: string };
}

/** How the last sync went for an object. https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ */
interface SyncedResource {
  readonly kind?: string;
  readonly name?: string;
  readonly status?: string;
  readonly hookPhase?: string;
  readonly message?: string;
}

/** Revisions in the order of the sources. */
export interface Revisions {
  readonly revision?: string;
  /** Of an Application with several sources. */
  readonly revisions?: readonly string[];
}

/** Where an Application brings them. */
export interface ApplicationDestination {
  readonly server?: string;
  readonly name?: string;
  readonly namespace?: string;
}

interface Sources {
  readonly source?: ApplicationSource;
  readonly sources?: readonly ApplicationSource[];
}

/** What an Application was compared with. */
export type ComparedTo = Sources & { readonly destination?: ApplicationDestination };

/** As much of an Application as is read. https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml */
export interface Application {
  readonly metadata: {
    readonly name?: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec?: Sources & {
    readonly destination?: ApplicationDestination;
    readonly syncPolicy?: {
      readonly automated?: { readonly enabled?: boolean };
      readonly syncOptions?: readonly string[];
    };
  };
  readonly status?: {
    readonly sync?: Revisions & { readonly status?: string; readonly comparedTo?: ComparedTo };
    /** When it was compared with the repository last. */
    readonly reconciledAt?: string;
    readonly health?: { readonly status?: string; readonly message?: string };
    readonly operationState?: {
      readonly phase?: string;
      readonly message?: string;
      /** How often a failed sync was tried again; by default that is done five times, with growing pauses. */
      readonly retryCount?: number;
      readonly syncResult?: Revisions & { readonly resources?: readonly SyncedResource[] };
    };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    readonly resources?: readonly ApplicationResource[];
    readonly summary?: { readonly images?: readonly string[] };
  };
}

export const APPLICATIONS = { api: 'argoproj.io/v1alpha1', plural: 'applications' };

/** Set by whoever wants it to look now, and taken away by the controller once it has. */
export const REFRESH = 'argocd.argoproj.io/refresh';
const IN_CLUSTER = 'https://kubernetes.default.svc';

/** All revisions, whether of one source or of several. */
export function revisionsOf(of: Revisions | undefined): readonly string[] {
  return [...(of?.revisions ?? []), ...(of?.revision ? [of.revision] : [])];
}

/** All sources of a spec. */
export function sourcesOf(spec: Sources | undefined): readonly ApplicationSource[] {
  return [...(spec?.sources ?? []), ...(spec?.source ? [spec.source] : [])];
}

/** `Synced and Healthy at abc1234`, for people. */
export function describeApplication({ status }: Application): string {
  const { sync, health } = status ?? {};
  const revision = revisionsOf(sync).map(shortCommit).join(', ') || 'no revision yet';
  return `${sync?.status ?? 'not compared'} and ${health?.status ?? 'of unknown health'} at ${revision}`;
}

/** What it has applied, in the cluster that holds the Application itself; empty for another one. */
export function applicationInventory({ spec, status }: Application): readonly ObjectReference[] {
  const { server, name: cluster } = spec?.destination ?? {};
  if (server !== IN_CLUSTER && cluster !== 'in-cluster') return [];
  return (status?.resources ?? []).flatMap(({ group = '', version = 'v1', kind, namespace = '', name }) => {
    const apiVersion = group === '' ? version : `${group}/${version}`;
    return kind === undefined || name === undefined ? [] : [{ apiVersion, kind, namespace, name }];
  });
}

/** Problems of single objects and conditions, for people; outside text. */
export function applicationComplaints({ status }: Application): readonly string[] {
  const conditions = (status?.conditions ?? []).map(({ type, message }) => `${type}: ${message}`);
  const resources = (status?.resources ?? []).flatMap(({ kind, name, health }) =>
    health?.status === undefined || ['Healthy', 'Suspended'].includes(health.status)
      ? []
      : [withMessage(`${kind} ${name} is ${health.status}`, health.message)],
  );
  return [...conditions, ...failedSyncs(status?.operationState?.syncResult?.resources), ...resources];
}

function failedSyncs(resources: readonly SyncedResource[] = []): readonly string[] {
  return resources.flatMap(({ kind, name, status, hookPhase = '', message }) =>
    status === 'SyncFailed' || ['Failed', 'Error'].includes(hookPhase)
      ? [withMessage(`the sync of ${kind} ${name} failed`, message)]
      : [],
  );
}

/** A text, and what was said of it, if anything. */
export function withMessage(text: string, message: string | undefined): string {
  return message ? `${text}: ${message}` : text;
}
