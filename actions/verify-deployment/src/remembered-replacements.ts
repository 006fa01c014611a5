import { type Log, messageOf } from '@gitops-actions/core/action';
import type { Replacement, Replacements } from './replacement.ts';

/** A repository that did not answer is asked again after this long; milliseconds. */
const AGAIN = 30_000;

interface Answer {
  readonly at: number;
  readonly found: readonly Replacement[] | undefined;
}

/** Asks once for each revision. What cannot be found out is not there: nobody is called superseded on doubt. */
export function rememberedReplacements(ask: Replacements, log: Log, now: () => number): Replacements {
  const answers = new Map<string, Answer>();
  return async (carried, signal) => {
    const key = [carried.revision, ...carried.paths].join('\n');
    const known = answers.get(key);
    if (known !== undefined && (known.found !== undefined || now() - known.at < AGAIN))
      return known.found ?? [];
    const found = await ask(carried, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      log.debug(messageOf(error));
      return undefined;
    });
    answers.set(key, { at: now(), found });
    return found ?? [];
  };
}
