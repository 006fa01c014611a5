import { plainLine } from '@gitops-actions/core/kubernetes';
import type { Judgement, Subject } from './engine.ts';
import type { Verdict } from './report.ts';

/** How a wait ended. */
export interface Finding {
  readonly verdict: Verdict;
  /** Whether nobody can say because a newer release took its place; then the verdict is `unknown`. */
  readonly superseded: boolean;
  /** Why it is not healthy, one line of outside text; empty when it is. */
  readonly message: string;
  /** As they were in the last look. */
  readonly subjects: readonly Subject[];
}

/** How many subjects that are not healthy are named. */
const MOST_NAMED = 3;

/** @param message becomes one sentence */
export function findingOf(
  verdict: Verdict | 'superseded',
  message: string,
  subjects: readonly Subject[],
): Finding {
  const said = plainLine(message);
  const superseded = verdict === 'superseded';
  return {
    verdict: superseded ? 'unknown' : verdict,
    superseded,
    message: said === '' ? '' : sentence(said),
    subjects,
  };
}

/**
 * The time is over.
 *
 * @param how the rest of a sentence: `not healthy after 10m`
 */
export function timedOut(subjects: readonly Subject[], how: string): Finding {
  const rest = subjects.filter(({ judgement }) => judgement.kind !== 'healthy');
  const [only] = rest;
  if (subjects.length === 0) return findingOf('unknown', `${how}: no workload found`, subjects);
  if (only === undefined) return findingOf('unknown', `${how}: all healthy, but only just`, subjects);
  if (rest.length === 1)
    return findingOf('unknown', `The ${only.where} was ${how}: ${whatOf(only.judgement)}`, subjects);
  const named = rest.slice(0, MOST_NAMED).map(({ where, judgement }) => `${where}: ${whatOf(judgement)}`);
  const more = rest.length > MOST_NAMED ? `; and ${rest.length - MOST_NAMED} more` : '';
  const message = `${rest.length} of ${subjects.length} were ${how}: ${named.join('; ')}${more}`;
  return findingOf('unknown', message, subjects);
}

/** What a judgement says, for people. */
export function whatOf(judgement: Judgement): string {
  return judgement.kind === 'healthy' ? 'healthy' : judgement.what;
}

function sentence(text: string): string {
  const said = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(said) ? said : `${said}.`;
}
