import type { Finding } from './finding.ts';
import type { SmokeResult } from './smoke-tests.ts';

/** How a verification ended. Texts may be of the outside. */
export interface Outcome extends Finding {
  /** Why, from the cluster: one block an entry. */
  readonly reasons: readonly string[];
  readonly smoke: readonly SmokeResult[];
}

/** Nobody can say, for a reason that has nothing to do with the release. */
export function unknownOutcome(message: string): Outcome {
  const line = message.replace(/\s*[\r\n]\s*/g, ' ').trim();
  return {
    verdict: 'unknown',
    superseded: false,
    message: line.replace(/\.?$/, '.'),
    subjects: [],
    reasons: [],
    smoke: [],
  };
}
