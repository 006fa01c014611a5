import type { ObjectReference } from '../kubernetes/index.ts';
import { isWithin, type Judgement, plainPath, type Reconciliation, shortCommit } from './controller.ts';

interface Source {
  readonly repoURL?: string;
  readonly path?: string;
}

interface Resource {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly health?: { readonly status?: string; readonly message?: string };
}

interface Revisions {
  readonly revision?: string;
  /** Of an Application with several sources. */
  readonly revisions?: readonly string[];
}

/** As much of an Application as is read. https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml */
export interface Application {
  readonly metadata: {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec?: {
    readonly source?: Source;
    readonly sources?: readonly Source[];
    readonly destination?: { readonly server?: string; readonly name?: string; readonly namespace?: string };
    readonly syncPolicy?: { readonly automated?: unknown; readonly syncOptions?: readonly string[] };
  };
  readonly status?: {
    readonly sync?: Revisions & { readonly status?: string };
    readonly health?: { readonly status?: string; readonly message?: string };
    readonly operationState?: {
      readonly phase?: string;
      readonly message?: string;
      readonly syncResult?: Revisions;
    };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    readonly resources?: readonly Resource[];
  };
}

/** Set by whoever wants it to look now, and taken away by the controller once it has. */
export const REFRESH = 'argocd.argoproj.io/refresh';
const IN_CLUSTER = 'https://kubernetes.default.svc';

/** What an Application says of the preview in a folder. */
export function reconciliationOf(application: Application, where: string, folder: string): Reconciliation {
  const { status, spec } = application;
  return {
    where,
    problem: problemOf(application, folder),
    isOwn: true,
    revisions: [...revisionsOf(status?.sync), ...revisionsOf(status?.operationState?.syncResult)],
    inventory: inventoryOf(application),
    stays: spec?.syncPolicy?.syncOptions?.includes('CreateNamespace=true')
      ? `the namespace ${spec.destination?.namespace} stays, because Argo CD does not remove what CreateNamespace made`
      : '',
    complaints: complaintsOf(application),
    judge: (isCurrent) => judgeApplication(application, isCurrent),
  };
}

/**
 * Whether a revision runs; pure. Each sign alone comes too early: right after a push everything still speaks of the
 * revision before, and a sync that succeeded is told before health is looked at anew. So all of them must speak of a
 * current revision. Where a commit changes nothing for the Application there is no sync of it: then only time tells.
 */
export function judgeApplication(
  { metadata, spec, status }: Application,
  isCurrent: (revision: string) => boolean,
): Judgement {
  const { sync, health, operationState: operation, conditions = [] } = status ?? {};
  const isCompared = revisionsOf(sync).some(isCurrent);
  const isSynced = revisionsOf(operation?.syncResult).some(isCurrent);
  const isAsked = metadata.annotations?.[REFRESH] !== undefined;
  const error = conditions.find(({ type }) => type.endsWith('Error'));
  if (error && !isAsked) return { kind: 'broken', what: `${error.type}: ${error.message}`, isFinal: false };
  if (isSynced && (operation?.phase === 'Failed' || operation?.phase === 'Error'))
    return { kind: 'broken', what: `the sync failed: ${operation.message ?? 'no message'}`, isFinal: true };
  if (isCompared && sync?.status === 'Synced' && operation?.phase === 'Succeeded') {
    if (health?.status === 'Healthy') return { kind: 'healthy', isSure: isSynced };
    if (health?.status === 'Degraded' && isSynced)
      return { kind: 'broken', what: withMessage('it is Degraded', health.message), isFinal: false };
  }
  const revision = revisionsOf(sync).map(shortCommit).join(', ') || 'no revision yet';
  const isManual = isCompared && sync?.status === 'OutOfSync' && spec?.syncPolicy?.automated === undefined;
  const hint = isManual ? '; it does not sync by itself' : '';
  const words = [sync?.status ?? 'not compared', health?.status ?? 'of unknown health'];
  return { kind: 'waiting', what: `${words.join(' and ')} at ${revision}${hint}` };
}

function revisionsOf(of: Revisions | undefined): readonly string[] {
  return [...(of?.revisions ?? []), ...(of?.revision ? [of.revision] : [])];
}

function problemOf({ spec }: Application, folder: string): string | undefined {
  const sources = [...(spec?.sources ?? []), ...(spec?.source ? [spec.source] : [])];
  if (sources.some(({ path = '' }) => isWithin(plainPath(path), folder))) return undefined;
  const paths = sources.map(({ repoURL = '', path = '' }) => `${path || '/'} of ${repoURL}`).join(', ');
  return `brings ${paths || 'nothing'} into the cluster, not ${folder}`;
}

function inventoryOf({ spec, status }: Application): readonly ObjectReference[] {
  const { server, name: cluster } = spec?.destination ?? {};
  if (server !== IN_CLUSTER && cluster !== 'in-cluster') return [];
  return (status?.resources ?? []).flatMap(({ group = '', version = 'v1', kind, namespace = '', name }) => {
    const apiVersion = group === '' ? version : `${group}/${version}`;
    return kind === undefined || name === undefined ? [] : [{ apiVersion, kind, namespace, name }];
  });
}

function complaintsOf({ status }: Application): readonly string[] {
  const conditions = (status?.conditions ?? []).map(({ type, message }) => `${type}: ${message}`);
  const resources = (status?.resources ?? []).flatMap(({ kind, name, health }) =>
    health?.status === undefined || ['Healthy', 'Suspended'].includes(health.status)
      ? []
      : [withMessage(`${kind} ${name} is ${health.status}`, health.message)],
  );
  return [...conditions, ...resources];
}

function withMessage(text: string, message: string | undefined): string {
  return message ? `${text}: ${message}` : text;
}
