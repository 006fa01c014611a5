import type { KubernetesObject } from '@gitops-actions/core/kubernetes';
import type { Judgement, Subject } from './engine.ts';
import type { Live } from './workload-judge.ts';

/** Somebody who replaces an object deletes it first; milliseconds. */
const GONE_FOR_GOOD = 5000;
/** A workload without a deadline is broken when its pods are stuck for so long, in so many looks; milliseconds. */
const STUCK_FOR = 60_000;
const STUCK_LOOKS = 3;

interface Remembered {
  readonly live: Live;
  readonly subject: Subject;
  readonly stuckSince: number | undefined;
  readonly stuckLooks: number;
  readonly goneSince: number | undefined;
}

/** What was seen of workloads in looks before: some things only time tells. */
export class WorkloadMemory {
  readonly #now: () => number;
  readonly #stuckFor: number;
  readonly #seen = new Map<string, Remembered>();

  /** @param stuckFor milliseconds */
  constructor(now: () => number, stuckFor = STUCK_FOR) {
    this.#now = now;
    this.#stuckFor = stuckFor;
  }

  /** Whether no workload was ever there. */
  get isEmpty(): boolean {
    return this.#seen.size === 0;
  }

  /** All that were ever there, as they were last. */
  get objects(): readonly Live[] {
    return [...this.#seen.values()].map(({ live }) => live);
  }

  /**
   * Remembers a workload.
   *
   * @param stuck what a pod of it is stuck in
   * @returns it in the light of what was seen before of the same spec
   */
  weigh(live: Live, subject: Subject, stuck: string | undefined): Subject {
    const before = this.#sameSpec(live);
    const stuckSince = stuck === undefined ? undefined : (before?.stuckSince ?? this.#now());
    const stuckLooks = stuck === undefined ? 0 : (before?.stuckLooks ?? 0) + 1;
    const seen = { live, subject, stuckSince, stuckLooks, goneSince: undefined };
    this.#seen.set(keyOf(live), seen);
    if (stuck === undefined || !this.#isStuck(seen)) return subject;
    return { ...subject, state: stuck, judgement: { kind: 'broken', what: stuck, isFinal: true } };
  }

  /** What has become of those that were there and are not any more. */
  gone(present: readonly KubernetesObject[]): readonly Subject[] {
    return this.#absent(present).map((seen) => this.#weighGone(seen));
  }

  /** Jobs that were complete before they went. */
  completed(present: readonly KubernetesObject[]): readonly Live[] {
    return this.#absent(present).flatMap((seen) => (isComplete(seen) ? [seen.live] : []));
  }

  #absent(present: readonly KubernetesObject[]): readonly Remembered[] {
    const keys = new Set(present.map(keyOf));
    return [...this.#seen].flatMap(([key, seen]) => (keys.has(key) ? [] : [seen]));
  }

  #weighGone(seen: Remembered): Subject {
    if (isComplete(seen)) return { ...seen.subject, state: 'complete, and gone' };
    const goneSince = seen.goneSince ?? this.#now();
    this.#seen.set(keyOf(seen.live), { ...seen, goneSince });
    const isForGood = this.#now() - goneSince >= GONE_FOR_GOOD;
    const judgement: Judgement = isForGood
      ? { kind: 'unknown', what: 'it was deleted meanwhile' }
      : { kind: 'waiting', what: 'it is gone' };
    return { ...seen.subject, state: 'gone', judgement };
  }

  #sameSpec(live: Live): Remembered | undefined {
    const before = this.#seen.get(keyOf(live));
    const { uid, generation } = live.metadata;
    const isSame = before?.live.metadata.uid === uid && before?.live.metadata.generation === generation;
    return isSame ? before : undefined;
  }

  #isStuck({ stuckSince, stuckLooks }: Remembered): boolean {
    if (stuckSince === undefined || stuckLooks < STUCK_LOOKS) return false;
    return this.#now() - stuckSince >= this.#stuckFor;
  }
}

/** A Job may remove itself once it is complete, or the hook does that it is. */
function isComplete({ live, subject }: Remembered): boolean {
  return live.kind === 'Job' && subject.judgement.kind === 'healthy';
}

function keyOf({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.name}`;
}
