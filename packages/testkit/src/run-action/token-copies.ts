import { type Internals, internalsOf } from '../github.ts';
import type { GitHub, RequestRecord } from '../types.ts';

/**
 * Every known token in a run's inputs and environment is replaced by a copy of its own with the same rights, so that
 * requests of runs that overlap can be told apart; what the run gives back has the original in its place.
 */
export interface TokenCopies {
  hide(values: Readonly<Record<string, string>>): Record<string, string>;
  restore(text: string): string;
  /** Of this run; calls without a known token can only be told apart by their time. */
  requests(): RequestRecord[];
}

function copyOf(text: string, copies: Map<string, string>, internals: Internals): string {
  const known = copies.get(text) ?? internals.copyToken(text);
  if (known) copies.set(text, known);
  return known ?? text;
}

/** The form of this kit's tokens. */
const TOKEN = /ghs_[A-Za-z0-9]{36}/g;

/** Copies for one run; its requests count from here. */
export function createTokenCopies(github: GitHub): TokenCopies {
  const internals = internalsOf(github);
  const before = internals.lastRequest();
  const copies = new Map<string, string>();
  const hideText = (text: string) => text.replace(TOKEN, (token) => copyOf(token, copies, internals));
  return {
    hide: (values) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, hideText(value)])),
    restore: (text) =>
      [...copies].reduce((result, [original, copy]) => result.replaceAll(copy, original), text),
    requests: () => internals.requestsSince(before, new Set(copies.values())),
  };
}
