import type { Cluster } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';
import { corePath, type KubernetesObject, listObjects, readText } from './objects.ts';
import { type Pod, type PodProblem, plainLine, plainText, problemOf } from './pod-problem.ts';
import { belongsTo, type KubernetesEvent, warningLines } from './warnings.ts';
import { type Workload, workloadsOf } from './workloads.ts';

export interface ReasonOptions {
  readonly namespace: string;
  /** The rendered objects; only their workloads count. */
  readonly objects: readonly KubernetesObject[];
  /** Lines of each failing container's log; 0 for none. */
  readonly logLines: number;
  readonly signal: AbortSignal;
}

const MOST_PODS = 3;
const MOST_WARNINGS = 3;
/** As much of one line of a log as is kept; characters. */
const LONGEST_LINE = 300;

/**
 * Why workloads are not ready, from the cluster: at most three pods, the worst first, each with its container's state,
 * its last warnings and log lines; then warnings about what has no pod (a quota, a claim). What may not be read is left out.
 *
 * @returns plain text, one block an entry; hostile text as a cluster gives it: fence it before it is Markdown
 */
export async function failureReasons(cluster: Cluster, options: ReasonOptions): Promise<readonly string[]> {
  const { namespace, signal } = options;
  const workloads = workloadsOf(options.objects);
  const read = <Kind>(resource: 'pods' | 'events', query: Readonly<Record<string, string>>) =>
    listObjects<Kind>(cluster, corePath(resource, namespace), query, signal).catch(noneIfRefused);
  const [pods, events] = await Promise.all([
    read<Pod>('pods', {}),
    read<KubernetesEvent>('events', { fieldSelector: 'type=Warning' }),
  ]);
  const worst = workloads
    .flatMap((workload) => problemsOf(workload, pods))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_PODS);
  const blocks = await Promise.all(worst.map((problem) => describe(cluster, problem, events, options)));
  const rest = workloads.flatMap((workload) => {
    const lines = warningLines(events, (object) => belongsTo(workload, object), MOST_WARNINGS);
    return lines.map((line) => `${workload.kind} ${workload.name}: ${line}`);
  });
  return [...blocks, ...rest.slice(0, MOST_WARNINGS)];
}

/** The newest release's pods: those of a release before may fail too, but that is not news. */
function problemsOf(workload: Workload, pods: readonly Pod[]): readonly PodProblem[] {
  const own = pods.filter(({ metadata }) => isOf(workload, metadata));
  const current = own.filter(({ spec }) =>
    (spec?.containers ?? []).some(({ image }) => image !== undefined && workload.images.includes(image)),
  );
  return (current.length > 0 ? current : own).flatMap((pod) => problemOf(pod) ?? []);
}

function isOf({ kind, name, selector }: Workload, metadata: Pod['metadata']): boolean {
  if (kind === 'Pod') return metadata.name === name;
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => metadata.labels?.[key] === value);
}

async function describe(
  cluster: Cluster,
  problem: PodProblem,
  events: readonly KubernetesEvent[],
  options: ReasonOptions,
): Promise<string> {
  const { pod, container, text } = problem;
  const { name } = pod.metadata;
  const isMeant = (object: KubernetesEvent['involvedObject']) =>
    object.kind === 'Pod' && object.name === name;
  const warnings = warningLines(events, isMeant, MOST_WARNINGS).map((line) => `  event ${line}`);
  const log = (await logOf(cluster, problem, options)).map((line) => `  log ${line}`);
  const subject = container === '' ? `Pod ${name}` : `Pod ${name}, container ${container}`;
  return [`${subject}: ${text}`, ...warnings, ...log].join('\n');
}

async function logOf(
  cluster: Cluster,
  { pod, container, isRestarted }: PodProblem,
  { namespace, logLines, signal }: ReasonOptions,
): Promise<readonly string[]> {
  if (logLines === 0 || container === '') return [];
  const query = new URLSearchParams({
    container,
    tailLines: String(logLines),
    ...(isRestarted && { previous: 'true' }),
  });
  const path = `${corePath('pods', namespace, pod.metadata.name)}/log?${query}`;
  const text = await readText(cluster, path, signal).catch((error: unknown) => noneIfRefused(error).join(''));
  const lines = plainText(text)
    .split('\n')
    .slice(-logLines - 1);
  return lines.flatMap((line) => (line.trim() === '' ? [] : plainLine(line).slice(0, LONGEST_LINE)));
}

/** A reason is told as well as it can be; what hides a part of it must not hide the rest. */
function noneIfRefused(error: unknown): readonly never[] {
  if (error instanceof ClusterError) return [];
  throw error;
}
