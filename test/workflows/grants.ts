import type { Entry } from './yaml-source.ts';

/** The strongest level of each scope, in the order of first mention: what a caller grants to jobs that ask for these. */
export function strongest(grants: readonly Entry[]): readonly (readonly [string, string])[] {
  const levels = new Map<string, string>();
  for (const { key, value } of grants) {
    if (levels.get(key) !== 'write') levels.set(key, value);
  }
  return [...levels];
}
