import { ConfigurationError } from '@gitops-actions/core/action';
import {
  APPLICATIONS,
  type Application,
  customPath,
  listCustom,
  type Place,
  readCustom,
} from '@gitops-actions/core/controller';
import { isClusterError } from '@gitops-actions/core/kubernetes';
import type { EngineOptions } from './engine.ts';
import { subjectMissing } from './subject-missing.ts';

/** Which Application is meant. */
export interface ApplicationName {
  readonly namespace: string;
  readonly name: string;
}

/** An Application as it was read, or that it is not there. */
export interface ReadApplication extends ApplicationName {
  readonly application: Application | undefined;
  /** One that the workflow names, and not one that another brings. */
  readonly isNamed: boolean;
}

/** An Application may bring others, and those again others. */
const DEEPEST = 8;
/** More than these are listed. */
const MOST_SINGLE_READS = 4;

/** The Applications that the workflow names, and those that they bring, now. */
export async function readApplications(
  options: EngineOptions,
  signal: AbortSignal,
): Promise<readonly ReadApplication[]> {
  const named = await readNamed(options, signal);
  const all = new Map(named.map((one) => [keyOf(one), one]));
  let newest = named;
  for (let depth = 0; depth < DEEPEST && newest.length > 0; depth++) {
    const children = newest.flatMap(childrenOf).filter((child) => !all.has(keyOf(child)));
    newest = await readMany(options, children, false, signal);
    for (const one of newest) all.set(keyOf(one), one);
  }
  return [...all.values()];
}

/** What tells Applications apart. */
export function keyOf({ namespace, name }: ApplicationName): string {
  return `${namespace}/${name}`;
}

/** The Application that the workflow names is not there, and never was. */
export async function missingApplication(
  options: EngineOptions,
  name: string,
  signal: AbortSignal,
): Promise<ConfigurationError> {
  const all = await listApplications(options, signal);
  const names = all.flatMap(({ metadata }) => metadata.name ?? []);
  return subjectMissing('Application', name, options.namespace, names);
}

/**
 * Paths whose changes are changes of what is verified.
 *
 * @param read what was read last: those that others bring do not carry their labels
 */
export function watchedPaths(
  { selection, namespace }: EngineOptions,
  read: readonly ReadApplication[],
): readonly string[] {
  const namespaces = new Set([namespace, ...read.map((one) => one.namespace)]);
  const all = [...namespaces].map((one) => customPath(APPLICATIONS, one));
  if (read.some(({ isNamed }) => !isNamed)) return all;
  if (selection.kind === 'selector')
    return all.map((path) => `${path}?${new URLSearchParams({ labelSelector: selection.selector })}`);
  const [name = '', ...more] = selection.names;
  if (more.length > 0) return all;
  return all.map((path) => `${path}?${new URLSearchParams({ fieldSelector: `metadata.name=${name}` })}`);
}

async function readNamed(options: EngineOptions, signal: AbortSignal): Promise<readonly ReadApplication[]> {
  const { selection, namespace } = options;
  if (selection.kind === 'names') {
    const names = [...new Set(selection.names)].map((name) => ({ namespace, name }));
    return readMany(options, names, true, signal);
  }
  const found = await listApplications(options, signal, selection.selector);
  return found.map((application) => read(application, true));
}

function read(application: Application, isNamed: boolean): ReadApplication {
  const { namespace = '', name = '' } = application.metadata;
  return { namespace, name, application, isNamed };
}

async function readMany(
  options: EngineOptions,
  names: readonly ApplicationName[],
  isNamed: boolean,
  signal: AbortSignal,
): Promise<readonly ReadApplication[]> {
  const groups = Object.values(Object.groupBy(names, ({ namespace }) => namespace));
  const found = groups.map((group = []) =>
    readGroup({ ...options, ...placeOf(options, group) }, group, isNamed, signal),
  );
  return (await Promise.all(found)).flat();
}

function placeOf({ cluster }: EngineOptions, [first]: readonly ApplicationName[]): Place {
  return { cluster, namespace: first?.namespace ?? '' };
}

/** Of one namespace: few are read one by one, which needs no right to list; many in one request. */
async function readGroup(
  place: Place,
  names: readonly ApplicationName[],
  isNamed: boolean,
  signal: AbortSignal,
): Promise<readonly ReadApplication[]> {
  if (names.length <= MOST_SINGLE_READS) {
    const reads = names.map(async ({ name, namespace }) => {
      const application = await readCustom<Application>(place, APPLICATIONS, name, signal);
      return { name, namespace, application, isNamed };
    });
    return Promise.all(reads);
  }
  const all = new Map((await listApplications(place, signal)).map((one) => [one.metadata.name, one]));
  return names.map(({ name, namespace }) => ({ name, namespace, application: all.get(name), isNamed }));
}

async function listApplications(place: Place, signal: AbortSignal, selector = '') {
  try {
    return await listCustom<Application>(place, APPLICATIONS, signal, selector);
  } catch (error) {
    if (!isClusterError(error, 'NotFound')) throw error;
    throw new ConfigurationError(
      'Argo CD is not installed in this cluster: it does not know the kind Application. Look at the cluster that the kubeconfig names.',
    );
  }
}

function childrenOf({ namespace, application }: ReadApplication): readonly ApplicationName[] {
  return (application?.status?.resources ?? []).flatMap(({ group, kind, name, namespace: own }) =>
    group === 'argoproj.io' && kind === 'Application' && name !== undefined
      ? [{ namespace: own || namespace, name }]
      : [],
  );
}
