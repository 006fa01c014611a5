import type { ImageReference } from '@gitops-actions/core/image';
import {
  type KubernetesObject,
  readinessOf,
  workloadReferenceOf,
  workloadsOf,
} from '@gitops-actions/core/kubernetes';
import type { Judgement } from './engine.ts';
import { imageDifference } from './running-images.ts';

/** As much of a workload as is judged here beside what `readinessOf` reads. */
export interface Live extends KubernetesObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly minReadySeconds?: number;
    readonly suspend?: boolean;
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly updateStrategy?: { readonly rollingUpdate?: { readonly partition?: number } };
  };
  readonly status?: {
    readonly abort?: boolean;
    readonly active?: number;
    readonly desiredNumberScheduled?: number;
    readonly updatedReplicas?: number;
    readonly currentRevision?: string;
    readonly updateRevision?: string;
    readonly stableRS?: string;
    readonly workloadObservedGeneration?: string;
  };
}

/** What the pods of a workload are made from. */
export interface Template {
  readonly images: readonly string[];
  /** Of the workload that a Rollout takes it from. */
  readonly generation: number | undefined;
}

/** The template of a workload; `referred` are the workloads that Rollouts refer to. */
export function templateOf(live: Live, referred: readonly KubernetesObject[]): Template {
  const source = referred.find((object) => isReferred(object, live));
  const objects = source === undefined ? [live] : [live, source];
  return {
    images: workloadsOf(objects).flatMap(({ images }) => images),
    generation: source?.metadata.generation,
  };
}

/** Whether a workload takes its template from this object. */
export function isReferred({ kind, metadata }: KubernetesObject, live: KubernetesObject): boolean {
  const reference = workloadReferenceOf(live);
  return reference?.kind === kind && reference.name === metadata.name;
}

/**
 * How far a workload is, by what its controller says. An old release may be ready or broken: neither says anything about
 * the expected one.
 */
export function judgeWorkload(
  live: Live,
  template: Template,
  expected: readonly ImageReference[],
): Judgement {
  const { others } = imageDifference(expected, template.images);
  if (others.length > 0) return { kind: 'waiting', what: `its spec still has ${others.join(', ')}` };
  if (isBehind(live, template))
    return { kind: 'waiting', what: 'its controller has not seen the workload that it refers to yet' };
  const readiness = readinessOf(live);
  if (readiness.state === 'failed')
    return { kind: 'broken', what: `it ${readiness.why}`, isFinal: isFinal(live) };
  if (readiness.state === 'waiting') return { kind: 'waiting', what: `it ${readiness.why}` };
  const held = heldBack(live);
  return held === undefined ? { kind: 'healthy', isSure: isSure(live) } : { kind: 'waiting', what: held };
}

/** The Rollout's own generation is the same after a change of what it refers to. */
function isBehind({ status = {} }: Live, { generation }: Template): boolean {
  const { workloadObservedGeneration: observed } = status;
  return generation !== undefined && observed !== undefined && Number(observed) < generation;
}

/** @param stuck a pod of an older release: `Pod db-0, container db: CrashLoopBackOff` */
export function heldUpBy(stuck: string): Judgement & { readonly kind: 'waiting' } {
  const what = `it waits for a pod of the release before, which must be deleted by hand: ${stuck}`;
  return { kind: 'waiting', what };
}

/** Whether pods of a workload run, or have run: without any nothing is known of its images. */
export function hasPods({ kind, spec = {}, status = {} }: Live): boolean {
  if (kind === 'DaemonSet') return (status.desiredNumberScheduled ?? 0) > 0;
  return kind === 'Job' || (spec.replicas ?? 1) > 0;
}

/** What its controller calls what runs. */
export function revisionOf({ status = {} }: Live): string {
  return status.stableRS ?? status.currentRevision ?? '';
}

/** Whether a template has another release of an expected image. */
export function isOldRelease({ images }: Template, expected: readonly ImageReference[]): boolean {
  return imageDifference(expected, images).others.length > 0;
}

/** A Job that ended when an older release ran: it stays that, and no later release changes it. */
export function isLeftOver(live: Live, template: Template, expected: readonly ImageReference[]): boolean {
  return live.kind === 'Job' && (live.status?.active ?? 0) === 0 && isOldRelease(template, expected);
}

/** Pods that nobody probes are ready before they crash. */
function isSure({ kind, spec = {} }: Live): boolean {
  return kind === 'Job' || (spec.minReadySeconds ?? 0) > 0;
}

/** A deadline that passed may be passed all the same, later. */
function isFinal({ kind, status = {} }: Live): boolean {
  return kind === 'Job' || (kind === 'Rollout' && status.abort === true);
}

/** What its controller is content with, but which is not this release everywhere. */
function heldBack({ kind, spec = {}, status = {} }: Live): string | undefined {
  if (kind === 'Job' && spec.suspend) return 'it is suspended';
  if (kind !== 'StatefulSet' || status.currentRevision === status.updateRevision) return undefined;
  const { replicas = 1, updateStrategy } = spec;
  const { updatedReplicas = 0 } = status;
  if (updatedReplicas >= replicas) return undefined;
  const partition = updateStrategy?.rollingUpdate?.partition ?? 0;
  return `it has ${updatedReplicas} of ${replicas} replicas updated, for the partition ${partition} of its updateStrategy holds the others back`;
}
