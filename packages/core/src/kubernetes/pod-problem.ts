import { stripVTControlCharacters } from 'node:util';
import type { KubernetesObject } from './objects.ts';

interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: object;
  readonly terminated?: {
    readonly exitCode: number;
    readonly reason?: string;
    readonly message?: string;
    readonly signal?: number;
  };
}

interface ContainerStatus {
  readonly name: string;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

/** A pod as the API shows it. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
export interface Pod extends KubernetesObject {
  readonly spec?: { readonly containers?: readonly { readonly image?: string }[] };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

/** Why a pod is not ready. */
export interface PodProblem {
  readonly pod: Pod;
  /** Empty when it is not about one container. */
  readonly container: string;
  /** One line of plain text, without control characters. */
  readonly text: string;
  /** 0 is the worst: it does not get better by waiting. */
  readonly rank: number;
  /** Whether the log that tells why is the one of the container before this one. */
  readonly isRestarted: boolean;
}

const STARTING: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);
/** As much of one message as is kept; characters. */
const LONGEST = 500;

/** What is wrong with a pod; undefined when it is ready, done, or going anyway. */
export function problemOf(pod: Pod): PodProblem | undefined {
  const { phase, conditions = [], containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
  if (pod.metadata.deletionTimestamp !== undefined || phase === 'Succeeded') return undefined;
  if (conditions.some(({ type, status }) => type === 'Ready' && status === 'True')) return undefined;
  const containers = [...initContainerStatuses, ...containerStatuses].flatMap((status) =>
    containerProblem(pod, status),
  );
  const all = [...podProblems(pod), ...containers].sort((a, b) => a.rank - b.rank);
  return all[0] ?? { pod, container: '', text: 'is not ready', rank: 3, isRestarted: false };
}

/** Container states that last until somebody changes something: the pod, or what it needs. */
const STUCK: ReadonlySet<string> = new Set([
  ...['CrashLoopBackOff', 'ImagePullBackOff', 'ErrImagePull', 'InvalidImageName', 'ErrImageNeverPull'],
  ...['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError'],
]);

/** What a pod is stuck in, for people: `Pod db-0, container db: CrashLoopBackOff: …`; undefined when it may be starting. */
export function stuckPod(pod: Pod): string | undefined {
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
  const statuses = [...initContainerStatuses, ...containerStatuses];
  const stuck = statuses.filter(({ state }) => STUCK.has(state?.waiting?.reason ?? ''));
  if (pod.metadata.deletionTimestamp !== undefined || stuck.length === 0) return undefined;
  const [problem] = stuck.flatMap((status) => containerProblem(pod, status));
  return problem && `Pod ${pod.metadata.name}, container ${problem.container}: ${problem.text}`;
}

function podProblems(pod: Pod): readonly PodProblem[] {
  const { phase, reason = '', message = '', conditions = [] } = pod.status ?? {};
  const problem = (text: string, rank: number) => ({
    pod,
    container: '',
    text: plainLine(text),
    rank,
    isRestarted: false,
  });
  if (phase === 'Failed' && reason !== '') return [problem(`failed: ${reason} ${message}`, 1)];
  const unscheduled = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  return unscheduled ? [problem(`cannot be scheduled: ${unscheduled.message ?? 'no reason given'}`, 1)] : [];
}

function containerProblem(pod: Pod, status: ContainerStatus): readonly PodProblem[] {
  const { name, ready, restartCount = 0, state = {}, lastState = {} } = status;
  const { waiting, running, terminated } = state;
  const before = lastState.terminated && `last exit code ${exitOf(lastState.terminated)}`;
  const restarts = restartCount > 0 ? `${restartCount} restart${restartCount === 1 ? '' : 's'}` : undefined;
  const history = [before, restarts].filter((part) => part !== undefined).join(', ');
  const problem = (text: string, rank: number) => [
    {
      pod,
      container: name,
      text: plainLine([text, history].filter((part) => part !== '').join('; ')),
      rank,
      isRestarted: lastState.terminated !== undefined && running === undefined && terminated === undefined,
    },
  ];
  if (terminated)
    return terminated.exitCode === 0 ? [] : problem(`ended with exit code ${exitOf(terminated)}`, 0);
  if (waiting) {
    const { reason = 'waiting', message = '' } = waiting;
    return problem(`${reason}${message && `: ${message}`}`, STARTING.has(reason) ? 3 : 0);
  }
  if (running !== undefined && ready === false) return problem('is running, but not ready', 2);
  return [];
}

function exitOf({ exitCode, reason = '', message = '' }: NonNullable<ContainerState['terminated']>): string {
  return [`${exitCode}`, reason && `(${reason})`, message].filter((part) => part !== '').join(' ');
}

/** Text of a cluster on one line, without control characters, cut. */
export function plainLine(text: string): string {
  const line = plainText(text).replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/** Text of a cluster without terminal sequences and control characters; lines stay. */
export function plainText(text: string): string {
  // Direction marks would turn a line around for whoever reads it.
  return stripVTControlCharacters(text).replace(/[^\P{C}\n\t]/gu, '');
}
