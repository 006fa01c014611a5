import type { Judgement, Subject } from './engine.ts';
import { type Finding, findingOf, timedOut, whatOf } from './finding.ts';

/** What may pass by itself counts after so many looks in a row, over so long; milliseconds. */
const SURE = 3;
const BROKEN_FOR = 3000;
const HEALTHY_FOR = 5000;
/** How long something to verify may take to appear where a label selector finds nothing. */
const EMPTY_FOR = 30_000;

interface Sighting {
  readonly since: number;
  readonly times: number;
}

/** What was seen in looks before, and what it amounts to. Never degraded on doubt: a rollback may act on it. */
export class Sightings {
  readonly #now: () => number;
  #last: readonly Subject[] = [];
  #broken: ReadonlyMap<string, Sighting> = new Map();
  #healthy: Sighting | undefined;
  #empty: Sighting | undefined;
  #away: Sighting | undefined;
  #problem = '';
  #isBegun = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether there was a look that the cluster answered. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** Whether something was seen that only counts when it is seen again. */
  get isUnsettled(): boolean {
    return this.#broken.size > 0 || this.#healthy !== undefined;
  }

  /** @returns undefined when it must be looked again */
  weigh(subjects: readonly Subject[]): Finding | undefined {
    this.#isBegun = true;
    this.#last = subjects;
    this.#away = undefined;
    this.#problem = '';
    return this.#weighBroken() ?? this.#weighUnknown() ?? this.#weighEmpty() ?? this.#weighHealthy();
  }

  /** The cluster did not answer. @returns for how long now; milliseconds */
  awayFor(problem: string): number {
    this.#problem = problem;
    this.#away = this.#again(this.#away);
    return this.#now() - this.#away.since;
  }

  /** @param how the rest of a sentence: `not healthy after 10m` */
  timedOut(how: string): Finding {
    if (this.#problem !== '') return this.#finding('unknown', `${how}: ${this.#problem}`);
    if (!this.#isBegun) return this.#finding('unknown', how);
    return timedOut(this.#last, how);
  }

  #weighBroken(): Finding | undefined {
    const broken = this.#last.filter(({ judgement }) => judgement.kind === 'broken');
    this.#broken = new Map(broken.map(({ where }) => [where, this.#again(this.#broken.get(where))]));
    const settled = broken.find(
      ({ where, judgement }) =>
        (judgement.kind === 'broken' && judgement.isFinal) ||
        this.#isSettled(this.#broken.get(where), holdsFor(judgement)),
    );
    if (settled === undefined) return undefined;
    const { where, judgement, overtaken } = settled;
    if (overtaken === undefined) return this.#finding('degraded', `The ${where}: ${whatOf(judgement)}`);
    const doubt = `whether that is this release's fault is not known, for ${overtaken}`;
    return this.#finding('unknown', `The ${where}: ${whatOf(judgement)}; ${doubt}`);
  }

  #weighUnknown(): Finding | undefined {
    const subject = this.#last.find(({ judgement }) => judgement.kind === 'unknown');
    return subject && this.#finding('unknown', `The ${subject.where}: ${whatOf(subject.judgement)}`);
  }

  #weighEmpty(): Finding | undefined {
    this.#empty = this.#last.length === 0 ? this.#again(this.#empty) : undefined;
    if (!this.#isSettled(this.#empty, EMPTY_FOR)) return undefined;
    return this.#finding('unknown', 'no workload found; look at the inputs "application" and "namespace"');
  }

  /** What is superseded hides nothing of the others. */
  #weighHealthy(): Finding | undefined {
    const judgements = this.#last.map(({ judgement }) => judgement);
    const isDone = ({ kind }: Judgement) => kind === 'healthy' || kind === 'superseded';
    const isHealthy = judgements.length > 0 && judgements.every(isDone);
    this.#healthy = isHealthy ? this.#again(this.#healthy) : undefined;
    const isSure = judgements.every((one) => one.kind !== 'healthy' || one.isSure !== false);
    const isSettled = isHealthy && (isSure || this.#isSettled(this.#healthy, HEALTHY_FOR));
    if (!isSettled) return undefined;
    const superseded = judgements.find(({ kind }) => kind === 'superseded');
    if (superseded !== undefined) return this.#finding('superseded', whatOf(superseded));
    const overtaken = this.#last.find((subject) => subject.overtaken !== undefined)?.overtaken;
    if (overtaken === undefined) return this.#finding('healthy', '');
    return this.#finding('superseded', `superseded: ${overtaken}; the rest of the release is healthy`);
  }

  #again(before: Sighting | undefined): Sighting {
    return { since: before?.since ?? this.#now(), times: (before?.times ?? 0) + 1 };
  }

  #isSettled(sighting: Sighting | undefined, duration: number): boolean {
    return sighting !== undefined && sighting.times >= SURE && this.#now() - sighting.since >= duration;
  }

  #finding(verdict: Finding['verdict'] | 'superseded', message: string): Finding {
    return findingOf(verdict, message, this.#last);
  }
}

function holdsFor(judgement: Judgement): number {
  return (judgement.kind === 'broken' && judgement.holdsFor) || BROKEN_FOR;
}
