import { plainLine } from '@gitops-actions/core/kubernetes';
import type { Judgement, Subject } from './engine.ts';
import type { Verdict } from './report.ts';

/** How a wait ended. */
export interface Finding {
  readonly verdict: Verdict;
  /** Why it is not healthy, one line of outside text; empty when it is. */
  readonly message: string;
  /** As they were in the last look. */
  readonly subjects: readonly Subject[];
}

/** What may pass by itself counts after so many looks in a row, over so long; milliseconds. */
const SURE = 3;
const BROKEN_FOR = 3000;
const HEALTHY_FOR = 5000;
/** How long something to verify may take to appear where a label selector finds nothing. */
const EMPTY_FOR = 30_000;
const MOST_NAMED = 3;

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
    const rest = this.#last.filter(({ judgement }) => judgement.kind !== 'healthy');
    const [only] = rest;
    if (this.#last.length === 0) return this.#finding('unknown', `${how}: no workload found`);
    if (only === undefined) return this.#finding('unknown', `${how}: all healthy, but only just`);
    if (rest.length === 1)
      return this.#finding('unknown', `The ${only.where} was ${how}: ${whatOf(only.judgement)}`);
    const named = rest.slice(0, MOST_NAMED).map(({ where, judgement }) => `${where}: ${whatOf(judgement)}`);
    const more = rest.length > MOST_NAMED ? `; and ${rest.length - MOST_NAMED} more` : '';
    return this.#finding(
      'unknown',
      `${rest.length} of ${this.#last.length} were ${how}: ${named.join('; ')}${more}`,
    );
  }

  #weighBroken(): Finding | undefined {
    const broken = this.#last.filter(({ judgement }) => judgement.kind === 'broken');
    this.#broken = new Map(broken.map(({ where }) => [where, this.#again(this.#broken.get(where))]));
    const settled = broken.find(
      ({ where, judgement }) =>
        (judgement.kind === 'broken' && judgement.isFinal) ||
        this.#isSettled(this.#broken.get(where), holdsFor(judgement)),
    );
    return settled && this.#finding('degraded', `The ${settled.where}: ${whatOf(settled.judgement)}`);
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

  #weighHealthy(): Finding | undefined {
    const judgements = this.#last.map(({ judgement }) => judgement);
    const isHealthy = judgements.length > 0 && judgements.every(({ kind }) => kind === 'healthy');
    this.#healthy = isHealthy ? this.#again(this.#healthy) : undefined;
    const isSure = judgements.every(
      (judgement) => judgement.kind === 'healthy' && judgement.isSure !== false,
    );
    const isSettled = isHealthy && (isSure || this.#isSettled(this.#healthy, HEALTHY_FOR));
    return isSettled ? this.#finding('healthy', '') : undefined;
  }

  #again(before: Sighting | undefined): Sighting {
    return { since: before?.since ?? this.#now(), times: (before?.times ?? 0) + 1 };
  }

  #isSettled(sighting: Sighting | undefined, duration: number): boolean {
    return sighting !== undefined && sighting.times >= SURE && this.#now() - sighting.since >= duration;
  }

  #finding(verdict: Verdict, message: string): Finding {
    const said = plainLine(message);
    return { verdict, message: said === '' ? '' : sentence(said), subjects: this.#last };
  }
}

function holdsFor(judgement: Judgement): number {
  return (judgement.kind === 'broken' && judgement.holdsFor) || BROKEN_FOR;
}

function whatOf(judgement: Judgement): string {
  return judgement.kind === 'healthy' ? 'healthy' : judgement.what;
}

function sentence(text: string): string {
  const said = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(said) ? said : `${said}.`;
}
