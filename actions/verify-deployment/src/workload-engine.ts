import type { Place } from '@gitops-actions/core/controller';
import type { ImageReference } from '@gitops-actions/core/image';
import {
  type Changes,
  failureReasons,
  type KubernetesObject,
  watchChanges,
} from '@gitops-actions/core/kubernetes';
import type { EngineOptions, Subject, VerificationEngine } from './engine.ts';
import { subjectMissing } from './subject-missing.ts';
import { hasLeft, judgeReplaced, type Replaceable, unreplaced, withoutReplaced } from './superseded.ts';
import { type Bearer, uncovered } from './workload-coverage.ts';
import {
  hasPods,
  heldUpBy,
  isLeftOver,
  isOldRelease,
  isReferred,
  judgeWorkload,
  type Live,
  revisionOf,
  templateOf,
} from './workload-judge.ts';
import { WORKLOADS, type WorkloadKinds } from './workload-kinds.ts';
import { WorkloadMemory } from './workload-memory.ts';
import type { WorkloadName } from './workload-names.ts';
import { Passed } from './workload-passed.ts';
import {
  type Chosen,
  choose,
  namesNear,
  readReferred,
  readWorkloads,
  watchedPaths,
} from './workload-read.ts';
import { stuckIn } from './workload-stuck.ts';

/** What time is read from, and how long it takes until a pod counts as stuck; milliseconds. */
export interface WorkloadClock {
  readonly now: () => number;
  readonly stuckFor?: number;
}

const CLOCK: WorkloadClock = { now: () => performance.now() };

/** The engine `workload`: Deployments, StatefulSets, DaemonSets and Jobs. */
export function createWorkloadEngine(options: EngineOptions, clock = CLOCK): VerificationEngine {
  return new WorkloadEngine(options, WORKLOADS, clock);
}

/** Verifies by what workloads say of themselves, without a GitOps controller. */
export class WorkloadEngine implements VerificationEngine {
  readonly #options: EngineOptions;
  readonly #kinds: WorkloadKinds;
  readonly #chosen: Chosen;
  readonly #place: Place;
  readonly #memory: WorkloadMemory;
  readonly #passed: Passed;
  #referred: readonly KubernetesObject[] = [];
  #changes: Changes | undefined;

  constructor(options: EngineOptions, kinds: WorkloadKinds, { now, stuckFor }: WorkloadClock = CLOCK) {
    this.#options = options;
    this.#kinds = kinds;
    this.#chosen = choose(options.selection, kinds);
    this.#place = { cluster: options.cluster, namespace: options.namespace };
    this.#memory = new WorkloadMemory(now, stuckFor);
    this.#passed = new Passed(options.images);
  }

  async look(signal: AbortSignal): Promise<readonly Subject[]> {
    const { objects, missing } = await readWorkloads(this.#place, this.#chosen, this.#kinds, signal);
    const [absent] = missing;
    if (absent && this.#memory.isEmpty) throw await this.#neverThere(absent, signal);
    this.#referred = await readReferred(this.#place, objects, signal);
    const present =
      this.#chosen.kind === 'names' ? objects : objects.filter((live) => !this.#isLeftOver(live));
    const { images } = this.#options;
    const parts = await Promise.all(present.map((live) => this.#part(live, signal)));
    // What is chosen by label may become fewer: a release removes workloads too.
    const isEnough = this.#chosen.kind === 'selector' && present.length > 0;
    const replaced = parts.flatMap((part) => part.replaced);
    const expected = withoutReplaced(images, replaced);
    const all = [...parts, ...(isEnough ? [] : this.#memory.gone(present)).map(unreplaced)];
    const whole = all.length === 0 ? [] : [...all, ...this.#uncovered(present, expected).map(unreplaced)];
    return judgeReplaced(whole, images);
  }

  /** The controllers of workloads look by themselves. */
  async nudge(): Promise<void> {}

  async changed(signal: AbortSignal): Promise<void> {
    const { cluster, log } = this.#options;
    this.#changes ??= watchChanges(cluster, watchedPaths(this.#options, this.#chosen, this.#kinds), {
      signal,
      log,
    });
    await this.#changes.next();
  }

  async reasons(subjects: readonly Subject[], signal: AbortSignal): Promise<readonly string[]> {
    const { cluster, namespace, logLines } = this.#options;
    const meant = new Set(subjects.map(({ where }) => where));
    const objects = this.#memory.objects.filter((live) => meant.has(this.#where(live)));
    const sources = this.#referred.filter((source) => objects.some((live) => isReferred(source, live)));
    const all = [...objects, ...sources];
    return failureReasons(cluster, { namespace, objects: all, logLines, signal });
  }

  /** One that another release has the place of here may still be awaited in another workload. */
  async #part(live: Live, signal: AbortSignal): Promise<Replaceable> {
    const { images } = templateOf(live, this.#referred);
    const replaced = this.#passed.look({ uid: live.metadata.uid ?? '', where: this.#where(live), images });
    const expected = withoutReplaced(this.#options.images, replaced);
    const subject = await this.#judge(live, expected, signal);
    return { subject, replaced, isPast: replaced.length > 0 && !hasLeft(images, expected, []) };
  }

  async #judge(live: Live, expected: readonly ImageReference[], signal: AbortSignal): Promise<Subject> {
    const template = templateOf(live, this.#referred);
    const judgement = judgeWorkload(live, template, expected);
    const isNew = judgement.kind === 'waiting' && !isOldRelease(template, expected);
    const { newest, older } = isNew ? await stuckIn(this.#place, live, signal) : {};
    const told = older === undefined ? judgement : heldUpBy(older);
    const state = told.kind === 'healthy' ? 'ready' : told.what;
    const subject = { where: this.#where(live), state, judgement: told, revision: revisionOf(live) };
    return this.#memory.weigh(live, subject, newest);
  }

  #uncovered(present: readonly Live[], expected: readonly ImageReference[]): readonly Subject[] {
    const bearers = [...present, ...this.#memory.completed(present)].map((live): Bearer => {
      const { images } = templateOf(live, this.#referred);
      return { name: `${live.kind} ${live.metadata.name}`, images, isRunning: hasPods(live) };
    });
    return uncovered(expected, bearers);
  }

  #isLeftOver(live: Live): boolean {
    return isLeftOver(live, templateOf(live, this.#referred), this.#options.images);
  }

  #where({ kind, metadata }: KubernetesObject): string {
    return `${kind} ${metadata.name} in namespace ${this.#options.namespace}`;
  }

  async #neverThere(absent: WorkloadName, signal: AbortSignal): Promise<Error> {
    const names = await namesNear(this.#place, absent, this.#kinds, signal);
    return subjectMissing(absent.kind.kind, absent.name, this.#options.namespace, names);
  }
}
